import {count, fixed, significant, whole} from "../../figures/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {Entry, Kind} from "./entries.ts";
import type {Judged, ResultsParams, ResultsResult} from "./model.ts";

const THIN = "\u2009";

/** A count of parameters in millions below a billion, as in the paper: 350,000 → "0.35 M". */
export const trainedText = (n: number): string => (n < 1e6 ? `${significant(n / 1e6, 3)}${THIN}M` : count(n));

/** "LoRA† 0.8 M". LoRA also gets its setting, since tables have several of one budget. */
export function nameOf({method, trained, setting, kind}: Entry): string {
  const settled = setting && (kind === "lora" || kind === "both") ? `, ${setting.replace(/,[^,]* tokens$/, "")}` : "";
  return `${method}${trained === undefined ? "" : ` ${trainedText(trained)}`}${settled}`;
}

export const scoreText = ({score, spread}: Entry, {measure: {decimals}}: ResultsResult): string =>
  `${fixed(score, decimals)}${spread === undefined ? "" : ` ± ${spreadText(spread)}`}`;

export const spreadText = (spread: number): string => (spread === 0 ? "0.0" : significant(spread, 2));

/** "GPT-2 M, BLEU"; "100 training examples". */
export function taskOf({model, measure, examples, from}: ResultsResult): string {
  if (examples !== undefined) return `MNLI with ${whole(examples)} training examples`;
  const what = from === "18" ? `GPT-2 medium, ${measure.label}` : measure.label;
  return model === undefined ? what : `${model}, ${what}`;
}

export const verdicts: Readonly<Record<Judged["verdict"], string>> = {
  itself: "compared with",
  within: "within the spread",
  better: "better beyond it",
  worse: "worse beyond it",
  unknown: "no ± to judge by",
};

export const kindNames: Readonly<Record<Kind, string>> = {
  full: "Full fine-tuning",
  lora: "LoRA",
  both: "LoRA with a prefix",
  adapter: "Adapters",
  embed: "Prefix-embedding",
  layer: "Prefix-layer",
  other: "Biases, or a few layers",
};

/** The difference with its sign: "+0.2", "−0.4", "0.0". */
export function gapText({score}: Entry, {reference, measure: {decimals}}: ResultsResult): string {
  const text = fixed(Number((score - reference.score).toFixed(decimals)), decimals);
  return /[1-9]/.test(text) && !text.startsWith("−") ? `+${text}` : text;
}

export function sentence(result: ResultsResult): string {
  const {from, reference, rows, counts, enough, guess} = result;
  const {within, better, worse, unknown} = counts;
  const found = [
    `${within} within the spread`,
    `${better} better beyond it`,
    `${worse} worse beyond it`,
    ...(unknown ? [`${unknown} without a ± to judge by`] : []),
  ].join(", ");
  const fewest = enough
    ? `; the fewest trained that are not worse beyond the spread are ${trainedText(enough.trained!)}, ${enough.method}`
    : "";
  const yours = guess === undefined ? "" : ` (you guessed ${count(guess)})`;
  return `Table ${from}, ${taskOf(result)}: ${nameOf(reference)} has ${scoreText(reference, result)}. Of ${rows.length - 1} others, ${found}${fewest}${yours}.`;
}

/** The short sentence, for a card. */
export function brief(result: ResultsResult): string {
  const {reference, rows, counts, axis} = result;
  const {method, trained, rank} = reference;
  const who = axis === "rank" ? `Rank ${rank}` : `${method}${trained === undefined ? "" : ` ${trainedText(trained)}`}`;
  const one = (n: number, single: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? single : many}`]);
  const found = [
    ...one(counts.within, "ties with it", "tie with it"),
    ...one(counts.better, "is clearly better", "are clearly better"),
    ...one(counts.worse, "is clearly worse", "are clearly worse"),
    ...one(counts.unknown, "gets no verdict (no ±)", "get no verdict (no ±)"),
  ];
  const others = rows.length - 1;
  const scored = `${who} scores ${scoreText(reference, result)}`;
  if (others === 0) return `${scored}. No other row is shown.`;
  if (others === 1) return `${scored}. The one other row ${found[0]!.replace(/^1 /, "")}.`;
  return `${scored}. Of the ${others} others, ${listed(found)}.`;
}

const COPIED =
  "A * marks numbers quoted from earlier publications, most without a ±; a † the restricted set-up of earlier work.";

/** Where the ± of each table comes from, and how its numbers were chosen. */
export const reasons: Readonly<Record<ResultsParams["from"], string>> = {
  "2": `${COPIED} LoRA's values are medians of five seeds at their best epoch. No average has a ±.`,
  "3": `${COPIED} The authors' own values are means of three seeds at their best epoch.`,
  "4": "The ± is typical for the task, not measured row by row. Each value is the best validation result of its run.",
  "15": "Table 15 prints no ±; Table 4's is drawn, of the same model and task. Lines pass the best run of each budget.",
  "16": "The ± is the one the text gives for this study. Adapters and BitFit were not in it.",
  "18": "No ± is printed, nor the number of runs: nothing can be judged by its spread. Some settings were tuned at r = 4.",
};
