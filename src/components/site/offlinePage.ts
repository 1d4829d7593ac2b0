import {ownRegistration} from "./ownRegistration.ts";

/** Why a site cannot be kept here, in a sentence; undefined where it can. */
function reasonAgainst(): string | undefined {
  if (location.protocol === "file:") return "This copy is opened from a disk, so it is on your device already.";
  if (!isSecureContext) return "Browsers keep sites only from addresses that begin with https.";
  try {
    // A frame in a sandbox throws here.
    if (navigator.serviceWorker) return undefined;
  } catch {
    return "This page stands in a frame that may keep nothing. Open it in a window of its own.";
  }
  return "This browser keeps no sites. Some do not in a private window; try another window.";
}

/** Takes away the worker and everything it keeps. */
async function forget(home: string): Promise<void> {
  await (await ownRegistration(home))?.unregister();
  const names = await caches.keys();
  // Workbox ends the name of a cache with the scope.
  await Promise.all(names.filter((name) => name.endsWith(`-${home}`)).map((name) => caches.delete(name)));
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The page that asks whether the site shall be kept, and says how it stands. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const state = box.querySelector<HTMLElement>(".offline-state")!;
  const keep = box.querySelector<HTMLButtonElement>(".offline-keep")!;
  const remove = box.querySelector<HTMLButtonElement>(".offline-remove")!;
  const bar = box.querySelector("progress")!;
  const reason = reasonAgainst();
  if (reason) {
    state.textContent = reason;
    keep.hidden = true;
    return;
  }
  const {serviceWorker} = navigator;
  const show = (said: string, {canKeep = false, canRemove = false} = {}) => {
    state.textContent = said;
    keep.hidden = !canKeep;
    keep.disabled = false;
    remove.hidden = !canRemove;
    bar.hidden = true;
  };

  /** A file that was of another version than the list; what the worker said last. */
  let odd: string | undefined;

  async function look() {
    if ((await ownRegistration(home))?.active)
      return show(
        odd
          ? "The whole site is on this device and works without a network. A newer version has not come as a whole yet: until it has, this one stays."
          : "The whole site is on this device and works without a network.",
        {canRemove: true},
      );
    const size = await fetch(new URL("offline.json", home))
      .then((answer) => answer.json())
      .then(({bytes}: {bytes: number}) => ` It is ${megabytes(bytes)}.`)
      .catch(() => "");
    show(`The site is not kept on this device.${size}`, {canKeep: true});
  }

  serviceWorker.addEventListener("message", ({data}) => {
    if (typeof data?.odd === "string") {
      odd = data.odd;
      if (!remove.hidden) void look();
    }
    if (typeof data?.kept !== "number") return;
    bar.max = data.of;
    bar.value = data.kept;
  });

  keep.addEventListener("click", async () => {
    show("The site is being kept. You may read on meanwhile.");
    bar.hidden = false;
    bar.removeAttribute("value");
    odd = undefined;
    try {
      const {installing, active} = await serviceWorker.register(new URL("sw.js", home), {scope: home});
      const worker = installing ?? active!;
      await new Promise<void>((resolve, reject) => {
        const settle = () => {
          if (worker.state === "activated") resolve();
          if (worker.state === "redundant") reject(new Error("a file did not arrive, or there is no room"));
        };
        worker.addEventListener("statechange", settle);
        settle();
      });
      await look();
    } catch (error) {
      await forget(home);
      show(
        odd
          ? `It could not be kept: ${odd} is of another version than the rest. The host may be changing to a newer one; try again in some minutes. If that stays so, it changes files on their way. Nothing is left behind.`
          : `It could not be kept: ${error instanceof Error ? error.message : error}. Nothing is left behind; try again where the network is good.`,
        {canKeep: true},
      );
    }
  });

  remove.addEventListener("click", async () => {
    await forget(home);
    await look();
    keep.focus();
  });

  await look();
}
