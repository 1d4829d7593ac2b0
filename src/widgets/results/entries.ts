import {isWithinSpread} from "../shared/withinSpread.ts";
import {axisOf, type From, type Measure, rowsOf, typicalOf} from "./tables.ts";

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
  [/^(FT|Fine-Tune)\*?$/, "full"],
  [/^LoRA\+/, "both"],
  [/^LoRA/, "lora"],
  [/^Adapter/, "adapter"],
  [/^Pre\w*Embed/, "embed"],
  [/^Pre\w*Layer/, "layer"],
];

/** A measure of all rows of a table, or of one model of it. */
export function entriesOf(from: From, model: string | undefined, {at}: Measure): Entry[] {
  const typical = typicalOf(from)?.[at];
  const isRank = axisOf(from) === "rank";
  return rowsOf(from)
    .filter(([name]) => model === undefined || name === model)
    .map(([, method, setting, size, scores, spreads], i): Entry => {
      const spread = spreads?.[at] ?? typical;
      return {
        n: i + 1,
        method,
        setting,
        kind: isRank ? "lora" : (kinds.find(([pattern]) => pattern.test(method))?.[1] ?? "other"),
        ...(size === null ? {} : isRank ? {rank: size} : {trained: Math.round(size * MILLION)}),
        score: scores[at]!,
        ...(spread === undefined ? {} : {spread}),
      };
    });
}

/** How a result stands to another. */
export function verdictOf(one: Entry, other: Entry, isLower: boolean): Verdict {
  if (one.n === other.n) return "itself";
  const isWithin = isWithinSpread(one, other);
  if (isWithin === undefined) return "unknown";
  if (isWithin) return "within";
  return one.score > other.score !== isLower ? "better" : "worse";
}
