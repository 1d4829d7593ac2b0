/** The second script of a SCORM package, after the one that defines the element. Outside a learning platform it does nothing. */
import {findLms, type SessionWidget, startSession} from "./lms.ts";

const widget = document.querySelector<HTMLElement & SessionWidget>("lora-widget");
const lms = findLms(window);
if (widget && lms) {
  const save = startSession(lms, widget, {now: () => performance.now(), note: (sentence) => console.info(sentence)});
  document.addEventListener("visibilitychange", () => document.hidden && save(false));
  addEventListener("pagehide", () => save(true));
  // A page restored from the browser's back/forward cache has no session any more.
  addEventListener("pageshow", ({persisted}) => persisted && location.reload());
}
