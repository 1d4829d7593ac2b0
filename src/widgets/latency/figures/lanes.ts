import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {whisker} from "../../../figures/plots/whisker.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";

/** A path through the network, as long as the time it takes. */
export interface Lane {
  /** Sets the color of its adapter layers. */
  tone: string;
  name: string;
  /** At the end of its row. */
  total: string;
  /** Milliseconds, and the ± of them. */
  ms: number;
  spread: number;
  /** How many adapter layers stand in its way, shared out evenly over the layers. */
  gates: number;
}

export interface LanesOptions {
  width: number;
  /** Height of a path. */
  road: number;
  /** Layers of the network. */
  layers: number;
  /** A time to compare with, and its label. */
  guess?: {ms: number; label: string};
}

const NAME = 19;
const GAP = 12;
const AXIS = 24;
/** Room for the label of a guess. */
const GUESS = 18;

const stepOf = (road: number): number => NAME + road + GAP;

export const lanesHeight = (lanes: number, road: number, hasGuess: boolean): number =>
  lanes * stepOf(road) - GAP + (hasGuess ? GUESS : 4) + AXIS;

/**
 * Paths on one axis of time: first the one without adapter layers, which the others pass at its own pace. What they take
 * longer is shared out among their adapter layers.
 */
export function lanes(svg: Element, all: readonly Lane[], {width, road, layers, guess}: LanesOptions) {
  const plain = all[0]!.ms;
  const most = Math.max(...all.map(({ms, spread}) => ms + spread), guess?.ms ?? 0);
  const x = linear([0, most], [0, width - 2]);
  const bottom = all.length * stepOf(road) - GAP + (guess ? GUESS : 4);
  const ticks = x.ticks(width < 400 ? 4 : 7).slice(1);
  axis(group(svg, "x", 0, bottom), ticks, x, {
    side: "bottom",
    across: 0,
    format: (ms) => (ms === ticks.at(-1) ? `${ms} ms` : String(ms)),
  });
  select(layer(svg, "path", "finish")).attr("d", `M${x(plain)} ${NAME - 2}V${bottom}`);
  const rows = rowGroups(group(svg, "lanes"), all, stepOf(road), "lane");
  rows.each(function ({tone, name, total, ms, spread, gates}) {
    label(this, "name", name, {x: 0, y: 13, anchor: "start"});
    label(this, "total", total, {x: width, y: 13, anchor: "end"});
    const {blocks, between} = roadOf(x, {plain, ms, gates, layers}, road);
    select(layer(this, "path", "blocks")).attr("d", blocks);
    select(layer(this, "path", "gates"))
      .attr("data-tone", tone)
      .attr("d", between);
    select(layer(this, "path", "whisker")).attr("d", whisker(x(ms - spread), x(ms + spread), NAME + road / 2, 5));
  });
  const mark = guess ? x(guess.ms) : 0;
  select(layer(svg, "path", "bet")).attr("d", guess ? `M${mark} ${stepOf(road) + NAME - 3}V${bottom - 14}` : "");
  label(svg, "bet-name", guess?.label ?? "", {x: mark, y: bottom - 3, anchor: mark < width / 2 ? "start" : "end"});
}

/** The layers of the network and, between them, what each adapter layer adds, as paths. */
function roadOf(
  x: (ms: number) => number,
  {plain, ms, gates, layers}: {plain: number; ms: number; gates: number; layers: number},
  height: number,
): {blocks: string; between: string} {
  const pieces = Math.max(gates, layers);
  const [block, gate] = [x(plain) / pieces, gates ? (x(ms) - x(plain)) / gates : 0];
  const gap = Math.min(1.5, block / 4);
  let [blocks, between] = ["", ""];
  for (let n = 0; n < pieces; n++) {
    const at = n * (block + gate);
    blocks += `M${rounded(at, 2)} ${NAME}h${rounded(block - gap, 2)}v${height}H${rounded(at, 2)}z`;
    const from = rounded(at + block - gap / 2, 2);
    if (gates) between += `M${from} ${NAME - 2}h${rounded(gate, 2)}v${height + 4}H${from}z`;
  }
  return {blocks, between};
}
