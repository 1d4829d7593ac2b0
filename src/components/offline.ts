/** Why a site cannot be kept here, in a sentence; undefined where it can. */
export function reasonAgainst(
  view: Pick<Window, "isSecureContext" | "location"> & {navigator: object},
): string | undefined {
  if (view.location.protocol === "file:") return "This copy is opened from a disk, so it is on your device already.";
  if (!view.isSecureContext) return "Browsers keep sites only from addresses that begin with https.";
  if (!("serviceWorker" in view.navigator))
    return "This browser keeps no sites. Some do not in a private window; try another window.";
  return undefined;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The page that asks whether the site shall be kept, and says how it stands. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const state = box.querySelector<HTMLElement>(".offline-state")!;
  const keep = box.querySelector<HTMLButtonElement>(".offline-keep")!;
  const remove = box.querySelector<HTMLButtonElement>(".offline-remove")!;
  const bar = box.querySelector("progress")!;
  const reason = reasonAgainst(window);
  if (reason) {
    state.textContent = reason;
    keep.hidden = true;
    return;
  }
  const {serviceWorker} = navigator;
  const registration = () => serviceWorker.getRegistration(home);
  const show = (said: string, {canKeep = false, canRemove = false} = {}) => {
    state.textContent = said;
    keep.hidden = !canKeep;
    keep.disabled = false;
    remove.hidden = !canRemove;
    bar.hidden = true;
  };

  async function look() {
    const known = await registration();
    if (known?.active) return show("The whole site is on this device and works without a network.", {canRemove: true});
    const size = await fetch(new URL("offline.json", home))
      .then((answer) => answer.json())
      .then(({bytes}: {bytes: number}) => ` It is ${megabytes(bytes)}.`)
      .catch(() => "");
    show(`The site is not kept on this device.${size}`, {canKeep: true});
  }

  serviceWorker.addEventListener("message", ({data}) => {
    if (typeof data?.kept !== "number") return;
    bar.max = data.of;
    bar.value = data.kept;
  });

  keep.addEventListener("click", async () => {
    show("The site is being kept. You may read on meanwhile.");
    bar.hidden = false;
    bar.removeAttribute("value");
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
      await (await registration())?.unregister();
      show(
        `It could not be kept: ${error instanceof Error ? error.message : error}. Nothing is left behind; try again where the network is good.`,
        {canKeep: true},
      );
    }
  });

  remove.addEventListener("click", async () => {
    await (await registration())?.unregister();
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.endsWith(home)).map((name) => caches.delete(name)));
    await look();
    keep.focus();
  });

  await look();
}
