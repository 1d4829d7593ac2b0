import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** By column and rank from 0: the share that is stored. */
export type Field = readonly (readonly number[])[];

export interface HoldingOptions {
  width: number;
  height: number;
  /** Pairs in the first column, and from one column to the next. */
  by: number;
  /** The share at the staircase. */
  held: number;
}

/** Shares from one shade to the next. */
export const SHADES = Array.from({length: 10}, (_, i) => (i + 1) / 10);

/** Under what stores a share: a step for each column that some rank fills, at the least rank that does. */
export function staircase(field: Field, share: number, {width, height}: Pick<HoldingOptions, "width" | "height">) {
  const step = width / field.length;
  const row = height / (field[0]!.length - 1);
  const least = field.map((column) => column.findIndex((one) => one >= share - 1e-9));
  const filled = least.includes(-1) ? least.slice(0, least.indexOf(-1)) : least;
  // Rank r is the r-th row from below, so its lower edge is r − 1 rows up.
  return filled.map((r, i) => ({from: i * step, to: (i + 1) * step, y: height - Math.max(r - 1, 0) * row}));
}

const edge = (steps: ReturnType<typeof staircase>): string =>
  steps.map(({from, to, y}, i) => `${i ? "V" : `M${rounded(from)},`}${rounded(y)}H${rounded(to)}`).join("");

/** Pairs across, rank up: the darker the more is stored, and a staircase at which nine tenths are. */
export function holding(plot: Element, field: Field, {width, height, by, held}: HoldingOptions) {
  const most = by * field.length;
  const ranks = field[0]!.length - 1;
  const size = {width, height};
  select(layer(plot, "rect", "empty"))
    .attr("width", width)
    .attr("height", height);
  select(group(plot, "shades"))
    .selectChildren<SVGPathElement, number>("path")
    .data(SHADES)
    .join("path")
    .attr("class", (_, i) => `shade of-${i + 1}`)
    .attr("d", (share) => `${edge(staircase(field, share, size))}V0H0z`);
  const steps = staircase(field, held, size);
  const stairs = `${edge(steps)}${steps.length < field.length ? "V0" : ""}`;
  for (const name of ["stairs halo", "stairs edge"]) select(layer(plot, "path", name)).attr("d", stairs);
  const x = linear([0, most], [0, width]);
  const y = linear([0, ranks], [height, 0]);
  const quarter = (n: number) => [n / 4, n / 2, (3 * n) / 4, n];
  axis(group(plot, "x", 0, height), quarter(most), x, {side: "bottom", across: 0, format: String});
  axis(group(plot, "y"), [1, ...quarter(ranks)], (rank) => y(rank - 0.5), {side: "left", across: 0, format: String});
}
