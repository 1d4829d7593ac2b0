import {ownRegistration} from "./ownRegistration.ts";

const KEPT = "The whole site is on this device and works without a network.";

/** Why this site cannot be kept offline here, in a sentence; undefined when it can. */
function reasonAgainst(): string | undefined {
  if (location.protocol === "file:") return "This copy is opened from a disk, so it is on your device already.";
  if (!isSecureContext) return "Browsers keep sites only from addresses that begin with https.";
  try {
    // Throws in a sandboxed frame.
    if (navigator.serviceWorker) return undefined;
  } catch {
    return "This page stands in a frame that may keep nothing. Open it in a window of its own.";
  }
  return "This browser keeps no sites. Some do not in a private window; try another window.";
}

/** Registers the service worker. Resolves when it has stored the whole site; rejects when it could not. */
async function install(home: string): Promise<void> {
  const {installing, active} = await navigator.serviceWorker.register(new URL("sw.js", home), {scope: home});
  const worker = installing ?? active!;
  return new Promise((resolve, reject) => {
    const settle = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("a file did not arrive, or there is no room"));
    };
    worker.addEventListener("statechange", settle);
    settle();
  });
}

/** Removes the service worker and everything it has stored. */
async function uninstall(home: string): Promise<void> {
  await (await ownRegistration(home))?.unregister();
  const names = await caches.keys();
  // Workbox ends the name of a cache with the scope.
  await Promise.all(names.filter((name) => name.endsWith(`-${home}`)).map((name) => caches.delete(name)));
}

/** " It is 2.1 MB.", or nothing where the size cannot be loaded. */
async function sizeText(home: string): Promise<string> {
  try {
    const {bytes} = (await (await fetch(new URL("offline.json", home))).json()) as {bytes: number};
    return ` It is ${(bytes / 1e6).toFixed(1)} MB.`;
  } catch {
    return "";
  }
}

/** Why the site could not be kept. `odd`: the address of a file that does not belong to the site's version. */
const failureText = (odd: string | undefined, error: unknown): string =>
  odd
    ? `It could not be kept: ${odd} is of another version than the rest. The host may be changing to a newer one; try again in some minutes. If that stays so, it changes files on their way. Nothing is left behind.`
    : `It could not be kept: ${error instanceof Error ? error.message : error}. Nothing is left behind; try again where the network is good.`;

/** The elements of the page, and how they show a state. */
function offlineView(box: HTMLElement) {
  const state = box.querySelector<HTMLElement>(".offline-state")!;
  const keep = box.querySelector<HTMLButtonElement>(".offline-keep")!;
  const remove = box.querySelector<HTMLButtonElement>(".offline-remove")!;
  const bar = box.querySelector("progress")!;
  const show = (text: string, {canKeep = false, canRemove = false} = {}) => {
    state.textContent = text;
    keep.hidden = !canKeep;
    keep.disabled = false;
    remove.hidden = !canRemove;
    bar.hidden = true;
  };
  const showProgress = () => {
    show("The site is being kept. You may read on meanwhile.");
    bar.hidden = false;
    bar.removeAttribute("value");
  };
  return {keep, remove, bar, show, showProgress};
}

/** Starts the page that keeps this site offline and shows whether it is. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const {keep, remove, bar, show, showProgress} = offlineView(box);
  const reason = reasonAgainst();
  if (reason) return show(reason);
  /** The last file that the worker found to be of another version than its list. */
  let odd: string | undefined;

  async function showState() {
    const isKept = (await ownRegistration(home))?.active;
    if (!isKept) return show(`The site is not kept on this device.${await sizeText(home)}`, {canKeep: true});
    const delay = " A newer version has not come as a whole yet: until it has, this one stays.";
    show(odd ? KEPT + delay : KEPT, {canRemove: true});
  }

  navigator.serviceWorker.addEventListener("message", ({data}) => {
    if (typeof data?.odd === "string") {
      odd = data.odd;
      if (!remove.hidden) void showState();
    }
    if (typeof data?.kept !== "number") return;
    bar.max = data.of;
    bar.value = data.kept;
  });

  keep.addEventListener("click", async () => {
    showProgress();
    odd = undefined;
    try {
      await install(home);
      await showState();
    } catch (error) {
      await uninstall(home);
      show(failureText(odd, error), {canKeep: true});
    }
  });

  remove.addEventListener("click", async () => {
    await uninstall(home);
    await showState();
    keep.focus();
  });

  await showState();
}
