/** The ways to use a trained model, in a table. */

import {each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {tableHead} from "../../../figure/plot/tableHead.ts";
import {tiny} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {LabParams} from "../controls.ts";
import {bitsOf, taskName} from "../format.ts";
import type {LabResult} from "../readings.ts";
import {isOfWords} from "../settings.ts";
import type {Use, WayOfUse} from "../snapshot.ts";

/** A table of what the trained model writes with its adapter off, scaled, on, merged, and together with another run's adapter. */
export function useModel(box: Element, result: LabResult, params: LabParams) {
  const {trained} = result;
  const use = trained && result.use;
  const {task, method} = params;
  const isWords = isOfWords(task);
  const area = layer(box, "div", "use");
  const table = layer(area, "table", "steps");
  // Answers have equal widths, so they line up from row to row.
  table.toggleAttribute("data-aligned", !isWords);
  const answered = use && (isWords ? "How it continues" : `What it answers to ${use.input}`);
  layer(table, "caption", "label", answered ?? "Train to the last step to try the model here");
  tableHead(table, [method === "full" ? "Weights" : "Adapter", "Writes"]);
  const names = namesOf(result, params);
  each(layer(table, "tbody", "body"), "tr", use?.ways ?? [], (row, way) => {
    layer(row, "th", "step", names[way.name]).setAttribute("scope", "row");
    each(layer(row, "td", "items"), "span", textsOf(way, use!), put);
  });
  layer(area, "p", "foot", use ? footOf(use, result, params) : "");
}

const namesOf = (
  {other = 0}: LabResult,
  {method, scale, base}: LabParams,
): Readonly<Record<WayOfUse["name"], string>> => ({
  off: "off",
  scaled: `× ${scale}`,
  on: method === "full" ? "tuned" : "on",
  merged: "merged",
  rounded: `merged, ${bitsOf(base)} again`,
  bare: "on W₀ of 32 bits",
  other: `run ${other + 1}`,
  both: "both",
});

/** An answer is marked as right or wrong; with two adapters at once, the foot says what came out instead. */
function textsOf({name, texts}: WayOfUse, {answers}: Use): string[] {
  const right = name === "both" ? undefined : answers[name === "other" ? 1 : 0]?.answer;
  return texts.map((text) => `${text || "–"}${right === undefined ? "" : text === right ? " ✓" : " ✗"}`);
}

/** What two adapters do at once. */
function bothText({ways, answers}: Use, {other = 0}: LabResult, {task}: LabParams): string {
  const textsIn = (name: WayOfUse["name"]) => ways.find((way) => way.name === name)?.texts;
  const [own, second, both] = [textsIn("on"), textsIn("other"), textsIn("both")];
  if (!own || !second) return "";
  if (!both) return `Two runs of this method cannot be on at once: run ${other + 1} takes the place of this one.`;
  if (isOfWords(task)) {
    const alone = new Set([...own, ...second]);
    const newCount = both.filter((text) => !alone.has(text)).length;
    return `With both at once, though they were never trained together, ${newCount} of ${both.length} words appear that neither writes alone.`;
  }
  const met = answers.filter(({answer}) => answer === both[0]).map((one) => taskName(one.task));
  return answers.length ? `With both at once it does ${met.length ? [...new Set(met)].join(" and ") : "neither"}.` : "";
}

function footOf(use: Use, result: LabResult, params: LabParams): string {
  const {answers, difference, ways} = use;
  const answerTexts = answers.map(({task, answer}) => `${answer} by ${taskName(task)}`).join(", ");
  return [
    isOfWords(params.task) && "The same random numbers in every row.",
    answerTexts && `Right answers: ${answerTexts}.`,
    ways.some(({name}) => name === "bare") &&
      "ΔW was trained on rounded weights: rounded again, or on the weights as they were, it may no longer fit.",
    bothText(use, result, params),
    difference !== undefined && `Merged and unmerged logits differ by at most ${tiny(difference)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
