import type {Act} from "../../../figure/widget.ts";

let latest: Act | undefined;
/** What is to be said once there is a figure to say it. */
let due = "";

/** Says something about the words of this page's link. */
export const announce = (sentence: string): void => {
  if (latest) latest.say(sentence);
  else due = sentence;
};

/** The figure that says it is there. */
export function setAnnouncer(act: Act): void {
  latest = act;
  if (due) act.say(due);
  due = "";
}
