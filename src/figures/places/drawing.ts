/** Two forges side by side: the adapted matrix with the letters in doubt, and attention at a letter as a ring held by strings. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {type Doubts, doubtBar} from "../../figure/plot/doubtBar.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";
import {hullPath} from "./drawing/hullPath.ts";
import type {Point, Ring} from "./model.ts";

export interface ForgeColumn extends Doubts {
  /** The letter of the adapted matrix. */
  side: "q" | "v";
  before: Ring;
  now: Ring;
  /** The letter of each peg. */
  letters: readonly string[];
  /** What training has changed in the picture. */
  changeText: string;
  /** The chance of the right letter, before and now. */
  chanceText: string;
}

/** Below this width the forges are one below the other, unless the picture is low, as in a dock. A low picture has only the rings. */
const STACKED_BELOW = 400;
const LOW_BELOW = 240;
/** The height of the matrices and the letters in doubt, of a line of text, and between two forges. */
const [HEAD_HEIGHT, LINE_HEIGHT, GAP] = [54, 18, 24];
/** From this width on the chance is beside what has changed, else on a line below it. */
const ONE_LINE_FROM = 260;
/** The side of a matrix, the distance to the next one, and the width of all four. */
const [SIDE, PITCH, MATRICES_WIDTH] = [20, 30, 128];
/** The radii of a peg and of the ring. */
const [PEG_RADIUS, RING_RADIUS] = [10, 8];
/** Between the pegs and the edges of the plane: at the sides, at the top, and at the bottom, where a number may be below a peg. */
const [SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN] = [14, 12, 26];

/** Four matrices; A lies above the adapted one and B at its left. */
function drawMatrices(g: Element, adapted: string) {
  each(g, "g", ["q", "k", "v", "o"], (box, letter, i) => {
    const isAdapted = letter === adapted;
    attributes(box, {transform: `translate(${8 + i * PITCH} 8)`, "data-adapted": isAdapted ? "" : null});
    attributes(layer(box, "rect", "w0"), {width: SIDE, height: SIDE, rx: 3});
    attributes(layer(box, "path", "a"), {d: isAdapted ? `M0 -7h${SIDE}v5h${-SIDE}z` : null});
    attributes(layer(box, "path", "b"), {d: isAdapted ? `M-7 0h5v${SIDE}h-5z` : null});
    label(box, "name", `W${letter}`, {x: SIDE / 2, y: SIDE + 15, anchor: "middle"});
  });
}

/** Points of the plane → units of a box, at one scale for both axes; `all` fit into it. */
function placing(all: readonly Point[], width: number, height: number): (point: Point) => Point {
  const endsOf = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = endsOf(all.map(([x]) => x));
  const [low, high] = endsOf(all.map(([, y]) => y));
  const scale = Math.min(
    (width - 2 * SIDE_MARGIN) / (right - left || 1),
    (height - TOP_MARGIN - BOTTOM_MARGIN) / (high - low || 1),
  );
  const middle = (height + TOP_MARGIN - BOTTOM_MARGIN) / 2;
  return ([x, y]) => [width / 2 + scale * (x - (left + right) / 2), middle - scale * (y - (low + high) / 2)];
}

/** How often the pegs are moved apart. */
const ROUNDS = 24;

/** The places of pegs that would cover each other or the ring, moved apart as far as their letters can be read. */
function movedApart(places: readonly Point[], ring: Point): Point[] {
  const moved = places.map(([x, y]): [number, number] => [x, y]);
  const push = (peg: [number, number], from: Point, least: number, share: number, i: number) => {
    const [dx, dy] = [peg[0] - from[0], peg[1] - from[1]];
    const distance = Math.hypot(dx, dy);
    if (distance >= least) return;
    // Two in the same place go apart, each in a direction of its own.
    const [ux, uy] = distance > 0 ? [dx / distance, dy / distance] : [Math.cos(i), Math.sin(i)];
    peg[0] += share * (least - distance) * ux;
    peg[1] += share * (least - distance) * uy;
  };
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, peg] of moved.entries()) {
      for (const [j, other] of moved.entries()) if (i !== j) push(peg, other, 2 * PEG_RADIUS + 1, 0.5, i);
      // A single peg is where the ring is.
      if (places.length > 1) push(peg, ring, PEG_RADIUS + RING_RADIUS + 1, 1, i);
    }
  return moved;
}

const pathPoint = ([x, y]: Point): string => `${rounded(x)} ${rounded(y)}`;

/** Strings from the pegs to the ring, as thick as the attention weights. */
function drawStrings(g: Element, name: string, {pegs, weights, output}: Ring) {
  each(layer(g, "g", name), "path", pegs, (path, peg, i) =>
    attributes(path, {
      d: `M${pathPoint(peg)}L${pathPoint(output)}`,
      "stroke-width": rounded(10 * weights[i]!, 2),
      "data-glides": "",
    }),
  );
}

