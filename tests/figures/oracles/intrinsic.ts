/** What the network of the intrinsic figure paints untrained, sum by sum, and what its stored runs come to by counting. */
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import type {IntrinsicParams} from "../../../src/figures/intrinsic/model.ts";
import file from "../../../src/figures/intrinsic/sweep.json" with {type: "json"};

const SIDE = 24;
const CELLS = SIDE * SIDE;
const radius = {disk: Math.sqrt(2 / Math.PI), inner: Math.sqrt(0.8 / Math.PI), outer: Math.sqrt(2.8 / Math.PI)};

/** Is a point dark? By distances: to the line through (0.8, −0.6), or to the middle. */
function isDark(task: IntrinsicParams["task"], x: number, y: number): boolean {
  const far = Math.hypot(x, y);
  if (task === "line") return Math.cos(Math.atan2(y, x) - Math.atan2(0.8, 0.6)) > 0;
  return task === "circle" ? far < radius.disk : far > radius.inner && far < radius.outer;
}

/** Share of the cells whose color is due before the first step: 384 points are drawn, then the weights. */
export function untrained({task, seed}: Pick<IntrinsicParams, "task" | "seed">): number {
  const random = mulberry32(seed);
  for (let n = 0; n < 2 * 384; n++) random();
  const layers = [
    [3, 24],
    [24, 24],
    [24, 2],
  ].map(([from, to]) =>
    Array.from({length: to!}, () => Array.from({length: from!}, () => normal(random) * Math.sqrt(2 / from!))),
  );
  let right = 0;
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const [x, y] = [-1 + (column + 0.5) / 12, 1 - (row + 0.5) / 12];
      const logits = layers.reduce(
        (before, layer, l) =>
          layer.map((weights) =>
            weights.reduce((sum, w, i) => sum + w * (l ? Math.max(before[i]!, 0) : before[i]!), 0),
          ),
        [x, y, 1],
      );
      if (logits[1]! > logits[0]! === isDark(task, x, y)) right++;
    }
  return right / CELLS;
}

const percent = (cells: number) => (100 * cells) / CELLS;

/** The stored counts of a state, each number of directions with its row: own, least, middle, most, and how many pass. */
export function counted({task, seed}: Pick<IntrinsicParams, "task" | "seed">) {
  const of = (name: string) => {
    const {along, full} = file.swept.find((one) => one.task === name)!;
    const D = 3 * 24 + 24 ** 2 + 2 * 24;
    const fifth = (list: readonly number[]) => list.toSorted((a, b) => a - b)[4]!;
    const line = 0.9 * fifth(full);
    const rows = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, D].map((d, i) => {
      const all = along.map((counts) => counts[i]!);
      const sorted = all.toSorted((a, b) => a - b);
      const past = all.filter((cells) => cells >= line - 1e-9).length;
      return {
        d,
        own: percent(all[seed - 1]!),
        low: percent(sorted[0]!),
        median: percent(sorted[4]!),
        high: percent(sorted[8]!),
        past,
      };
    });
    return {D, rows, full: percent(fifth(full)), line: percent(line), d90: rows.find(({past}) => past >= 5)!.d};
  };
  return {...of(task), dimensions: ["line", "circle", "ring"].map((name) => of(name).d90)};
}
