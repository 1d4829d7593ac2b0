/**
 * On a page of a site that is kept: when the host has a newer version and it has arrived, says so, and changes to it when
 * the reader asks. A page stays of the version that it is of.
 */
export async function startOfflineNews(root: Document): Promise<void> {
  const {serviceWorker} = navigator;
  const registration = await serviceWorker.getRegistration();
  if (!registration) return;
  const tell = (worker: ServiceWorker) => {
    if (root.querySelector(".offline-news")) return;
    const notice = root.createElement("p");
    notice.className = "offline-news";
    notice.setAttribute("role", "status");
    const button = root.createElement("button");
    button.type = "button";
    button.textContent = "Use it";
    button.addEventListener("click", () => worker.postMessage("use the newer"));
    notice.append("A newer version of this site is on your device. ", button);
    root.querySelector("main")!.prepend(notice);
  };
  const watch = (worker: ServiceWorker | null) => {
    if (!worker) return;
    if (worker.state === "installed") tell(worker);
    else worker.addEventListener("statechange", () => worker.state === "installed" && tell(worker));
  };
  watch(registration.waiting);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  let isReloading = false;
  serviceWorker.addEventListener("controllerchange", () => {
    if (isReloading || !root.querySelector(".offline-news")) return;
    isReloading = true;
    location.reload();
  });
}
