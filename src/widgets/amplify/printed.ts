import table from "../../../content/paper/table-7.json" with {type: "json"};
import type {Norms} from "./norms.ts";

/** d and k of the matrix that Table 7 is about: GPT-3's width, as src/engine/memory/models.ts has it. */
export const PAPER_WIDTH = 12_288;

/** Both halves of Table 7, from the smaller rank to the larger. The factors are of the rounded norms. */
export const printed: readonly Norms[] = [...new Set(table.rows.map(({rank}) => rank))].map((rank) => {
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
