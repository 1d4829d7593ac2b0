/** Vectors of several runs as arrows at their angles to the chosen run's. */
import {attributes, join} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";

interface Fan {
  /** What the arrows are, and when. */
  title: string;
  /** |cosine| of each other run to the chosen one; and before training, for a pale fan behind. */
  cosines: readonly number[];
  before: readonly number[];
  /** The picture's answer: "0.87–0.91". */
  range: string;
}

/** Room beside the arrows and above them for the words, and the length of an arrow's head. */
const [SIDE, TOP, HEAD] = [6, 60, 10];

/** Degrees from upright of the i-th other run, in turn at the left and at the right. */
const turnOf = (cosine: number, i: number): number => (i % 2 ? 1 : -1) * ((180 / Math.PI) * Math.acos(cosine));

/** Draws the chosen run's arrow upright and the others at their true angles to it: wide if they have nothing in common. */
export function drawFan(g: Element, {width, height}: Sheet, {title, range, cosines, before}: Fan) {
  const radius = Math.min(width / 2 - SIDE, height - TOP);
  const [x, y] = [width / 2, height - 6];
  const box = layer(g, "g", "fan");
  const arrow = `M0 0V${rounded(HEAD - radius)}M0 ${rounded(-radius)}l${HEAD / 2} ${HEAD}h${-HEAD}z`;
  attributes(layer(box, "path", "arc"), {
    d: `M${rounded(x - radius)} ${y}A${rounded(radius)} ${rounded(radius)} 0 0 1 ${rounded(x + radius)} ${y}z`,
  });
  join(group(box, "before", x, y), "path", before, {name: "ghost"}, (ghost, cosine, i) => {
    attributes(ghost, {d: arrow, transform: `rotate(${rounded(turnOf(cosine, i), 1)})`});
  });
  const turns = [...cosines.map(turnOf), 0];
  const name = (turn: number) => (turn ? "spoke" : "spoke chosen");
  join(group(box, "arrows", x, y), "path", turns, {name, key: (_, i) => i}, (spoke, turn) => {
    attributes(spoke, {d: arrow, transform: `rotate(${rounded(turn, 1)})`, "data-glides": ""});
  });
  label(box, "loud", range, {x: 0, y: 24});
  label(box, "title", title, {x: 0, y: 44});
  // Above the highest of the pale arrows at the right.
  const highest = radius * Math.max(0, ...before.filter((_, i) => i % 2)) + 12;
  const words = before.length ? "before training" : "";
  label(box, "began", words, {x: x + 0.94 * radius, y: y - highest, anchor: "end"});
}
