import {findLms, type Learned, learn} from "./lms.ts";

// The second script of a SCORM package, after the one that defines the element. Opened outside a platform it does nothing.
const widget = document.querySelector<HTMLElement & Learned>("lora-widget");
const lms = findLms(window);
if (widget && lms) {
  const save = learn(lms, widget, {now: () => performance.now(), note: (sentence) => console.info(sentence)});
  document.addEventListener("visibilitychange", () => document.hidden && save(false));
  addEventListener("pagehide", () => save(true));
  // A page that comes back from the browser's memory has no session anymore.
  addEventListener("pageshow", ({persisted}) => persisted && location.reload());
}
