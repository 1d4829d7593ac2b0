import {layer} from "../../../figures/layer.ts";
import {tiny} from "../../../figures/text/format.ts";
import type {Act} from "../../../shell/widget.ts";
import {isList} from "../../shared/taskNames.ts";
import {controls, type LabParams} from "../controls.ts";
import {type Line, morph} from "../figures/morph.ts";
import {taskName} from "../format.ts";
import type {LabResult} from "../readings.ts";
import type {Use, Way} from "../snapshot.ts";

/** What is typed, to the model once it is trained: with its adapter off, scaled, on and merged. */
export function useBox(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {use} = result;
  const {task, input, method} = params;
  const isWords = isList(task);
  const area = layer(box, "div", "use");
  const label = layer(area, "label", "typed");
  layer(label, "span", "name", isWords ? "Begin a word with" : "Ask it");
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
  const names = namesOf(result, params);
  const lines = (use?.ways ?? []).map(({name, written}): Line => {
    // An answer is marked by the operation that its adapter was taught; of two at once the foot says what came out.
    const due = name === "both" ? undefined : use?.due[name === "other" ? 1 : 0]?.answer;
    return {
      name: names[name],
      items: written.map((text) => ({
        pieces: [{text: text || "–"}],
        ...(due === undefined ? {} : {sign: text === due ? " ✓" : " ✗"}),
      })),
    };
  });
  morph(area, lines, {
    caption: use
      ? isWords
        ? "What it makes of it"
        : `What it answers to ${use.input}`
      : "The last step of a run can be used here",
    columns: [method === "full" ? "Weights" : "Adapter", "Writes"],
    aligned: !isWords,
    foot: use ? footOf(use, result, params) : "",
  });
}

const BITS: Readonly<Record<LabParams["base"], string>> = {full: "32 bits", nf4: "NF4", two: "2 bits"};

const namesOf = ({other = 0}: LabResult, {method, scale, base}: LabParams): Readonly<Record<Way["name"], string>> => ({
  off: "off",
  scaled: `× ${scale}`,
  on: method === "full" ? "tuned" : "on",
  merged: "merged",
  rounded: `merged, ${BITS[base]} again`,
  bare: "on W₀ of 32 bits",
  other: `run ${other + 1}`,
  both: "both",
});

/** What came of two adapters at once. */
function together({ways, due}: Use, {other = 0}: LabResult, {task}: LabParams): string {
  const of = (name: Way["name"]) => ways.find((way) => way.name === name)?.written;
  const [own, second, both] = [of("on"), of("other"), of("both")];
  if (!own || !second) return "";
  if (!both) return ` Two of a kind but LoRAs cannot be on at once: run ${other + 1} stands in for this one.`;
  if (isList(task)) {
    const alone = new Set([...own, ...second]);
    const fresh = both.filter((text) => !alone.has(text)).length;
    return ` With both at once, the sum of two changes that never met, ${fresh} of ${both.length} are words that neither writes alone.`;
  }
  const met = due.filter(({answer}) => answer === both[0]).map((one) => taskName(one.task));
  return due.length ? ` With both at once it does ${met.length ? [...new Set(met)].join(" and ") : "neither"}.` : "";
}

function footOf(use: Use, result: LabResult, params: LabParams): string {
  const hint = isList(params.task)
    ? "The same random numbers in every row."
    : "Six digits ask for the new operation; C, R, I, D or L before them for an old one: copy, reverse, +1, −1, rotate.";
  const due = use.due.length
    ? ` Due: ${use.due.map(({task, answer}) => `${answer} by ${taskName(task)}`).join(", ")}.`
    : "";
  const difference =
    use.difference === undefined ? "" : ` Merged or beside W₀, no logit differs by more than ${tiny(use.difference)}.`;
  const moved = use.ways.some(({name}) => name === "bare")
    ? " ΔW was trained on rounded weights: rounded again, or on the weights as they were, it may no longer fit."
    : "";
  return `${hint}${due}${moved}${together(use, result, params)}${difference}`;
}
