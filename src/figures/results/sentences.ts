import {count, fixed, significant, whole} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {MethodKind, ResultEntry} from "./entries.ts";
import type {Judged, ResultsResult} from "./model.ts";

const THIN = "\u2009";

/** A count of parameters in millions below a billion, as in the paper: 350,000 → "0.35 M". */
export const trainedText = (n: number): string => (n < 1e6 ? `${significant(n / 1e6, 3)}${THIN}M` : count(n));

/** "LoRA† 0.8 M". LoRA also gets its setting, since tables have several of one budget. */
export function resultName({method, trained, setting, kind}: ResultEntry): string {
  const settled = setting && (kind === "lora" || kind === "both") ? `, ${setting.replace(/,[^,]* tokens$/, "")}` : "";
  return `${method}${trained === undefined ? "" : ` ${trainedText(trained)}`}${settled}`;
}

export const scoreText = ({score, spread}: ResultEntry, {measure: {decimals}}: ResultsResult): string =>
  `${fixed(score, decimals)}${spread === undefined ? "" : ` ± ${spreadText(spread)}`}`;

export const spreadText = (spread: number): string => (spread === 0 ? "0.0" : significant(spread, 2));

/** "GPT-2 M, BLEU"; "100 training examples". */
export function taskOf({model, measure, examples, from}: ResultsResult): string {
  if (examples !== undefined) return `MNLI with ${whole(examples)} training examples`;
  const what = from === "18" ? `GPT-2 medium, ${measure.label}` : measure.label;
  return model === undefined ? what : `${model}, ${what}`;
}

export const verdictNames: Readonly<Record<Judged["verdict"], string>> = {
  itself: "compared with",
  within: "a tie",
  better: "clearly better",
  worse: "clearly worse",
  unknown: "no verdict (no ±)",
};

export const kindNames: Readonly<Record<MethodKind, string>> = {
  full: "Full fine-tuning",
  lora: "LoRA",
  both: "LoRA with a prefix",
  adapter: "Adapter layers",
  embed: "Prefix-embedding",
  layer: "Prefix-layer",
  other: "Biases, or a few layers",
};

/** The short sentence, for a card. */
export function says(result: ResultsResult): string {
  const {reference, rows, counts, axis, guess} = result;
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
  if (others === 0) return `${scored}.`;
  if (others === 1) return `${scored}. The one other row ${found[0]!.replace(/^1 /, "")}.`;
  return `${scored}. Of the ${others} others, ${listed(found)}.${guess ? ` You guessed ${count(guess)}.` : ""}`;
}
