import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {dots, dotsHeight} from "../../figures/plots/dots.ts";
import {fixed, percent, significant, whole} from "../../figures/text/format.ts";
import {key} from "../../figures/text/key.ts";
import {heavy} from "../../shell/widget.ts";
import {liveMark, liveTools} from "../shared/liveSentences.ts";
import {COMMAND, controls, GOAL, type SweepParams} from "./controls.ts";
import type {Row, SweepResult} from "./model.ts";
import {apart, isWhole, parting, resultText, sentence} from "./sentences.ts";
import type {Printed} from "./stored.ts";

const WIDTH = 256;
const operations: Readonly<Record<string, string>> = {
  copy: "copy",
  reverse: "reverse",
  plusOne: "add one",
  minusOne: "take one away",
  rotate: "rotate",
};

/** "1,024", or the ends of several: "256 to 8,192". */
function extent(values: readonly number[], format: (value: number) => string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}

/** Shares go from 0 to 1; nats a letter from one round number to another. */
function scaleOf({isWords, extent: [least, most]}: SweepResult) {
  if (!isWords)
    return {ends: [0, 1], ticks: [0, 0.5, 1], format: (share: number) => `${100 * share}%`, goal: GOAL} as const;
  const [low, high] = [Math.floor(10 * least), Math.ceil(10 * most)];
  const ticks = Array.from({length: high - low + 1}, (_, i) => (low + i) / 10);
  return {ends: [low / 10, high / 10], ticks, format: (value: number) => fixed(value, 1)} as const;
}

function resultRange({there, results}: Row, isWords: boolean): string {
  if (results.length === 0) return "";
  return isWords
    ? `${fixed(Math.min(...results), 3)}–${fixed(Math.max(...results), 3)}`
    : `${there} of ${results.length}`;
}

function chart(picture: Element, result: SweepResult, {vary}: SweepParams) {
  const {isWords, rows, seeds, task} = result;
  const drawn = rows.map((row) => ({
    name: vary === "matrices" ? `${row.name}, rank ${row.rank}` : row.name,
    said: resultRange(row, isWords),
    values: row.results,
    mean: row.mean,
  }));
  const svg = panel(picture, "dots", {
    label: [
      isWords
        ? "Tiny model, our task: nats a letter on held-out names; left is better"
        : "Tiny model, our task: fresh inputs with every digit right; at the right, seeds at 90% or more",
    ],
    width: WIDTH,
    height: dotsHeight(drawn.length, seeds),
    alt: `${task || "Each task"}, a dot for each of ${seeds} seeds a row. ${drawn.map(({name, said}) => `${name}: ${said || "not run yet"}`).join("; ")}.`,
  });
  dots(svg, drawn, {width: WIDTH, lanes: seeds, ...scaleOf(result)});
}

/** The order of the paper's results as text. They are of another model, on other tasks and another scale, so they are not drawn. */
function paperSaid({rows, fluctuation}: SweepResult): string[] {
  const tried = rows.flatMap(({name, paper}) => (paper ? [{name, ...paper}] : []));
  const order = (task: keyof Printed) =>
    tried
      .toSorted((a, b) => b[task] - a[task])
      .map((row) => `${row.name} ${fixed(row[task], 1)}`)
      .join("; ");
  return [
    "GPT-3, paper (Table 5), from best to worst, percent right. Another model and other tasks: only the order can be set beside the dots.",
    `WikiSQL, ±${fluctuation.wikisql}: ${order("wikisql")}.`,
    `MultiNLI, ±${fluctuation.multinli}: ${order("multinli")}.`,
  ];
}

export default heavy<typeof controls, SweepResult>({
  title: "Which matrices, how large a rank, what rate?",
  guide:
    "Every dot is a run of one seed, each seed on a line of its own within its row; choose what the rows compare and what is learned. The stored runs are there at once; “Run it live” makes the same ones again, here, a seed in every row before the next.",
  sources: ["Hu et al. 2021, §7.1 and Table 5"],
  player: () => import("../../shell/runs/playback.ts"),
  tools: liveTools,
  controls,
  draw(picture, result, params) {
    chart(picture, result, params);
    const side = layer(picture, "div", "beside");
    key(side, [
      {name: "there", kind: "dot", text: result.isWords ? "a seed" : "a seed at 90% or more"},
      ...(result.isWords ? [] : [{name: "short", kind: "dot", text: "a seed below it"} as const]),
      {name: "average", kind: "tick", text: "mean of the row"},
    ]);
    const said = params.vary === "matrices" ? paperSaid(result) : [];
    ["paper", "wikisql", "multinli"].forEach((name, i) => {
      layer(side, "p", name, said[i] ?? "");
    });
  },
  summary: sentence,
  readouts: (result) => {
    const {rows, seeds, isWords, machine} = result;
    const [trained, rates] = [rows.map(({trained}) => trained), rows.map(({rate}) => rate)];
    const found = isWords ? `${apart(result)} of ${rows.length - 1}` : `${parting(result)} of ${rows.length}`;
    const underX = Object.entries(machine?.underX ?? {}).map(
      ([name, share]) => `${operations[name]} ${percent(share)}`,
    );
    return [
      {label: ["Trained numbers"], value: extent(trained, whole)},
      {label: ["Adam’s rate"], value: extent(rates, (rate) => significant(rate, 3))},
      {
        label: [isWords ? "Neighbors without overlap" : "Rows whose seeds part"],
        value: isWhole(result) ? found : "–",
      },
      {label: ["Seeds"], value: whole(seeds), note: "a row"},
      ...(machine
        ? [{label: ["This base under X, before any adapter"], value: underX.join(", "), note: "of the digits right"}]
        : []),
    ];
  },
  table(result, {vary}) {
    const {rows, seeds, isWords, task} = result;
    const isPaper = vary === "matrices";
    return {
      caption: `${task || "Each task"}: ${isWords ? "nats a letter on held-out names" : "share of fresh inputs with every digit right"}, seed by seed${isPaper ? "; the last columns are the paper’s, of another model and other tasks, in percent" : ""}`,
      columns: [
        ...["Row", "Rank", "α", "Numbers", "Rate"],
        ...Array.from({length: seeds}, (_, i) => `Seed ${i + 1}`),
        "Mean",
        ...(isPaper ? ["GPT-3, paper: WikiSQL", "GPT-3, paper: MultiNLI"] : []),
      ],
      rows: rows.map(({name, rank, alpha, trained, rate, results, mean, paper}) => [
        name,
        rank ?? "–",
        alpha ?? "–",
        whole(trained),
        significant(rate, 3),
        ...Array.from({length: seeds}, (_, i) => (i < results.length ? resultText(isWords, results[i]!) : "")),
        results.length ? resultText(isWords, mean) : "",
        ...(isPaper ? (paper ? [fixed(paper.wikisql, 1), fixed(paper.multinli, 1)] : ["–", "–"]) : []),
      ]),
    };
  },
  provenance: (_, {live, pretrained}) =>
    live
      ? liveMark(live)
      : pretrained === undefined
        ? {kind: "precomputed", text: COMMAND}
        : {kind: "live", text: "pretraining"},
  progress: ({live}) => live && [live.done, live.due, "runs"],
  challenge: {
    text: "find a base on which queries alone learn Reverse, +1 with every seed.",
    met: ({rows, seeds}, {vary, learned}) =>
      vary === "matrices" &&
      learned === "reversePlusOne" &&
      rows.some(({name, there}) => name === "Wq" && there === seeds),
  },
});
