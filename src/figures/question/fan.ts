/** Draws vectors of several runs as arrows at their angles to the first run's. */
import {attributes, join} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";

interface FanOptions {
  /** What the arrows are, and when. */
  title: string;
  /** |cosine| of each other run to the first; and before training, for a pale fan behind. */
  cosines: readonly number[];
  startCosines: readonly number[];
  /** The large text: "0.87–0.91". */
  range: string;
}

/** Room beside the arrows and above them for the words, and the length of an arrow's head. */
const [SIDE, TOP, HEAD_LENGTH] = [6, 60, 10];

/** Degrees from upright of the arrow of another run. All are on one side, because only the angle to the first run is drawn. */
const angleOf = (cosine: number): number => (180 / Math.PI) * Math.acos(cosine);

/** Draws the first run's arrow upright and the others at their true angles to it: wide if they have nothing in common. */
export function drawFan(g: Element, {width, height}: Sheet, {title, range, cosines, startCosines}: FanOptions) {
  const radius = Math.min(width - 2 * SIDE, height - TOP);
  const [x, y] = [(width - radius) / 2, height - 6];
  const box = layer(g, "g", "fan");
  const arrow = `M0 0V${rounded(HEAD_LENGTH - radius)}M0 ${rounded(-radius)}l${HEAD_LENGTH / 2} ${HEAD_LENGTH}h${-HEAD_LENGTH}z`;
  attributes(layer(box, "path", "arc"), {
    d: `M${rounded(x)} ${y}V${rounded(y - radius)}A${rounded(radius)} ${rounded(radius)} 0 0 1 ${rounded(x + radius)} ${y}z`,
  });
  join(group(box, "before", x, y), "path", startCosines, {name: "ghost"}, (ghost, cosine) => {
    attributes(ghost, {d: arrow, transform: `rotate(${rounded(angleOf(cosine), 1)})`});
  });
  const angles = [...cosines.map(angleOf), 0];
  const name = (angle: number) => (angle ? "spoke" : "spoke first");
  join(group(box, "arrows", x, y), "path", angles, {name, key: (_, i) => i}, (spoke, angle) => {
    attributes(spoke, {d: arrow, transform: `rotate(${rounded(angle, 1)})`, "data-glides": ""});
  });
  label(box, "loud", range, {x: 0, y: 24});
  label(box, "title", title, {x: 0, y: 44});
  label(box, "first-run", "run 1", {x: x - 8, y: y - 0.72 * radius, anchor: "end"});
  // Words above the highest pale arrow.
  const ghostHeight = radius * Math.max(0, ...startCosines) + 12;
  const words = startCosines.length ? "before training" : "";
  label(box, "began", words, {x: x + 0.94 * radius, y: y - ghostHeight, anchor: "end"});
}
