import {trustedUrl} from "../../figure/trustedUrl.ts";
import {ownRegistration} from "./ownRegistration.ts";

/** How many files of the copy are here, and how many there should be. */
export interface CopyProgress {
  kept: number;
  of: number;
}

/** What the service worker tells pages while it fetches: how far it is, or the file that failed and why. */
export type WorkerMessage = CopyProgress | {failed: string; because: string};

/** The names of the site's caches, which end with the site's root: the cache of the present worker, and any that an older one left. */
const ownCaches = async (home: string): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.endsWith(`-${home}`));

/** How many files have been kept so far, of a copy that may not be complete. */
export async function filesKept(home: string): Promise<number> {
  const all = await Promise.all((await ownCaches(home)).map(async (name) => (await caches.open(name)).keys()));
  return all.flat().length;
}

/** The number of files that a copy has and its size in bytes; undefined where the host does not say. */
export async function copySize(home: string): Promise<{files: number; bytes: number} | undefined> {
  try {
    return (await (await fetch(new URL("offline.json", home))).json()) as {files: number; bytes: number};
  } catch {
    return undefined;
  }
}

/**
 * Registers the service worker; from `onBegin` on it can be stopped. Resolves to whether it is in use, and so has stored the whole
 * site.
 */
export async function installCopy(home: string, onBegin: () => void): Promise<boolean> {
  const {installing, waiting, active} = await navigator.serviceWorker.register(trustedUrl(new URL("sw.js", home)), {
    scope: home,
  });
  onBegin();
  const worker = installing ?? waiting ?? active!;
  return new Promise((resolve) => {
    const settle = () => {
      if (worker.state === "activated") resolve(true);
      if (worker.state === "redundant") resolve(false);
    };
    worker.addEventListener("statechange", settle);
    settle();
  });
}

/** Ends an installation. What has arrived stays. */
export async function stopCopy(home: string): Promise<void> {
  (await ownRegistration(home))?.installing?.postMessage("stop");
}

/** Removes the service worker and everything that is stored, a part of a copy too. */
export async function removeCopy(home: string): Promise<void> {
  await stopCopy(home);
  await (await ownRegistration(home))?.unregister();
  await Promise.all((await ownCaches(home)).map((name) => caches.delete(name)));
}
