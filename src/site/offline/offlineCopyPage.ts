import {trustedUrl} from "../../figure/trustedUrl.ts";
import {ownRegistration} from "./ownRegistration.ts";

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

/** Why a file could not be kept. */
const causes: Readonly<Record<string, string>> = {
  "no answer":
    "The host did not answer, or it is changing to a newer version. Try again in a few minutes. If that does not help, the host may alter files on the way.",
  refused: "This browser, or one of its settings, does not allow it.",
  "no room": "There is no room left for it on this device.",
};

type Failure = Extract<WorkerMessage, {failed: string}>;

/** Why the copy is not complete, with the file that failed first. */
const failureText = ({failed, because}: Failure): string => `${failed} could not be kept. ${causes[because]}`;

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
 * removes the worker together with all files.
 */
async function stateOf(home: string, failed: Failure | undefined): Promise<[text: string, ...CopyAction[]]> {
  const [registration, kept, size] = await Promise.all([ownRegistration(home), filesKept(home), copySize(home)]);
  const failure = failed ? `${failureText(failed)} ` : "";
  if (registration?.active) {
    const pendingUpdate = failed ? " A newer version has not fully arrived yet; until it has, this one stays." : "";
    return [`The whole site is on this device and works without a network.${pendingUpdate}`, "remove"];
  }
  if (kept === 0) {
    const mb = size ? ` It is ${(size.bytes / 1e6).toFixed(1)} MB.` : "";
    return [`${failure}The site is not kept on this device.${mb}`, "keep"];
  }
  const count = size ? `${kept} of ${size.files} files` : `${kept} files`;
  return [
    `${failure}So far ${count} are on this device, which is not enough to read without a network.`,
    "keep",
    "remove",
  ];
}

/** Starts the page that keeps this site offline and shows whether it is. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const view = offlineView(box);
  const reason = reasonAgainst();
  if (reason) view.show(reason);
  else await startButtons(view, home);
}

/** Shows the state of the copy, and lets the buttons change it. */
async function startButtons({buttons, show, showCount}: ReturnType<typeof offlineView>, home: string): Promise<void> {
  /** The first file that failed, in the last attempt to fetch a version. */
  let failed: Failure | undefined;
  let isFetching = false;
  const showState = async () => show(...(await stateOf(home, failed)));

  navigator.serviceWorker.addEventListener("message", ({data}: MessageEvent<Partial<WorkerMessage> | null>) => {
    if (data && "failed" in data) {
      failed = data as Failure;
      if (!isFetching) void showState();
    } else if (data && "kept" in data) showCount(data as CopyProgress);
  });
  const store = async (): Promise<void> => {
    const text = "The site is being stored on this device. You can keep reading.";
    show(text);
    failed = undefined;
    isFetching = true;
    try {
      await installCopy(home, () => show(text, "stop"));
    } catch (error) {
      failed = {failed: "sw.js", because: (error as Error).name === "SecurityError" ? "refused" : "no answer"};
    }
    isFetching = false;
    await showState();
  };
  buttons.keep.addEventListener("click", store);
  buttons.stop.addEventListener("click", () => stopCopy(home));
  buttons.remove.addEventListener("click", async () => {
    await removeCopy(home);
    failed = undefined;
    await showState();
    buttons.keep.focus();
  });
  // A reader who comes back before all files have arrived finds the copy on its way.
  const registration = await ownRegistration(home);
  await (registration?.installing && !registration.active ? store() : showState());
}

/** How many files of the copy are here, and how many there should be. */
interface CopyProgress {
  kept: number;
  of: number;
}

/** What the service worker tells pages while it fetches: how far it is, or the file that failed and why. */
type WorkerMessage = CopyProgress | {failed: string; because: string};

/** The names of the site's caches, which end with the site's root: the cache of the present worker, and any that an older one left. */
const ownCaches = async (home: string): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.endsWith(`-${home}`));

/** How many files have been kept so far, of a copy that may not be complete. */
async function filesKept(home: string): Promise<number> {
  const all = await Promise.all((await ownCaches(home)).map(async (name) => (await caches.open(name)).keys()));
  return all.flat().length;
}

/** The number of files that a copy has and its size in bytes; undefined where the host does not say. */
async function copySize(home: string): Promise<{files: number; bytes: number} | undefined> {
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
async function installCopy(home: string, onBegin: () => void): Promise<boolean> {
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
async function stopCopy(home: string): Promise<void> {
  (await ownRegistration(home))?.installing?.postMessage("stop");
}

/** Removes the service worker and everything that is stored, a part of a copy too. */
async function removeCopy(home: string): Promise<void> {
  await stopCopy(home);
  await (await ownRegistration(home))?.unregister();
  await Promise.all((await ownCaches(home)).map((name) => caches.delete(name)));
}
