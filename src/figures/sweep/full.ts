import {fixed, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import type {controls} from "./controls.ts";
import {clearlyApart, parting, summary} from "./fullSentences.ts";
import type {SweepResult} from "./model.ts";
import {isWhole, sweepResultText} from "./sentences.ts";

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

export default full<typeof controls, SweepResult>({
  summary,
  readouts: (result) => {
    const {rows, seeds, isWords, machine} = result;
    const [trained, rates] = [rows.map(({trained}) => trained), rows.map(({rate}) => rate)];
    const found = isWords ? `${clearlyApart(result)} of ${rows.length - 1}` : `${parting(result)} of ${rows.length}`;
    const underX = Object.entries(machine?.underX ?? {}).map(
      ([name, share]) => `${operations[name]} ${percent(share)}`,
    );
    return [
      {label: ["Trained parameters"], value: extent(trained, whole)},
      {label: ["Adam’s rate"], value: extent(rates, (rate) => significant(rate, 3))},
      {
        label: [isWords ? "Neighbors without overlap" : "Rows whose seeds disagree"],
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
      caption: `${task || "Each task"}: ${isWords ? "nats a letter on held-out names (the letters in doubt are e to that)" : "share of fresh inputs with every digit right"}, seed by seed${isPaper ? "; the last columns are the paper’s, of another model and other tasks, in percent" : ""}`,
      columns: [
        ...["Row", "Rank", "α", "Parameters", "Rate"],
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
        ...Array.from({length: seeds}, (_, i) => (i < results.length ? sweepResultText(isWords, results[i]!) : "")),
        results.length ? sweepResultText(isWords, mean) : "",
        ...(isPaper ? (paper ? [fixed(paper.wikisql, 1), fixed(paper.multinli, 1)] : ["–", "–"]) : []),
      ]),
    };
  },
});
