/** What only the lab draws around its picture. */
import type {AnyParams, Choice, Controls} from "../controls.ts";
import type {PageContext} from "../pageContext.ts";
import {attributes, each, listen} from "../plot/children.ts";
import {layer} from "../plot/layer.ts";
import type {Room} from "../plot/room.ts";
import {put} from "../plot/text/put.ts";
import type {Act, AnyWidget, Parts, StartState} from "../widget.ts";

/** The parts above the picture, in their order. */
const PARTS_ABOVE = [
  ["form", "controls"],
  ["div", "between"],
  ["div", "notice"],
  ["div", "time"],
] as const;

/** Notes for a reader who followed a link. */
const LINK_NOTE = "This link trains again: the same settings and seed give the same words.";
const UNREADABLE_NOTE = "This link could not be read; here is the default.";

/** The lab's drawing code. */
export const labFrame = {
  /** Makes the parts above the picture: the form, the notice and the buttons. */
  makePartsAbove(figure: Element) {
    figure.setAttribute("data-lab", "");
    for (const [tag, name] of PARTS_ABOVE) layer(figure, tag, name);
  },
  /** Makes the boxes that the lab draws in. */
  makeBoxes(figure: Element, form: Element): Pick<Parts, "panel" | "between" | "below"> {
    const more = layer(form, "details", "more");
    const panel = layer(more, "div", "panelled");
    const back = layer<HTMLButtonElement>(more, "button", "defaults", "Back to the default");
    back.setAttribute("type", "button");
    back.onclick = () => figure.querySelector<HTMLElement>(".tools > [data-do=reset]")!.click();
    return {panel, between: layer(figure, "div", "between"), below: layer(figure, "div", "below")};
  },
  /** Shows each choice with `parts`: a button for each part, and the values of the part that has the chosen value. */
  showChoiceParts(form: Element, controls: Controls, params: AnyParams) {
    for (const [name, control] of Object.entries(controls))
      if (control.kind === "choice" && control.parts)
        showPart(form.querySelector(`fieldset[data-name="${name}"]`)!, control, String(params[name]));
  },
  /** Draws into the boxes. */
  drawBoxes(
    {panel, between, below}: Parts,
    {training}: AnyWidget,
    result: unknown,
    params: AnyParams,
    act: Act,
    {size}: Room,
  ) {
    const isFull = size === "full";
    training!.drawPanel(panel!, result, params, act);
    for (const box of [between!, below!]) box.toggleAttribute("hidden", !isFull);
    if (!isFull) return;
    training!.drawBetween(between!, result, params, act);
    training!.drawBelow(below!, result, params, act);
  },
  /** Writes the settings, and what the run will do or how far it is. */
  writeSettings(figure: Element, {training}: AnyWidget, result: unknown, params: AnyParams) {
    put(figure.querySelector(".more > .label")!, `Settings: ${training!.settings(params)}`);
    layer(figure.querySelector(".time")!, "p", "told", training!.statusText(result, params));
  },
  /** The notes at the start. For a link, one says that the run has to be trained again. */
  startNotes({notes, addressState}: StartState, {isAddressed, isFramed}: PageContext): readonly string[] {
    if (!isAddressed || isFramed) return notes;
    if (addressState) return [...notes, LINK_NOTE];
    return notes.length ? [UNREADABLE_NOTE, ...notes] : notes;
  },
};

/** Shows only the part of a choice that has the chosen value, with a button for each part above its options. */
function showPart(fieldset: Element, {options, parts = {}}: Choice, value: string) {
  if (!fieldset.querySelector(".parts")) {
    const box = fieldset.ownerDocument.createElement("div");
    box.className = "parts";
    fieldset.querySelector(".options")!.before(box);
  }
  const keys = Object.keys(options);
  const shownPart = Object.values(parts).find((list) => list.includes(value));
  each(fieldset.querySelector(".parts")!, "button", Object.entries(parts), (button, [title, values]) => {
    const isShown = values === shownPart;
    attributes(button, {type: "button", "aria-pressed": String(isShown)});
    put(button, title);
    listen(button, "click", () => {
      if (isShown) return;
      const radio = fieldset.querySelector<HTMLInputElement>(`input[value="${values[0]}"]`)!;
      radio.checked = true;
      radio.dispatchEvent(new Event("input", {bubbles: true}));
    });
  });
  for (const [i, label] of fieldset.querySelectorAll(".options > label").entries())
    label.toggleAttribute("hidden", !shownPart?.includes(keys[i]!));
}
