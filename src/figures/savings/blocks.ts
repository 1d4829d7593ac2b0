/** A matrix with B at its left and A above it, to one scale. */
import {attributes, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint, type Tone} from "../../figure/plot/marks.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";

interface BlocksOptions {
  /** Rows, columns and rank. */
  d: number;
  k: number;
  r: number;
  width: number;
  height: number;
  /** How many parameters B and A have beside the matrix, in words; written in the matrix if there is room. */
  answer: string;
}

/** One of the three rectangles, in units. */
interface Block {
  name: "dW" | "A" | "B";
  tone: Tone;
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Between the matrix and its factors: it is not to scale. */
const GAP = 5;
/** Room for the names of A (above) and B (at the left). */
const NAME_HEIGHT = 20;
/** Words are written in a matrix that is at least so wide and so high. */
const [WORDS_WIDTH, WORDS_HEIGHT] = [200, 80];

/** Draws ΔW (d,k) as large as fits, B (d,r) left of it and A (r,k) above it. Each is at least a unit thick. */
export function drawBlocks(g: Element, {d, k, r, width, height, answer}: BlocksOptions) {
  const scale = Math.min((width - GAP - NAME_HEIGHT) / (k + r), (height - GAP - NAME_HEIGHT) / (d + r));
  const [w, h, thickness] = [k, d, r].map((count) => Math.max(count * scale, 1)) as [number, number, number];
  const left = NAME_HEIGHT + Math.max(width - NAME_HEIGHT - GAP - w - thickness, 0) / 2;
  const [x, y] = [left + thickness + GAP, NAME_HEIGHT + thickness + GAP];
  const all: Block[] = [
    {name: "dW", tone: "dw", x, y, w, h},
    {name: "B", tone: "b", x: left, y, w: thickness, h},
    {name: "A", tone: "a", x, y: NAME_HEIGHT, w, h: thickness},
  ];
  // As a mark of type rect, ΔW is pale, so that B and A stand out.
  const className = ({name}: Block) => (name === "dW" ? "mark-rect" : "mark-bar");
  join(layer(g, "g", "blocks"), "g", all, {name: className}, (box, block) => {
    const path = layer(box, "path", `block-${block.name}`);
    const [blockWidth, blockHeight] = [rounded(block.w, 2), rounded(block.h, 2)];
    attributes(path, {
      d: `M${rounded(block.x, 2)} ${rounded(block.y, 2)}h${blockWidth}v${blockHeight}h${-blockWidth}z`,
    });
    paint(path, {tone: block.tone});
  });
  const right = x + w - 12;
  const inside: Text[] = [
    {at: [right, y + 36], text: answer, anchor: "end", kind: "answer", tone: "ink"},
    {at: [right, y + 60], text: `ΔW ${whole(d)} × ${whole(k)}`, anchor: "end", tone: "dw"},
  ];
  texts(layer(g, "g", "mark-text"), [
    {at: [x, NAME_HEIGHT - 7], text: `A ${whole(r)} × ${whole(k)}`, tone: "a"},
    {at: [-y, left - 7], text: `B ${whole(d)} × ${whole(r)}`, tone: "b", anchor: "end", isUpright: true},
    ...(w >= WORDS_WIDTH && h >= WORDS_HEIGHT ? inside : []),
  ]);
}
