/** The small curve of the loss above the columns. */

import {linear} from "../../../figure/plot/axes/scales.ts";
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type LabParams, labSettings, stepsOf} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {isOfWords} from "../settings.ts";

const [WIDTH, HEIGHT] = [220, 56];
/** Steps that one point of the curve is the mean of. */
const MEAN_STEPS = 5;
/** Losses of words lie between this and the loss before training; losses of digits go down to 0. */
const MIN_LOSS = 1.7;

/** The loss on each step's examples as a small curve, below a dashed line for the loss before training. */
export function spark(box: Element, {losses, setup}: LabResult, params: LabParams) {
  const svg = layer(layer(box, "div", "sparked"), "svg", "spark");
  attributes(svg, {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true"});
  const before = losses[0] ?? setup.off.score;
  const x = linear([0, stepsOf(labSettings(params))], [0, WIDTH]);
  const y = linear([isOfWords(params.task) ? MIN_LOSS : 0, before], [HEIGHT - 4, 12]);
  const inside = (high: number) => Math.min(Math.max(high, 1), HEIGHT - 1);
  const points = losses.map((_, at) => {
    const window = losses.slice(Math.max(0, at - MEAN_STEPS + 1), at + 1);
    const mean = window.reduce((sum, loss) => sum + loss, 0) / window.length;
    return `${rounded(x(at))} ${rounded(inside(y(mean)))}`;
  });
  attributes(layer(svg, "path", "base"), {d: `M0 ${rounded(y(before))}H${WIDTH}`});
  attributes(layer(svg, "path", "losses"), {d: points.length > 1 ? `M${points.join("L")}` : null});
  attributes(layer(svg, "text", "name", "before"), {x: WIDTH, y: 9, "text-anchor": "end"});
}
