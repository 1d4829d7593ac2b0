/** What the lab's own page adds to the figure: a field for words, and a button beside "Take it home". Embeds and chapters have neither. */

import type {Act} from "../../figure/widget.ts";
import type {LabParams} from "./controls.ts";
import type {LabResult} from "./readings.ts";

type Draw = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;

/** Filled by the page. */
export const ownPage: {
  /** Draws the field for words above the button; for another task it takes back what it did. */
  wordField?: Draw;
  /** Draws beside "Take it home". */
  besideTakeHome?: Draw;
} = {};

/** Of the figure whose field is shown. */
let act: Act | undefined;
/** What is to be said once there is one. */
let notice = "";

/** Says something about the words of the page's link. */
export function announce(sentence: string) {
  if (act) act.say(sentence);
  else notice = sentence;
}

/** Above the button of a lab at full size: the field, where there is one. */
export const wordsAbove: Draw = (box, result, params, own) => {
  const {wordField} = ownPage;
  const isShown = !!wordField && params.task === "own";
  box.closest(".widget")!.toggleAttribute("data-own", !!wordField);
  box.toggleAttribute("hidden", !isShown);
  wordField?.(box, result, params, own);
  if (!isShown) return;
  act = own;
  if (notice) act.say(notice);
  notice = "";
};
