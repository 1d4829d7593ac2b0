/** Attention at a letter in both forges: a ring for the head's output, held by a string to the value of each position. */
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {columnGap} from "./forges.ts";

type Point = readonly [x: number, y: number];

/** The pegs (values), the attention weight of each, and where the ring is (their weighted mean). */
interface Ring {
  pegs: readonly Point[];
  weights: readonly number[];
  output: Point;
}

export interface RingColumn {
  /** The letter of the adapted matrix. */
  side: "q" | "v";
  before: Ring;
  now: Ring;
  /** The letter of each peg. */
  letters: readonly string[];
  /** What strings and pegs are, in words; and what is new of the two, in short. */
  strings: string;
  pegs: string;
  isNew: string;
  /** "a?", and its probability before and now, as lengths and in words. */
  guess: {name: string; was: number; now: number; words: string};
}

/** Heights of the words above the plane and of the bars below it; the radii of a peg and of the ring. */
const [ABOVE, BELOW, PEG, RING] = [36, 48, 10, 8];
/** Between the pegs and the edges of the plane: across, and up and down, where a number may be below a peg. */
const [ASIDE, OVER, UNDER] = [14, 12, 26];
/** On a phone the planes are one below the other, as wide as the picture: the height of each with its line of words. */
const [STACKED, LINE] = [154, 18];
/** A picture less high, as in a dock, has them side by side in any case. */
const LEAST_STACKED = 240;

/** The height of rings in a picture this wide. */
export const ringsHeight = (width: number): number =>
  width < 400 ? 2 * STACKED : ABOVE + BELOW + (width < 600 ? 170 : 210);

/** The corners of the convex hull, by Andrew's monotone chain. */
function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const p of list) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)];
        if (!a || !b || (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.toReversed())];
}

/** Points of the plane → units of a box, at one scale for both axes. */
function placing(all: readonly Point[], width: number, height: number): (point: Point) => Point {
  const ends = ([0, 1] as const).map((axis) => {
    const values = all.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const [[left, right], [low, high]] = ends as [readonly [number, number], readonly [number, number]];
  const scale = Math.min((width - 2 * ASIDE) / (right - left || 1), (height - OVER - UNDER) / (high - low || 1));
  const middle = (height + OVER - UNDER) / 2;
  return ([x, y]) => [width / 2 + scale * (x - (left + right) / 2), middle - scale * (y - (low + high) / 2)];
}

const pathPoint = ([x, y]: Point): string => `${rounded(x)} ${rounded(y)}`;

/** Rounds in which pegs are moved apart. */
const ROUNDS = 24;

/** The places of pegs that would cover each other or the ring, moved apart as far as their letters can be read. */
function apart(places: readonly Point[], ring: Point): Point[] {
  const moved = places.map(([x, y]) => [x, y] as [number, number]);
  const push = (one: [number, number], from: Point, least: number, share: number, i: number) => {
    const [dx, dy] = [one[0] - from[0], one[1] - from[1]];
    const distance = Math.hypot(dx, dy);
    if (distance >= least) return;
    // Two in the same place go apart in some direction, each in its own.
    const [ux, uy] = distance > 0 ? [dx / distance, dy / distance] : [Math.cos(i), Math.sin(i)];
    one[0] += share * (least - distance) * ux;
    one[1] += share * (least - distance) * uy;
  };
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, one] of moved.entries()) {
      for (const [j, other] of moved.entries()) if (i !== j) push(one, other, 2 * PEG + 1, 0.5, i);
      // A single peg is where the ring is.
      if (places.length > 1) push(one, ring, PEG + RING + 1, 1, i);
    }
  return moved;
}

/** The convex hull of all pegs; nothing for a single one. */
function shape(g: Element, name: string, points: readonly Point[]) {
  const path = layer(g, "path", name);
  attributes(path, {d: points.length > 1 ? `M${hull(points).map(pathPoint).join("L")}z` : null});
}

/** Strings from the pegs to the ring, as thick as the attention weights. */
function strings(g: Element, name: string, {pegs, weights, output}: Ring, place: (point: Point) => Point) {
  each(layer(g, "g", name), "path", pegs, (path, peg, i) =>
    attributes(path, {
      d: `M${pathPoint(place(peg))}L${pathPoint(place(output))}`,
      "stroke-width": rounded(10 * weights[i]!, 2),
      "data-glides": "",
    }),
  );
}

