/** A person beside the square, for its size at one weight per millimeter. */
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** A person's height in millimeters, which are weights here. */
export const TALL = 1700;

/** A head and a body, 10 wide and 34 high, standing at (0,0). */
const FIGURE =
  "M0-34a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8zM-3.2-26h6.4q2.4 0 2.4 2.4v9.4q0 1.2-1.2 1.2t-1.2-1.2v-7.4h-.5V-1.3q0 1.3-1.3 1.3T.1-1.3v-11.4h-.2V-1.3q0 1.3-1.3 1.3t-1.3-1.3v-20.3h-.5v7.4q0 1.2-1.2 1.2t-1.2-1.2v-9.4q0-2.4 2.4-2.4z";

/** Draws the person at the foot of the square while `isSeen`; `unit` is the edge of a weight. */
export function person(g: Element, {x, foot, unit, isSeen}: {x: number; foot: number; unit: number; isSeen: boolean}) {
  const [box] = children(g, "g", isSeen ? ["person"] : []);
  if (!box) return;
  const scale = (TALL * unit) / 34;
  const [left, low] = [rounded(x + 5 * scale), rounded(foot)];
  attributes(layer(box, "path", "body"), {
    d: FIGURE,
    transform: `translate(${left} ${low}) scale(${rounded(scale, 3)})`,
  });
  const head = foot - 34 * scale;
  label(box, "size", "you, if a weight", {x: rounded(x), y: rounded(head - 24)});
  label(box, "by", "were 1 mm wide", {x: rounded(x), y: rounded(head - 8)});
}
