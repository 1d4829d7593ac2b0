/** What only a bench draws around its picture. The lab is the one bench. */
import {select} from "d3";
import type {Choice} from "../controls.ts";
import {layer} from "../plot/layer.ts";
import {put} from "../plot/text/put.ts";
import type {BenchFrame} from "../widget.ts";

/** The parts above the picture, in their order. */
const HEAD = [
  ["form", "controls"],
  ["div", "between"],
  ["div", "notice"],
  ["div", "time"],
] as const;

/** Notes for a reader who comes by a link. */
const LINKED = "This link trains again: the same settings and seed give the same words.";
const UNREAD = "This link could not be read; here is the default.";

/** The drawing code of a bench. */
export const benchFrame: BenchFrame = {
  above(figure) {
    figure.setAttribute("data-bench", "");
    for (const [tag, name] of HEAD) layer(figure, tag, name);
  },
  boxes(figure, form) {
    const more = layer(form, "details", "more");
    const panel = layer(more, "div", "panelled");
    const back = layer<HTMLButtonElement>(more, "button", "defaults", "Back to the default");
    back.setAttribute("type", "button");
    back.onclick = () => figure.querySelector<HTMLElement>(".tools > [data-do=reset]")!.click();
    return {panel, between: layer(figure, "div", "between"), below: layer(figure, "div", "below")};
  },
  sortOptions(form, controls, params) {
    for (const [name, control] of Object.entries(controls))
      if (control.kind === "choice" && control.parts)
        showPart(form.querySelector(`fieldset[data-name="${name}"]`)!, control, String(params[name]));
  },
  drawBoxes({panel, between, below}, {bench}, result, params, act, room) {
    const isFull = room.size === "full";
    bench!.panel(panel!, result, params, act);
    for (const box of [between!, below!]) box.toggleAttribute("hidden", !isFull);
    if (!isFull) return;
    bench!.between(between!, result, params, act);
    bench!.below(below!, result, params, act, room);
  },
  writeSettings(figure, {bench}, result, params) {
    put(figure.querySelector(".more > .label")!, `Settings: ${bench!.settings(params)}`);
    layer(figure.querySelector(".time")!, "p", "told", bench!.tells(result, params));
  },
  notes({notes, opening}, {addressed, framed}) {
    if (!addressed || framed) return notes;
    if (opening) return [...notes, LINKED];
    return notes.length ? [UNREAD, ...notes] : notes;
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
  const seen = Object.values(parts).find((list) => list.includes(value));
  select(fieldset.querySelector(".parts")!)
    .selectChildren<HTMLButtonElement, [string, readonly string[]]>("button")
    .data(Object.entries(parts))
    .join("button")
    .attr("type", "button")
    .attr("aria-pressed", ([, list]) => String(list === seen))
    .each(function ([title, [first]]) {
      put(this, title);
      this.onclick = () => {
        if (this.getAttribute("aria-pressed") === "true") return;
        const radio = fieldset.querySelector<HTMLInputElement>(`input[value="${first}"]`)!;
        radio.checked = true;
        radio.dispatchEvent(new Event("input", {bubbles: true}));
      };
    });
  for (const [i, label] of fieldset.querySelectorAll(".options > label").entries())
    label.toggleAttribute("hidden", !seen?.includes(keys[i]!));
}