/** One forge's ring, drawn over the one before training. */
function ring(g: Element, column: RingColumn, place: (point: Point) => Point) {
  const {side, before, now, letters} = column;
  attributes(g, {"data-side": side});
  shape(g, "shape was", before.pegs.map(place));
  shape(g, "shape is", side === "v" ? now.pegs.map(place) : []);
  strings(g, "strings was", side === "q" ? before : {...before, pegs: []}, place);
  strings(g, "strings is", now, place);
  each(layer(g, "g", "ghosts"), "circle", side === "v" ? before.pegs : [], (dot, peg) => {
    const [cx, cy] = place(peg);
    attributes(dot, {cx: rounded(cx), cy: rounded(cy), r: 4});
  });
  const strongest = now.weights.indexOf(Math.max(...now.weights));
  const pegs = children(
    layer(g, "g", "pegs"),
    "g",
    now.pegs.map(() => "peg"),
  );
  const heads = apart(now.pegs.map(place), place(now.output));
  for (const [i, peg] of pegs.entries()) {
    attributes(peg, {transform: `translate(${pathPoint(heads[i]!)})`, "data-glides": ""});
    attributes(layer(peg, "circle", "head"), {r: PEG});
    label(peg, "letter", letters[i]!, {x: 0, y: 0, anchor: "middle", dy: "0.34em"});
    const text = layer(peg, "text", "pull");
    // On the side away from the ring.
    const isBelow = place(now.output)[1] < place(now.pegs[i]!)[1];
    // It ends with the peg where that is to the right, because there the picture may end.
    const isRight = place(now.output)[0] < place(now.pegs[i]!)[0];
    attributes(text, {
      x: isRight ? PEG : -PEG,
      y: isBelow ? PEG + 13 : -PEG - 4,
      "text-anchor": isRight ? "end" : "start",
    });
    put(text, i === strongest && pegs.length > 1 ? `pull ${Math.round(100 * now.weights[i]!)}%` : "");
  }
  for (const [name, one] of [
    ["was", before],
    ["is", now],
  ] as const) {
    const circle = layer(g, "circle", `arrives ${name}`);
    const [cx, cy] = place(one.output);
    attributes(circle, {
      r: name === "is" ? RING - 1 : 4,
      transform: `translate(${rounded(cx)} ${rounded(cy)})`,
      "data-glides": "",
    });
  }
}

/** The probability of the right letter as two bars: before above, now below. */
function chanceBars(g: Element, {name, was, now, words}: RingColumn["guess"], width: number) {
  label(g, "row-guess", name, {x: 0, y: 12});
  label(g, "row-chance", words, {x: width, y: 12, anchor: "end"});
  for (const [i, [tone, share]] of (
    [
      ["edge", was],
      ["dw", now],
    ] as const
  ).entries()) {
    const path = layer(layer(g, "g", `mark-bar chance-${i}`), "path", "drawn");
    paint(path, {tone});
    attributes(path, {
      d: `M0 ${20 + 8 * i}H${rounded(Math.max(share * width, 1))}V${26 + 8 * i}H0z`,
      "data-glides": "",
    });
  }
}

/** Draws both rings at one scale, which leaves room for all pegs of the name. */
export function drawRings(g: Element, columns: readonly RingColumn[], pegs: readonly Point[], {width, height}: Sheet) {
  const isStacked = width < 400 && height >= LEAST_STACKED;
  const column = isStacked ? width : (width - columnGap(width)) / 2;
  const room = isStacked ? height / 2 - LINE : height - ABOVE - BELOW;
  const place = placing(pegs, column, room);
  join(g, "g", columns, {name: ({side}) => `tether of-${side}`}, (box, one, i) => {
    const [x, y] = isStacked ? [0, (i * height) / 2] : [i * (column + columnGap(width)), 0];
    attributes(box, {transform: `translate(${rounded(x)} ${rounded(y)})`});
    const {strings, pegs, isNew, side, guess} = one;
    label(box, `row-strings ${isStacked || side === "q" ? "new" : "old"}`, isStacked ? isNew : strings, {x: 0, y: 12});
    label(box, `row-pegs ${side === "v" ? "new" : "old"}`, isStacked ? "" : pegs, {x: 0, y: 28});
    ring(group(box, "ring", 0, isStacked ? LINE : ABOVE), one, place);
    const odds = isStacked ? "said-odds" : "odds";
    const [foot] = children(layer(box, "g", "foot"), "g", [odds]) as [Element];
    attributes(foot, {transform: `translate(0 ${isStacked ? 0 : rounded(ABOVE + room + 8)})`});
    if (isStacked) label(foot, "row-chance", `${guess.name} ${guess.words}`, {x: width, y: 12, anchor: "end"});
    else chanceBars(foot, guess, column);
  });
}
