import {type From, type Measure, type Printed, sourceOf} from "./tables.ts";

/** What a method does to the model; it decides how its mark looks. */
export type Kind = "full" | "lora" | "both" | "adapter" | "embed" | "layer" | "other";

/** One result of one row. */
export interface Entry {
  /** Place among the rows of its model, in the printed order, from 1. */
  n: number;
  /** With the paper's mark: "LoRA†". */
  method: string;
  /** What tells it from others of its method: matrices and rank, prefix tokens, bottleneck. */
  setting: string;
  kind: Kind;
  /** Parameters trained, as printed. */
  trained?: number;
  /** Rank of the update, where the table varies it. */
  rank?: number;
  score: number;
  /** The printed ±, else the table's typical one. */
  spread?: number;
}

export type Verdict = "itself" | "within" | "better" | "worse" | "unknown";

const MILLION = 1e6;

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^(FT|Fine-Tune)$/, "full"],
  [/^LoRA\+/, "both"],
  [/^LoRA/, "lora"],
  [/^Adapter/, "adapter"],
  [/^Pre\w*Embed/, "embed"],
  [/^Pre\w*Layer/, "layer"],
];

/** Table 16 writes "GPT-3 (LoRA)". */
const nameOf = ({method, rank}: Printed): string =>
  method === undefined ? `r = ${rank}` : String(method).replace(/^GPT-3 \((.*)\)$/, "$1");

/** "r_q=r_v=4" → "q, v at r = 4"; "l_p=32, l_i=8" → "32 + 8 tokens"; "r=8" → "r = 8". */
export function settingOf(printed: unknown): string {
  const text = String(printed ?? "");
  const matrices = [...text.matchAll(/r_(\w)=/g)].map(([, letter]) => letter);
  const rank = /(?:^r|r_\w)=(\d+)/.exec(text)?.[1];
  const tokens = /l_p=(\d+), l_i=(\d+)/.exec(text);
  return [
    rank && `${matrices.length ? `${matrices.join(", ")} at ` : ""}r = ${rank}`,
    tokens && `${tokens[1]} + ${tokens[2]} tokens`,
  ]
    .filter(Boolean)
    .join(", ");
}

function spreadOf(from: From, {sd}: Printed, key: string): number | undefined {
  const {typical} = sourceOf(from);
  const own = (sd as Readonly<Record<string, number>> | undefined)?.[key];
  return own ?? (typeof typical === "object" ? typical[key] : typical);
}

/** A measure of all rows of a table, or of one model of it. */
export function entriesOf(from: From, model: string | undefined, {key}: Measure): Entry[] {
  return sourceOf(from)
    .rows.filter((row) => model === undefined || row.model === model)
    .map((row, i): Entry => {
      const name = nameOf(row);
      return {
        n: i + 1,
        method: `${name}${row.mark ?? ""}`,
        setting: settingOf(row.hyperparameters),
        kind: from === "18" ? "lora" : (kinds.find(([pattern]) => pattern.test(name))?.[1] ?? "other"),
        trained: typeof row.paramsM === "number" ? Math.round(row.paramsM * MILLION) : undefined,
        ...(typeof row.rank === "number" ? {rank: row.rank} : {}),
        score: Number(row[key]),
        spread: spreadOf(from, row, key),
      };
    });
}

/** What float64 adds to a difference of printed numbers. */
const ROUNDING = 1e-9;

/**
 * How a result stands to another. Within: the two ± overlap or touch; where one of the two has none, it counts as 0; where
 * neither has, nothing can be said.
 */
export function verdictOf(one: Entry, other: Entry, better: Measure["better"]): Verdict {
  if (one.n === other.n) return "itself";
  if (one.spread === undefined && other.spread === undefined) return "unknown";
  const gap = one.score - other.score;
  if (Math.abs(gap) <= (one.spread ?? 0) + (other.spread ?? 0) + ROUNDING) return "within";
  return gap > 0 === (better === "higher") ? "better" : "worse";
}