/** The pegs with their letters; the one with the strongest string has its weight beside it, away from the ring. */
function drawPegs(g: Element, {pegs, weights, output}: Ring, letters: readonly string[]) {
  const strongest = pegs.length > 1 ? weights.indexOf(Math.max(...weights)) : -1;
  const places = movedApart(pegs, output);
  each(g, "g", pegs, (peg, [x, y], i) => {
    attributes(peg, {transform: `translate(${pathPoint(places[i]!)})`, "data-glides": ""});
    attributes(layer(peg, "circle", "disk"), {r: PEG_RADIUS});
    label(peg, "letter", letters[i]!, {x: 0, y: 0, anchor: "middle", dy: "0.34em"});
    const isRight = output[0] < x;
    label(peg, "weight", i === strongest ? `pull ${Math.round(100 * weights[i]!)}%` : "", {
      x: isRight ? PEG_RADIUS : -PEG_RADIUS,
      y: output[1] < y ? PEG_RADIUS + 13 : -PEG_RADIUS - 4,
      anchor: isRight ? "end" : "start",
    });
  });
}

/** One forge's ring, drawn over the one before training. Of pegs and strings, those that training has not changed are drawn once. */
function drawRing(g: Element, {side, before, now, letters}: ForgeColumn, place: (point: Point) => Point) {
  const placed = (one: Ring): Ring => ({...one, pegs: one.pegs.map(place), output: place(one.output)});
  const [was, is] = [placed(before), placed(now)];
  const hasNewPegs = side === "v";
  attributes(g, {"data-side": side});
  // The mean of the pegs is inside their hull, whatever the weights.
  attributes(layer(g, "path", "hull was"), {d: hullPath(was.pegs)});
  attributes(layer(g, "path", "hull is"), {d: hullPath(hasNewPegs ? is.pegs : [])});
  drawStrings(g, "strings was", hasNewPegs ? {...was, pegs: []} : was);
  drawStrings(g, "strings is", is);
  each(layer(g, "g", "old-pegs"), "circle", hasNewPegs ? was.pegs : [], (dot, [x, y]) =>
    attributes(dot, {cx: rounded(x), cy: rounded(y), r: 4}),
  );
  drawPegs(layer(g, "g", "pegs"), is, letters);
  // Around a single peg, which is where the ring is, the ring is wider and open.
  const isSingle = is.pegs.length === 1;
  const outputs = [
    {name: "was", at: was.output, r: 4, isOpen: false},
    {name: "is", at: is.output, r: isSingle ? PEG_RADIUS + 5 : RING_RADIUS - 1, isOpen: isSingle},
  ];
  for (const {name, at, r, isOpen} of outputs)
    attributes(layer(g, "circle", `output ${name}`), {
      r,
      transform: `translate(${pathPoint(at)})`,
      "data-open": isOpen ? "" : null,
      "data-glides": "",
    });
}

/** Draws both forges, their rings at one scale, which leaves room for `allPegs`. */
export function drawForges(g: Element, columns: readonly ForgeColumn[], allPegs: readonly Point[], sheet: Sheet) {
  const {width, height} = sheet;
  const isLow = height < LOW_BELOW;
  const isStacked = width < STACKED_BELOW && !isLow;
  const column = isStacked ? width : (width - GAP) / 2;
  const hasOneLine = column >= ONE_LINE_FROM;
  const lineY = isLow ? 12 : HEAD_HEIGHT + 12;
  const top = lineY + (hasOneLine ? 6 : 6 + LINE_HEIGHT);
  const room = (isStacked ? height / 2 : height) - top;
  const place = placing(allPegs, column, room);
  join(g, "g", columns, {name: ({side}) => `forge of-${side}`}, (box, one, i) => {
    const [x, y] = isStacked ? [0, (i * height) / 2] : [i * (column + GAP), 0];
    attributes(box, {transform: `translate(${rounded(x)} ${rounded(y)})`});
    const head = layer(box, "g", "head");
    if (isLow) head.replaceChildren();
    else {
      drawMatrices(group(head, "matrices"), one.side);
      doubtBar(group(head, "doubt", MATRICES_WIDTH, 2), one, column - MATRICES_WIDTH - 2);
    }
    label(box, "change", one.changeText, {x: 0, y: lineY});
    label(box, "chance", one.chanceText, {
      x: hasOneLine ? column : 0,
      y: hasOneLine ? lineY : lineY + LINE_HEIGHT,
      anchor: hasOneLine ? "end" : "start",
    });
    drawRing(group(box, "ring", 0, top), one, place);
  });
}
