/** What the lab's own page adds to the figure: a field for words, and a button beside "Take it home". Embeds and chapters have neither. */

import type {Act} from "../../figure/widget.ts";
import type {LabParams} from "./controls.ts";
import type {LabResult} from "./readings.ts";

type Draw = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;

/** Filled by the page. */
export const ownPage: {
  /** Draws the field for the reader's own words. */
  wordField?: Draw;
  /** Draws beside "Take it home". */
  besideTakeHome?: Draw;
} = {};

/** Above the button of a lab at full size: the field for words, where there is one and the reader's own are taught. */
export const wordsAbove: Draw = (box, result, params, act) => {
  const {wordField} = ownPage;
  const isShown = !!wordField && params.task === "own";
  box.closest(".widget")!.toggleAttribute("data-own", !!wordField);
  box.toggleAttribute("hidden", !isShown);
  if (isShown) wordField(box, result, params, act);
};
