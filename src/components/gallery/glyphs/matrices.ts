import {defaults} from "../../../shell/controls.ts";
import {compute, controls} from "../../../widgets/rank/model.ts";
import {box, disc, each, letters, path, through} from "./shapes.ts";

/** Cells across each copy of the figure's matrix. */
const SIDE = 16;
const CELL = 36 / SIDE;

/**
 * A matrix as SIDE × SIDE cells of the heat maps' two colors in four strengths, beginning at x. Cells of one color that are next
 * to each other in a row are one rectangle.
 */
function map(x: number, value: (row: number, column: number) => number, largest: number): string {
  const looks = new Map<string, string>();
  for (let row = 0; row < SIDE; row++) {
    const steps = Array.from({length: SIDE}, (_, column) => Math.round((4 * value(row, column)) / largest));
    for (let from = 0, to = 1; from < SIDE; from = to++) {
      while (to < SIDE && steps[to] === steps[from]) to++;
      const step = steps[from]!;
      const look = `${step > 0 ? "pos" : "neg"} s${Math.abs(step)}`;
      const run = `M${x + CELL * from} ${14 + CELL * row}h${CELL * (to - from)}v${CELL}H${x + CELL * from}z`;
      if (step !== 0) looks.set(look, (looks.get(look) ?? "") + run);
    }
  }
  return box("zero", x, 14, 36, 36) + [...looks].map(([look, d]) => path(look, d)).join("");
}

/** The figure's own matrix at ranks 1 and 3 and as it is; every third row and column. The bars count the pieces added up. */
export function rank(): string {
  const at = (r: number) => compute({...defaults(controls), r});
  const {W} = at(0);
  const largest = Math.max(...W.data.map(Math.abs));
  return [at(1).BA, at(3).BA, W]
    .map(({data, cols}, i) => {
      const value = (row: number, column: number) => data[(3 * row + 1) * cols + 3 * column + 1]!;
      const bars = each([1, 3, 12][i]!, (n) => box("d", 42 * i + 3 * n, 58, 2, 8));
      return map(42 * i, value, largest) + bars;
    })
    .join("");
}

/** One row of B and one column of A meet in one cell of ΔW. */
export function product(): string {
  const cell = (look: string, x: number, y: number) => box(look, x, y, 7, 7);
  const at = {row: 2, column: 5};
  const grid = each(48, (i) => {
    const [row, column] = [Math.floor(i / 8), i % 8];
    return cell(row === at.row && column === at.column ? "d" : "d faint", 42 + 8 * column, 28 + 8 * row);
  });
  const tall = each(12, (i) =>
    cell(Math.floor(i / 2) === at.row ? "b" : "b faint", 22 + 8 * (i % 2), 28 + 8 * Math.floor(i / 2)),
  );
  const wide = each(16, (i) =>
    cell(i % 8 === at.column ? "a" : "a faint", 42 + 8 * (i % 8), 8 + 8 * Math.floor(i / 8)),
  );
  return tall + wide + grid;
}

/** A matrix of RoBERTa base, 768 × 768, and beside it B and A of rank 8, to scale. */
export function savings(): string {
  const [side, thin] = [62, (62 * 8) / 768];
  return box("w soft", 26, 4, side, side) + box("b", 93, 4, thin, side) + box("a", 26, 71, side, thin);
}

/** The same square with threads too thin to see, and a lens on the corner where they meet. */
export function threads(): string {
  const [x, y, radius] = [84, 54, 22];
  const strips = each(
    3,
    (i) => box("b", x - 15 + 5 * i, y + 3, 4, 13 + 2 * i) + box("a", x + 3, y - 15 + 5 * i, 13 + 2 * i, 4),
  );
  return (
    box("w soft", 22, 4, 72, 72) +
    path("paper", `M22 4L${x + 6} ${y - radius}L${x - radius} ${y + 3}z`) +
    disc("paper", x, y, radius) +
    disc("k line thin", x, y, radius) +
    box("w", x + 3, y + 3, 12, 12) +
    strips
  );
}

/** B is zero; A is drawn from a normal distribution. */
export function init(): string {
  const bell = each(27, (i) => {
    const [x, height] = [62 + 2 * i, 22 * Math.exp(-(((i - 13) / 5) ** 2) / 2)];
    return `${i ? "L" : "M"}${x} ${(56 - height).toFixed(1)}`;
  });
  return (
    path("b line", "M16 12h24v56h-24z") +
    letters("b symbol", 28, 46, "0") +
    path("a line", "M56 26h62v36H56z") +
    path("a soft", `${bell}V56H62z`) +
    path("a line", bell)
  );
}

/** The sheet BA sinks onto the sheet W₀, with B at its side and A at its back. */
export const fold = (): string =>
  path("w soft", "M36 50h62l-20 22h-62z") +
  path("d soft", "M36 18h62l-20 22h-62z") +
  path("b", "M29 18h5l-20 22h-5z") +
  path("a", "M39 12h62l-3.6 4h-62z") +
  path("k line thin dash", "M98 18v32M78 40v32M16 40v32");

/** The update slides onto the frozen matrix. */
export const merge = (): string =>
  box("w soft", 14, 26, 46, 46) +
  box("d soft", 46, 8, 46, 46) +
  path("d line thin", "M46 8h46v46h-46z") +
  path("w line thin", "M14 26h46v46h-46z") +
  path("k line", "M108 34V60H72") +
  through("k line", [
    [78, 54],
    [72, 60],
    [78, 66],
  ]);

/** x goes through W₀ and, beside it, through A and B; both meet in h. */
export const forward = (): string =>
  path("n line thin", "M10 40H22V22H42M22 40V60H42M70 22H92V35M70 60H92V45M97 40H110") +
  box("w soft", 42, 6, 28, 32) +
  path("a", "M42 44L54 54V66L42 76z") +
  path("b", "M70 44L58 54V66L70 76z") +
  disc("x", 10, 40, 5) +
  path("k line", "M87 40H97M92 35V45") +
  disc("k line thin", 92, 40, 7) +
  disc("d", 112, 40, 5);

/** The matrices of one block of a transformer, MLP matrices four times as large as the others; two are chosen. */
export const budget = (): string =>
  ["q", "k", "v", "o"]
    .map((name, i) => {
      const isChosen = i % 2 === 0;
      const middle = 24 + 24 * i;
      return (
        box(isChosen ? "d" : "w faint", middle - 10, 8, 20, 20) +
        letters(isChosen ? "paper name" : "w name", middle, 22, name)
      );
    })
    .join("") +
  box("w faint", 14, 34, 40, 40) +
  box("w faint", 66, 34, 40, 40) +
  letters("w name", 34, 58, "MLP") +
  letters("w name", 86, 58, "MLP");

/** Two matrices of a block with threads at their edges, beside two without; what passes by runs above them. */
export const where = (): string =>
  path("x line", "M6 12H114") +
  each(4, (i) => {
    const [x, y] = [24 + 25 * i, 44];
    const threads =
      i % 2 ? "" : each(4, (n) => box("b", x - 3 - 2.5 * n, y, 1.5, 16) + box("a", x, y - 3 - 2.5 * n, 16, 1.5));
    return path("x line thin", `M${x + 8} 12V${y}`) + threads + box(i % 2 ? "w faint" : "w", x, y, 16, 16);
  });
