import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface FanOptions {
  /** Class of its arrows. */
  name: "question" | "answer";
  /** What the arrows are, and when. */
  title: string;
  /** |cosine| of the chosen run and each of the others. */
  cosines: readonly number[];
  /** The one number: "0.87–0.91". */
  said: string;
}

interface Spoke {
  /** Degrees from upright, to the left below zero. */
  turn: number;
  isChosen: boolean;
}

const HEAD = 10;

/** The chosen run's arrow upright, each other one at its true angle to it, in turn at the left and at the right. */
const spokesOf = (cosines: readonly number[]): Spoke[] => [
  ...cosines.map((cosine, i) => ({turn: (i % 2 ? 1 : -1) * ((180 / Math.PI) * Math.acos(cosine)), isChosen: false})),
  {turn: 0, isChosen: true},
];

/** An arrow from (0, 0) upward. */
const arrow = (length: number): string =>
  `M0 0V${rounded(HEAD - length)}M0 ${rounded(-length)}l${HEAD * 0.5} ${HEAD}h${-HEAD}z`;

/** A fan of arrows, flat where the runs have nothing in common and narrow where they agree. */
export function fan(g: Element, {width, height}: Sheet, {name, title, cosines, said}: FanOptions) {
  const long = Math.min(width / 2 - 8, height - 52);
  const [x, y] = [width / 2, height - 6];
  const box = layer(g, "g", `fan ${name}`);
  attributes(layer(box, "path", "arc"), {
    d: `M${rounded(x - long)} ${y}A${rounded(long)} ${rounded(long)} 0 0 1 ${rounded(x + long)} ${y}z`,
  });
  const spokes = spokesOf(cosines);
  const made = children(
    group(box, "arrows", x, y),
    "path",
    spokes.map(({isChosen}) => (isChosen ? "spoke chosen" : "spoke")),
    spokes.map((_, i) => i),
  );
  for (const [i, {turn}] of spokes.entries())
    attributes(made[i]!, {d: arrow(long), transform: `rotate(${rounded(turn, 1)})`, "data-glides": ""});
  label(box, "loud", said, {x: 0, y: 24});
  label(box, "title", title, {x: 0, y: 44});
}
