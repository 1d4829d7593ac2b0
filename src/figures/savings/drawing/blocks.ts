/** A matrix with B and A at its edges, to scale, and a lens where they are too thin to see. */
import {attributes, children, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../../figure/plot/lens.ts";
import {type Look, paint} from "../../../figure/plot/marks.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";

interface BlocksOptions {
  /** Rows, columns and rank. */
  d: number;
  k: number;
  r: number;
  width: number;
  height: number;
  /** The saving in words, written in ΔW. */
  answer: string;
}

/** A rectangle in units, of ΔW, A or B. */
interface Rect {
  name: "dW" | "A" | "B";
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Between the matrix and its factors, in the lens too: the only length that is not to scale. */
const GAP = 5;
/** Room for the names of A (above) and B (at the left). */
const NAME = 20;
/** Factors thinner than this get a lens, if the matrix is at least so wide and high. */
const LENS_BELOW = 14;
const LENS_FROM = 150;
/** Up to this rank the lens shows the columns of B and the rows of A apart. */
const MAX_APART = 16;

const TONES = {dW: "dw", A: "a", B: "b"} as const;
const pathOf = ({x, y, w, h}: Rect): string =>
  `M${rounded(x, 2)} ${rounded(y, 2)}h${rounded(w, 2)}v${rounded(h, 2)}h${rounded(-w, 2)}z`;

/** ΔW is drawn pale, so that B and A stand out. */
function rects(g: Element, all: readonly Rect[]) {
  join(
    g,
    "g",
    all,
    {name: ({name}, i) => `${name === "dW" ? "mark-rect" : "mark-bar"} of-${name} n${i}`},
    (box, one) => {
      const path = layer(box, "path", `block-${one.name}`);
      attributes(path, {d: pathOf(one)});
      paint(path, {tone: TONES[one.name]});
    },
  );
}

/** ΔW (d,k) as large as fits, B (d,r) left of it and A (r,k) above it, to one scale, but at least a unit thick. */
export function blocks(g: Element, {d, k, r, width, height, answer}: BlocksOptions) {
  const scale = Math.min((width - GAP - NAME) / (k + r), (height - GAP - NAME) / (d + r));
  const depth = Math.max(r * scale, 1);
  const [w, h] = [Math.max(k * scale, 1), Math.max(d * scale, 1)];
  const left = NAME + Math.max(width - NAME - GAP - w - depth, 0) / 2;
  const [x, y] = [left + depth + GAP, NAME + depth + GAP];
  const hasRoom = Math.min(w, h) >= LENS_FROM;
  const [all, lens, words] = children(g, "g", ["blocks", "lens", "mark-text"]);
  rects(all!, [
    {name: "dW", x, y, w, h},
    {name: "B", x: left, y, w: depth, h},
    {name: "A", x, y: NAME, w, h: depth},
  ]);
  const lensCaption = hasRoom && r * scale < LENS_BELOW ? cornerLens(lens!, {x, y, w, h, r, scale}) : undefined;
  if (!lensCaption) lens!.replaceChildren();
  const right = x + w - 12;
  texts(words!, [
    {at: [x, NAME - 7], text: `A ${whole(r)} × ${whole(k)}`, tone: "a"},
    {at: [-y, left - 7], text: `B ${whole(d)} × ${whole(r)}`, tone: "b", anchor: "end", isUpright: true},
    ...(hasRoom
      ? ([
          {at: [right, y + 36], text: answer, anchor: "end", kind: "answer", tone: "ink"},
          {at: [right, y + 60], text: `ΔW ${whole(d)} × ${whole(k)}`, anchor: "end", tone: "dw"},
        ] as const)
      : []),
    ...(lensCaption ? [lensCaption] : []),
  ]);
}

/** Where ΔW is drawn, the rank, and the width of an entry in units. */
interface DrawnMatrix {
  x: number;
  y: number;
  w: number;
  h: number;
  r: number;
  scale: number;
}

/** A lens that enlarges the corner where B and A meet ΔW → its caption. */
function cornerLens(g: Element, {x, y, w, h, r, scale}: DrawnMatrix): Text {
  const radius = rounded(Math.min(0.25 * Math.min(w, h), 115));
  const [cx, cy] = [rounded(x + w - radius - 14), rounded(y + h - radius - 30)];
  const times = roundBelow((0.85 * radius) / (r * scale));
  const thick = r * scale * times;
  // ΔW and its factors fill the lens about equally.
  const [left, top] = [cx, cy].map((at) => rounded(at + (thick + GAP) / 2 - radius / 4)) as [number, number];
  const [w2, h2] = [cx + radius - left, cy + radius - top];
  const count = r > MAX_APART ? 1 : r;
  const one = thick / count;
  const spacing = count > 1 ? 2 : 0;
  const strips = Array.from({length: count}, (_, i): Rect[] => [
    {name: "B", x: left - GAP - thick + i * one, y: top, w: one - spacing, h: h2},
    {name: "A", x: left, y: top - GAP - thick + i * one, w: w2, h: one - spacing},
  ]);
  const [beam, ground, inside, rim] = children(g, "g", ["mark-rect", "mark-dot", "inside", "mark-lineY"]);
  const circle = shapePath("circle", [cx, cy], radius);
  const draw = (parent: Element, d: string, look: Look) => {
    const path = layer(parent, "path", "drawn");
    attributes(path, {d});
    paint(path, look);
  };
  draw(beam!, cone(rounded(x, 1), rounded(y, 1), cx, cy, radius), {tone: "edge"});
  draw(ground!, circle, {tone: "edge", hollow: ""});
  draw(rim!, circle, {tone: "edge"});
  // The group is as large as the lens, since its ground is, so half of it is the lens's radius.
  attributes(inside!, {"clip-path": "circle(50%)"});
  const field = layer(inside!, "path", "field");
  attributes(field, {d: `M${cx - radius} ${cy - radius}h${2 * radius}v${2 * radius}h${-2 * radius}z`});
  rects(layer(inside!, "g", "corner"), [{name: "dW", x: left, y: top, w: w2, h: h2}, ...strips.flat()]);
  const at = [cx, cy + radius + 18] as const;
  return {at, text: `the corner, × ${whole(times)}`, anchor: "middle", kind: "magnified", tone: "soft"};
}
