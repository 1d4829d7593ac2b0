import {siteRoot} from "../../figure/siteRoot.ts";
import {newButton} from "../newButton.ts";
import {ownRegistration} from "./ownRegistration.ts";

/**
 * On a site that is kept offline: says when a newer version has arrived, and switches to it when the reader asks. Pages in other
 * windows keep their version; they say that there is a newer one and reload when asked.
 */
export async function startUpdateNotice(root: Document): Promise<void> {
  const {serviceWorker} = navigator;
  const registration = await ownRegistration(siteRoot(root.documentElement.dataset.root, location));
  if (!registration) return;
  let isAsked = false;

  function showNotice(sentence: string, label: string, press: () => void) {
    root.querySelector(".offline-news")?.remove();
    const notice = root.createElement("p");
    notice.className = "offline-news";
    notice.setAttribute("role", "status");
    notice.append(`${sentence} `, newButton(root, label, press));
    root.querySelector("main")!.prepend(notice);
  }
  const offer = (worker: ServiceWorker) =>
    showNotice("A newer version of this site is on your device.", "Use it", () => {
      isAsked = true;
      worker.postMessage("use the newer");
    });
  const watch = (worker: ServiceWorker | null) => {
    if (worker?.state === "installed") offer(worker);
    else worker?.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
  };
  watch(registration.waiting);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  serviceWorker.addEventListener("controllerchange", () => {
    if (isAsked) location.reload();
    else showNotice("A newer version of this site is in use in another window.", "Reload", () => location.reload());
  });
}
