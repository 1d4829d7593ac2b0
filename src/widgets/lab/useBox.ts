import {tiny} from "../../figures/format.ts";
import {layer} from "../../figures/layer.ts";
import {type Line, morph} from "../../figures/morph.ts";
import {isList} from "../lessonNames.ts";
import type {Act} from "../widget.ts";
import type {LabResult} from "./see.ts";
import {controls, type LabParams} from "./settings.ts";

/** What is typed, to the model once it is trained: with its adapter off, scaled, on and merged. */
export function useBox(box: Element, {use}: LabResult, {task, scale, input, method}: LabParams, act: Act) {
  const isWords = isList(task);
  const area = layer(box, "div", "use");
  const label = layer(area, "label", "typed");
  layer(label, "span", "name").textContent = isWords ? "Begin a word with" : "Ask it";
  const field = layer<HTMLInputElement>(label, "input", "text");
  for (const [name, value] of Object.entries({type: "text", maxlength: "10", autocomplete: "off", spellcheck: "false"}))
    field.setAttribute(name, value);
  field.setAttribute("value", input);
  field.setAttribute("placeholder", isWords ? "a letter or some" : "six digits");
  if (field.value !== input && field.ownerDocument.activeElement !== field) field.value = input;
  field.oninput = () => {
    const text = field.value.trim();
    const why = text === "" ? undefined : controls.input.problem(text);
    if (!why) act.set({input: text});
    else if (!isWords && text.length < 6) return;
    else act.say(why);
  };
  const names = {off: "off", scaled: `× ${scale}`, on: method === "full" ? "tuned" : "on", merged: "merged"};
  const lines = (use?.ways ?? []).map(
    ({name, written}): Line => ({
      name: names[name],
      items: written.map((text) => ({pieces: [{text: text || "–"}]})),
    }),
  );
  const hint = isWords
    ? "The same random numbers in every row."
    : "Six digits ask for the new operation; C, R, I, D or L before them for an old one: copy, reverse, +1, −1, rotate.";
  const difference =
    use?.difference === undefined ? "" : ` Merged or beside W₀, no logit differs by more than ${tiny(use.difference)}.`;
  morph(area, lines, {
    caption: use
      ? isWords
        ? "What it makes of it"
        : `What it answers to ${use.input}`
      : "The last step of a run can be used here",
    columns: [method === "full" ? "Weights" : "Adapter", "Writes"],
    aligned: !isWords,
    foot: use ? `${hint}${difference}` : "",
  });
}
