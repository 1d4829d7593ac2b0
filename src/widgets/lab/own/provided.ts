import type {Act} from "../../../shell/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";

/** Draws the field for words of the reader's own. */
type Field = (box: HTMLElement, result: LabResult, params: LabParams, act: Act) => void;
type Load = () => Promise<{wordField: Field}>;

let load: Load | undefined;
let latest: Act | undefined;
/** What is to be said once there is a figure to say it. */
let due = "";
let field: Field | undefined;
/** Draws what was asked for last, once the field has loaded. */
let draw = () => {};

/** The lab's own page brings the field along, loaded once own words are chosen; elsewhere a figure has no room for it. */
export const provide = (one: Load): void => {
  load = one;
};

/** Says something about the words of this page's link. */
export const tell = (sentence: string): void => {
  if (latest) latest.say(sentence);
  else due = sentence;
};

/** What takes the settings away without the words. */
const WORDLESS_TOOLS = ["link", "embed"];

/** Hides the buttons for a link and a frame, which would have no words. A toolbar keeps its one stop. */
function hideLinks(figure: Element, isOwn: boolean) {
  for (const name of WORDLESS_TOOLS) {
    const button = figure.querySelector<HTMLElement>(`.tools > [data-do=${name}]`);
    if (!button || button.hasAttribute("hidden") === isOwn) continue;
    button.toggleAttribute("hidden", isOwn);
    if (isOwn && button.getAttribute("tabindex") === "0")
      figure.querySelector(".tools > [data-do]")!.setAttribute("tabindex", "0");
  }
}

/** Above the button of a lab at full size: the field, where there is one. */
export const wordsAbove: Field = (box, result, params, act) => {
  const isShown = !!load && params.task === "own";
  const figure = box.closest(".widget")!;
  figure.toggleAttribute("data-own", !!load);
  hideLinks(figure, params.task === "own");
  latest = act;
  if (due) act.say(due);
  due = "";
  box.toggleAttribute("hidden", !isShown);
  draw = () => {
    if (isShown) field?.(box, result, params, act);
  };
  if (!isShown || field) return draw();
  load!().then(
    ({wordField}) => {
      field = wordField;
      draw();
    },
    (error) => act.say(`The field for your words did not load: ${error.message}.`),
  );
};
