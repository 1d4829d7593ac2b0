import table from "../../../content/paper/table-7.json" with {type: "json"};
import type {Norms} from "./norms.ts";

/** d and k of the matrix in Table 7: the width of GPT-3, as in src/engine/memory/models.ts. */
export const PAPER_WIDTH = 12_288;

/** Both halves of Table 7, the smaller rank first. The factors are computed from the rounded norms. */
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
