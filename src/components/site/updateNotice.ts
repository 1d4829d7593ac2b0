import {siteRoot} from "../../shell/siteRoot.ts";
import {ownRegistration} from "./ownRegistration.ts";

/**
 * On a page of a site that is kept: when the host has a newer version and it has arrived, says so, and changes to it when
 * the reader asks. A page stays of the version that it is of: one in another window is told, and reloads when it is asked to.
 */
export async function startUpdateNotice(root: Document): Promise<void> {
  const {serviceWorker} = navigator;
  const registration = await ownRegistration(siteRoot(root.documentElement.dataset.root, location).home);
  if (!registration) return;
  let isAsked = false;

  function tell(sentence: string, word: string, press: () => void) {
    root.querySelector(".offline-news")?.remove();
    const notice = root.createElement("p");
    notice.className = "offline-news";
    notice.setAttribute("role", "status");
    const button = root.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", press);
    notice.append(`${sentence} `, button);
    root.querySelector("main")!.prepend(notice);
  }
  const offer = (worker: ServiceWorker) =>
    tell("A newer version of this site is on your device.", "Use it", () => {
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
    else tell("A newer version of this site is in use in another window.", "Reload", () => location.reload());
  });
}
