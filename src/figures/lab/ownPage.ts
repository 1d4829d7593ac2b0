/** What the lab's own page adds to the figure: a field for words, and a button beside "Take it home". Embeds and chapters have neither. */

import type {Act} from "../../figure/widget.ts";
import type {LabParams} from "./controls.ts";
import type {LabResult} from "./readings.ts";

type Draw = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;

/** What the lab's own page draws; the page fills it in, and elsewhere it stays empty. */
export const ownPage: {
  /** Draws the field for the reader's own words. */
  drawWordField?: Draw;
  /** Draws beside "Take it home". */
  drawBesideTakeHome?: Draw;
} = {};

/** Above the Fine-tune button at full size: draws the field for words if the page has one and the reader's own are taught. */
export const drawAboveButton: Draw = (box, result, params, act) => {
  const {drawWordField} = ownPage;
  const isShown = !!drawWordField && params.task === "own";
  box.closest(".widget")!.toggleAttribute("data-own", !!drawWordField);
  box.toggleAttribute("hidden", !isShown);
  if (isShown) drawWordField(box, result, params, act);
};
