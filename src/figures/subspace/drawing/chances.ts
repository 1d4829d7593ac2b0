import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface ChanceRow {
  name: string;
  value: number;
  said: string;
  /** Whether the rest of the figure is about this row. */
  isLit: boolean;
  /** A random control: drawn hollow. */
  isRandom?: boolean;
  /** Stored values, drawn as short strokes. */
  others?: readonly number[];
}

export interface ChancesOptions {
  width: number;
  /** The mean of random subspaces, and the range most of them fall in. */
  mean: number;
  band: readonly [number, number];
}

const ROW = 32;
const WORDS = 15;
/** Height of the band of chance. */
const DEPTH = 11;
const SIDE = 10;
const AXIS = 22;

export const chancesHeight = (rows: number): number => rows * ROW + AXIS;

/** Values from 0 to 1, a row each, over the band of chance with its mean as a broken line. */
export function againstChance(svg: Element, rows: readonly ChanceRow[], {width, mean, band}: ChancesOptions) {
  const inner = width - 2 * SIDE;
  const x = linear([0, 1], [0, inner]);
  const bottom = rows.length * ROW;
  const plot = group(svg, "plot", SIDE, 0);
  const [from, to] = band.map((value) => x(Math.min(Math.max(value, 0), 1))) as [number, number];
  axis(group(plot, "x", 0, bottom), [0, 0.25, 0.5, 0.75, 1], x, {
    side: "bottom",
    across: 5,
    format: String,
  });
  const y = WORDS + (ROW - WORDS) / 2 + 1;
  rowGroups(group(plot, "each"), rows, ROW, ({isLit}) => (isLit ? "row lit" : "row")).each(function (row) {
    const {name, value, said, isRandom, others = []} = row;
    label(this, "name", name, {x: -SIDE, y: 12, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 12, anchor: "end"});
    select(layer(this, "rect", "chance"))
      .attr("x", from)
      .attr("y", y - DEPTH / 2)
      .attr("width", Math.max(to - from, 0.5))
      .attr("height", DEPTH);
    select(layer(this, "path", "mean")).attr("d", `M${x(mean)} ${y - DEPTH / 2}v${DEPTH}`);
    select(layer(this, "path", "track")).attr("d", `M0 ${y}H${inner}`);
    select(layer(this, "g", "others"))
      .selectChildren<SVGPathElement, number>("path")
      .data(others)
      .join("path")
      .attr("class", "other")
      .attr("d", (other) => `M${x(other)} ${y - 4}v8`);
    select(layer(this, "circle", "value"))
      .attr("class", isRandom ? "value random" : "value")
      .attr("cx", x(value))
      .attr("cy", y)
      .attr("r", 5);
  });
}
