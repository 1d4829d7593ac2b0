import {select} from "d3";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

const [WIDTH, HEIGHT] = [220, 56];
/** Steps that one point of the curve is the mean of. */
const MEAN = 5;

export interface SparkOptions {
  steps: number;
  /** The loss before training, a dashed line. */
  before: number;
  /** The lowest loss that has room. */
  bottom: number;
}

/** The loss on each step's examples as a small curve below the line of the loss before. */
export function spark(box: Element, losses: readonly number[], {steps, before, bottom}: SparkOptions) {
  const svg = layer(layer(box, "div", "sparked"), "svg", "spark");
  select(svg).attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`).attr("aria-hidden", "true");
  const x = linear([0, steps], [0, WIDTH]);
  const y = linear([bottom, before], [HEIGHT - 4, 12]);
  const high = (loss: number) => Math.min(Math.max(y(loss), 1), HEIGHT - 1);
  const points = losses.map((_, at) => {
    const near = losses.slice(Math.max(0, at - MEAN + 1), at + 1);
    return `${rounded(x(at))} ${rounded(high(near.reduce((sum, loss) => sum + loss, 0) / near.length))}`;
  });
  select(layer(svg, "path", "base")).attr("d", `M0 ${rounded(y(before))}H${WIDTH}`);
  select(layer(svg, "path", "losses")).attr("d", points.length > 1 ? `M${points.join("L")}` : null);
  select(layer(svg, "text", "name", "before"))
    .attr("x", WIDTH)
    .attr("y", 9)
    .attr("text-anchor", "end");
}
