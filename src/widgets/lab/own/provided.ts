import type {Act} from "../../../shell/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";

/** Draws the field for words of the reader's own. */
type Field = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;

let field: Field | undefined;

/** The lab's own page brings the field along; elsewhere a figure has no room for it, and does not load it. */
export const provide = (one: Field): void => {
  field = one;
};

/** Above the button of a lab at full size: the field, where there is one. */
export const wordsAbove: Field = (box, result, params, act) => {
  box.closest(".widget")!.toggleAttribute("data-own", !!field);
  box.toggleAttribute("hidden", !field || params.task !== "own");
  if (field && params.task === "own") field(box, result, params, act);
};
