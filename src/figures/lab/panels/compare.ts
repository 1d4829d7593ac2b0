/** Draws what "Compare runs" opens: the ways to use the trained model, and the runs that are kept. */

import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {tableHead} from "../../../figure/plot/tableHead.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import {MAX_KEPT} from "../../shared/keptRuns.ts";
import {keptRunsPanel} from "../../shared/keptRunsPanel.ts";
import {isOfWords, keptLabRuns, LAB_STEPS, type LabParams, labSettings} from "../controls.ts";
import {labRunLine, runOutcome, weightFormat} from "../format.ts";
import type {Sample, WayOfUse} from "../protocol.ts";
import type {LabResult} from "../readings.ts";

export function drawComparison(box: Element, result: LabResult, params: LabParams, act: Act) {
  const fold = layer(box, "details", "compare");
  layer(fold, "summary", "label", "Compare runs");
  const area = layer(fold, "div", "lab");
  drawUse(area, result, params);
  const isOwn = params.task === "own";
  keptRunsPanel(
    area,
    result.kept.map((run) => ({
      text: labRunLine(run.settings),
      value: [
        runOutcome(run),
        ...(run.parameterCount === undefined ? [] : [`${whole(run.parameterCount)} parameters`]),
      ].join(", "),
    })),
    {
      title: "Kept runs, each with its score on unseen data",
      most: isOwn ? 0 : MAX_KEPT,
      keptRuns: keptLabRuns,
      params,
      announced: labRunLine(labSettings(params)),
      // Shown at its end, if it has been trained on this page.
      back: {step: LAB_STEPS},
    },
    act,
  );
  if (isOwn) layer(layer(area, "div", "shelf"), "p", "invitation", "Runs on your own words are not kept.");
}

/** Draws what the trained model writes with its adapter off, halved, on, merged, and together with another run's adapter. */
function drawUse(box: Element, {trained, use: latestUse, otherIndex = 0}: LabResult, params: LabParams) {
  const use = trained && latestUse;
  const {task, method, base} = params;
  const isWords = isOfWords(task);
  const names: Readonly<Record<WayOfUse["name"], string>> = {
    off: "off",
    half: "× 0.5",
    on: method === "full" ? "tuned" : "on",
    merged: "merged",
    rounded: `merged, ${weightFormat(base)} again`,
    bare: "on W₀ of 32 bits",
    other: `run ${otherIndex + 1}`,
    both: "both",
  };
  const sampleText = ({text, isHit}: Sample) => `${text || "–"}${isWords ? "" : isHit ? " ✓" : " ✗"}`;
  const area = layer(box, "div", "use");
  const what = use && !isWords ? `Answers to ${use.order.input}` : "Writes";
  const rows = (use?.ways ?? []).map(({name, texts}) => [names[name], texts.map(sampleText).join("  ")]);
  drawWays(area, [method === "full" ? "Weights" : "Adapter", what], rows);
  const isRounded = use?.ways.some(({name}) => name === "bare");
  const rounding =
    "ΔW was trained on rounded weights: rounded again, or on the weights as they were, it may no longer fit.";
  layer(area, "p", "foot", !use ? "Train to the last step to try the model here." : isRounded ? rounding : "");
}

/** Draws a table with a row for each way to use the model: its name, then what the model writes. */
function drawWays(area: Element, head: readonly string[], rows: readonly (readonly string[])[]) {
  const table = layer(area, "table", "ways");
  table.setAttribute("aria-label", head[0]!);
  tableHead(table, head);
  each(layer(table, "tbody", "body"), "tr", rows, (row, [name = "", ...texts]) => {
    attributes(layer(row, "th", "what", name), {scope: "row"});
    each(row, "td", texts, put);
  });
}
