import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";

/** Draws the field for words of the reader's own; for another task it takes back what it did. */
type Field = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;
type Load = () => Promise<{wordField: Field}>;

let load: Load | undefined;
let field: Field | undefined;
/** Draws what was asked for last, once the field has loaded. */
let draw = () => {};

/** The lab's own page brings the field along, loaded once own words are chosen; elsewhere a figure has no room for it. */
export const provide = (one: Load): void => {
  load = one;
};

/** Above the button of a lab at full size: the field, where there is one. */
export const wordsAbove: Field = (box, result, params, act) => {
  const isShown = !!load && params.task === "own";
  box.closest(".widget")!.toggleAttribute("data-own", !!load);
  box.toggleAttribute("hidden", !isShown);
  draw = () => field?.(box, result, params, act);
  if (!isShown || field) return draw();
  load!().then(
    ({wordField}) => {
      field = wordField;
      draw();
    },
    () => act.say("The field for your words did not load.", true),
  );
};
