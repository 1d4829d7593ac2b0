import table from "../../../content/paper/table-7.json" with {type: "json"};
import {fixed} from "../../figure/plot/text/format.ts";
import type {Norms} from "./norms.ts";

/** d and k of the matrix in Table 7: the width of GPT-3, as in src/engine/memory/models.ts. */
export const PAPER_WIDTH = 12_288;

/** Both halves of Table 7, the smaller rank first. The factors are computed from the rounded norms. */
export const printedNorms: readonly Norms[] = [...new Set(table.rows.map(({rank}) => rank))].map((rank) => {
  const [onDelta, onOwn, onRandom] = ["ΔWq", "Wq", "Random"].map(
    (of) => table.rows.find((row) => row.rank === rank && row.directionsOf === of)!,
  );
  const {normWq: weight, normDeltaWq: delta, projNorm} = onDelta!;
  return {
    ...{rank, weight, delta, onDelta: projNorm, factor: delta / projNorm},
    onOwn: onOwn!.projNorm,
    onRandom: onRandom!.projNorm,
  };
});

/** The factors in the paper's own figures (§7.3 and §H.4); the rounded norms of the table give 21.6 and 1.9. */
export const FACTORS: Readonly<Record<number, {value: number; said: string}>> = {
  4: {value: 21.5, said: "21.5"},
  64: {value: 2, said: "about 2"},
};

/** How a norm is written: with as many decimals as the table prints. */
export const normText = (x: number): string => fixed(x, 2);
