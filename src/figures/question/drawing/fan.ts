/** Vectors of several runs as arrows at their angles to the chosen run's. */
import {attributes, children, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";

interface FanOptions {
  /** Class of its arrows. */
  name: "question" | "answer";
  /** What the arrows are, and when. */
  title: string;
  /** The name of the chosen run; those of the others, with their |cosine| to it. */
  chosen: string;
  others: readonly {name: string; cosine: number}[];
  /** |cosine| of the others to the chosen run before training, for a pale fan behind. */
  before: readonly number[];
  /** The one number: "0.87–0.91". */
  range: string;
}

interface Spoke {
  name: string;
  /** Degrees from upright, to the left below zero. */
  turn: number;
  isChosen: boolean;
}

/** Length of an arrow's head. */
const HEAD = 10;
/** The least degrees between two names. */
const MIN_NAME_ANGLE = 8;

/** Degrees from upright of the i-th other run, in turn at the left and at the right. */
const turnOf = (cosine: number, i: number): number => (i % 2 ? 1 : -1) * ((180 / Math.PI) * Math.acos(cosine));

/** The chosen run's arrow upright, each other one at its true angle to it. */
const spokesOf = ({others, chosen}: FanOptions): Spoke[] => [
  ...others.map(({name, cosine}, i) => ({name, isChosen: false, turn: turnOf(cosine, i)})),
  {name: chosen, turn: 0, isChosen: true},
];

/** The angles of the names: those of their arrows, moved apart where the two on one side are too near each other. */
function nameTurns(spokes: readonly Spoke[], apart: number): number[] {
  const turns = spokes.map(({turn}) => turn);
  for (const side of [-1, 1]) {
    const all = [...turns.keys()]
      .filter((i) => Math.sign(turns[i]!) === side)
      .sort((one, other) => Math.abs(turns[one]!) - Math.abs(turns[other]!));
    const [near, nameRadius] = all;
    if (near === undefined || nameRadius === undefined) continue;
    const lack = Math.max(apart - Math.abs(turns[nameRadius]! - turns[near]!), 0) / 2;
    turns[near]! -= side * lack;
    turns[nameRadius]! += side * lack;
  }
  return turns;
}

/** An arrow from (0, 0) upward. */
const arrow = (length: number): string =>
  `M0 0V${rounded(HEAD - length)}M0 ${rounded(-length)}l${HEAD * 0.5} ${HEAD}h${-HEAD}z`;

/** Draws the fan: wide where the runs' vectors have nothing in common, narrow where they agree. */
export function fan(g: Element, {width, height}: Sheet, options: FanOptions) {
  const {name, title, range, before} = options;
  const radius = Math.min(width / 2 - 22, height - 74);
  const [x, y] = [width / 2, height - 6];
  const box = layer(g, "g", `fan ${name}`);
  attributes(layer(box, "path", "arc"), {
    d: `M${rounded(x - radius)} ${y}A${rounded(radius)} ${rounded(radius)} 0 0 1 ${rounded(x + radius)} ${y}z`,
  });
  join(group(box, "before", x, y), "path", before, {name: "ghost"}, (ghost, cosine, i) => {
    attributes(ghost, {d: arrow(radius), transform: `rotate(${rounded(turnOf(cosine, i), 1)})`});
  });
  const spokes = spokesOf(options);
  join(
    group(box, "arrows", x, y),
    "path",
    spokes,
    {name: ({isChosen}) => (isChosen ? "spoke chosen" : "spoke"), key: (_, i) => i},
    (spoke, {turn}) => {
      attributes(spoke, {d: arrow(radius), transform: `rotate(${rounded(turn, 1)})`, "data-glides": ""});
    },
  );
  // Names stand at the tips, in the direction of their arrows.
  const nameElements = children(
    group(box, "called", x, y),
    "text",
    spokes.map(({isChosen}) => (isChosen ? "chosen" : "")),
    spokes.map((_, i) => i),
  );
  for (const [i, turn] of nameTurns(spokes, MIN_NAME_ANGLE).entries()) {
    const angle = (turn * Math.PI) / 180;
    const nameRadius = radius + 12;
    attributes(nameElements[i]!, {
      x: rounded(nameRadius * Math.sin(angle)),
      y: rounded(-nameRadius * Math.cos(angle)),
      dy: "0.35em",
      "text-anchor": "middle",
    });
    put(nameElements[i]!, spokes[i]!.name);
  }
  label(box, "loud", range, {x: 0, y: 24});
  // Above the highest of the pale arrows at the right.
  const labelHeight = radius * Math.max(0, ...before.filter((_, i) => i % 2)) + 12;
  label(box, "began", before.length ? "before training" : "", {
    x: x + 0.94 * radius,
    y: y - labelHeight,
    anchor: "end",
  });
  label(box, "title", title, {x: 0, y: 44});
}
