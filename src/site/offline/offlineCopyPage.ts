import {trustedUrl} from "../../figure/trustedUrl.ts";
import {ownRegistration} from "./ownRegistration.ts";

/** How many files of the copy are here, and how many there should be. */
interface CopyProgress {
  kept: number;
  of: number;
}

/** What the service worker tells pages while it fetches: how far it is, or the file that failed. */
type WorkerMessage = CopyProgress | {failed: string};

/** Why this site cannot be kept offline here, in a sentence; undefined when it can. */
function reasonAgainst(): string | undefined {
  if (!isSecureContext) return "Browsers keep sites only from addresses that begin with https.";
  try {
    // Throws in a sandboxed frame.
    if (navigator.serviceWorker) return undefined;
  } catch {
    return "This page is in a frame that is not allowed to keep anything. Open it in a window of its own.";
  }
  return "This browser keeps no sites. Some keep none in a private window, so try an ordinary one.";
}

/** What can be done in a state. */
type CopyAction = "keep" | "stop" | "remove";

/** The elements of the page, and how they show a state. */
function offlineView(box: HTMLElement) {
  const state = box.querySelector<HTMLElement>(".offline-state")!;
  const bar = box.querySelector("progress")!;
  const button = (action: CopyAction) => box.querySelector<HTMLButtonElement>(`.offline-${action}`)!;
  const buttons = {keep: button("keep"), stop: button("stop"), remove: button("remove")};
  const show = (text: string, ...actions: readonly CopyAction[]) => {
    state.textContent = text;
    bar.hidden = !actions.includes("stop");
    bar.removeAttribute("value");
    for (const [action, one] of Object.entries(buttons)) {
      one.hidden = !actions.includes(action as CopyAction);
      one.disabled = false;
    }
  };
  const showCount = ({kept, of}: CopyProgress) => {
    bar.max = of;
    bar.value = kept;
  };
  return {buttons, show, showCount};
}

/**
 * What to say of the copy, and what can be done. With an active worker the copy is whole: a browser that is short of room
 * removes the worker together with all files. `failedFile` is the first file that could not be kept, in the last attempt.
 */
async function stateOf(home: string, failedFile: string | undefined): Promise<[text: string, ...CopyAction[]]> {
  if ((await ownRegistration(home))?.active) {
    const update = failedFile ? " A newer version has not fully arrived yet; until it has, this one stays." : "";
    return [`The whole site is on this device and works without a network.${update}`, "remove"];
  }
  const failure = failedFile
    ? `${failedFile} could not be kept: the host did not answer or is changing to a newer version, or this device has no room. Try again in a few minutes. `
    : "";
  if ((await ownCaches(home)).length > 0)
    return [
      `${failure}A part of the site is on this device, which is not enough to read without a network.`,
      "keep",
      "remove",
    ];
  const size = await copySize(home);
  return [`${failure}The site is not kept on this device.${size ? ` It is ${size} MB.` : ""}`, "keep"];
}

/** Starts the page that keeps this site offline and shows whether it is. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const {buttons, show, showCount} = offlineView(box);
  const reason = reasonAgainst();
  if (reason) return show(reason);
  let failedFile: string | undefined;
  let isFetching = false;
  const showState = async () => show(...(await stateOf(home, failedFile)));

  navigator.serviceWorker.addEventListener("message", ({data}: MessageEvent<WorkerMessage>) => {
    if ("kept" in data) return showCount(data);
    failedFile = data.failed;
    if (!isFetching) void showState();
  });
  const store = async (): Promise<void> => {
    const text = "The site is being stored on this device. You can keep reading.";
    show(text);
    failedFile = undefined;
    isFetching = true;
    try {
      await installCopy(home, () => show(text, "stop"));
    } catch {
      failedFile = "sw.js";
    }
    isFetching = false;
    await showState();
  };
  buttons.keep.addEventListener("click", store);
  buttons.stop.addEventListener("click", () => stopCopy(home));
  buttons.remove.addEventListener("click", async () => {
    await removeCopy(home);
    failedFile = undefined;
    await showState();
    buttons.keep.focus();
  });
  // A reader who comes back before all files have arrived finds the copy on its way.
  const registration = await ownRegistration(home);
  await (registration?.installing && !registration.active ? store() : showState());
}

/** The names of the site's caches, which end with the site's root: the cache of the present worker, and any that an older one left. */
const ownCaches = async (home: string): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.endsWith(`-${home}`));

/** The size of a copy in MB; undefined where the host does not say. */
async function copySize(home: string): Promise<string | undefined> {
  try {
    const {bytes} = (await (await fetch(new URL("offline.json", home))).json()) as {bytes: number};
    return (bytes / 1e6).toFixed(1);
  } catch {
    return undefined;
  }
}

/**
 * Registers the service worker, which fetches the site; from `onBegin` on it can be stopped. Resolves when the worker is in use,
 * and so has stored the whole site, or has given up.
 */
async function installCopy(home: string, onBegin: () => void): Promise<void> {
  const {installing, waiting, active} = await navigator.serviceWorker.register(trustedUrl(new URL("sw.js", home)), {
    scope: home,
  });
  onBegin();
  const worker = installing ?? waiting ?? active!;
  return new Promise((resolve) => {
    const settle = () => {
      if (worker.state === "activated" || worker.state === "redundant") resolve();
    };
    worker.addEventListener("statechange", settle);
    settle();
  });
}

/** Ends an installation. What has arrived stays. */
async function stopCopy(home: string): Promise<void> {
  (await ownRegistration(home))?.installing?.postMessage("stop");
}

/** Removes the service worker and everything that is stored, a part of a copy too. */
async function removeCopy(home: string): Promise<void> {
  await stopCopy(home);
  await (await ownRegistration(home))?.unregister();
  await Promise.all((await ownCaches(home)).map((name) => caches.delete(name)));
}
