/** The figure “Does a successor’s lead last?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, ruleX, ruleY, type Tone} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {significant} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {allMethods, compute, controls, type TunedParams, type TunedResult, type TunedRow} from "./model.ts";

/** The ends of the loss axis; marks of losses outside lie on them. */
const LOSS_ENDS = [1e-3, 10] as const;
const lossText = ({median, isLost}: TunedRow): string => (isLost ? "ran away" : significant(median, 2));
const inside = (loss: number): number => Math.min(Math.max(loss, LOSS_ENDS[0]), LOSS_ENDS[1]);
const settingText = ({rate}: TunedParams): string => (rate === "own" ? "Each at its own rate" : `At one rate, ${rate}`);

/** The chart of losses, a row for each method: the middle of nine seeds, and a whisker from the lowest to the highest. */
function lossChart({rows, lora, better, ties}: TunedResult, params: TunedParams): Chart {
  const withLoss = rows.filter(({isLost}) => !isLost);
  // LoRA, and in ink those that are clearly better.
  const tone = (row: TunedRow): Tone => (row === lora ? "dw" : better.includes(row) ? "ink" : "edge");
  const rowOf = (row: TunedRow) => rows.indexOf(row);
  return {
    name: "methods",
    label: ["Loss, log, lower is better; hollow: a tie"],
    alt: `${settingText(params)}. ${rows.map((row) => `${row.name}: ${lossText(row)}`).join("; ")}`,
    height: {narrow: 330, mid: 350, wide: 380},
    x: {type: "log", domain: LOSS_ENDS, ticks: [0.001, 0.01, 0.1, 1, 10], tickFormat: String},
    y: {
      type: "rows",
      rows: rows.map((row) => ({name: row.name, valueText: lossText(row), key: row.method})),
      chosen: rowOf(lora),
      loud: rowOf(lora),
    },
    marks: [
      ruleX(lora.isLost ? [] : [lora], {x: ({median}) => inside(median), tone: "dw", thin: true}),
      ruleY(withLoss, {
        y: rowOf,
        x1: ({low}) => inside(low),
        x2: ({high}) => inside(high),
        tone,
        key: ({method}) => method,
        glides: true,
      }),
      dot(withLoss, {
        x: ({median}) => inside(median),
        y: rowOf,
        r: 5,
        tone,
        hollow: (row) => ties.includes(row),
        key: ({method}) => method,
        glides: true,
      }),
    ],
  };
}

/** Which methods are clearly better than LoRA, and which tie with it. */
function leadText({better, ties, lora}: TunedResult, params: TunedParams): string {
  const namesOf = (rows: readonly TunedRow[]) => listText(rows.map(({name}) => name));
  const verb = better.length > 1 ? "are" : "is";
  const loraText = lora.isLost ? "which runs away" : `which ends at ${lossText(lora)}`;
  const tieText = ties.length ? `; ${namesOf(ties)} ${ties.length > 1 ? "tie" : "ties"}` : "";
  return `${settingText(params)}, ${namesOf(better) || "no successor"} ${verb} clearly better than LoRA, ${loraText}${tieText}.`;
}

export default figure<typeof controls, TunedResult>({
  title: "Does a successor’s lead last?",
  guide:
    "LoRA and eight successors learn a planted change of one 16 × 16 layer with 60 steps of Adam at rank 4. A dot is the middle of nine seeds, its whisker goes from the lowest to the highest, and the rows are in order. Change the rate and see who is first.",
  sources: ["the works named in the figure"],
  controls,
  compute,
  main: ["rate", "learn"],
  picture: (result, params) => ({parts: [lossChart(result, params)]}),
  says: (result, params) => [
    leadText(result, params),
    "Whiskers span nine seeds, and methods tie where whiskers overlap; a method’s own rate is the best of seven for each seed.",
  ],
  readouts: (result) => [
    {label: ["LoRA: loss"], value: lossText(result.lora)},
    {label: ["First of all"], value: result.rows[0]!.name, note: `loss ${lossText(result.rows[0]!)}`},
  ],
  table: (_, params) => ({
    caption: "Loss after 60 steps, the middle of nine seeds, by learning rate",
    columns: ["Method", ...Object.values(controls.rate.options)],
    rows: allMethods(params).map(({name}, i) => [
      name,
      ...(Object.keys(controls.rate.options) as TunedParams["rate"][]).map((rate) =>
        lossText(allMethods({...params, rate})[i]!),
      ),
    ]),
  }),
  source: () => ({kind: "precomputed", text: "stored runs"}),
  challenge: {
    text: "find a change to learn with which some successor is clearly better than LoRA with each at its own rate.",
    met: ({better}, {rate}) => rate === "own" && better.length > 0,
  },
});
