/** Words, and A and B beside the frozen matrix, as a run has changed them so far. */
import {attributes, each} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {writtenWord} from "../../figure/plot/text/writtenWord.ts";
import type {LearningResult} from "./model.ts";

/** The entries at which the scales of A and B end. */
const LIMITS = {A: 0.6, B: 0.48};
/** In cells: a row of A, the gap below it, and a column of B. */
const [ROW, SPACE, COLUMN] = [2.6, 0.4, 1.5];
/** In units: above A, between A and the frozen matrix, below B; left of A for the degrees, and left of them for the words. */
const [ABOVE, GAP, BELOW, DEGREES, WORDS] = [20, 8, 20, 34, 90];
/** The most room for a word with the one above it, and how many times as large as in other figures they may be. */
const [WORD_PITCH, LARGEST] = [72, 1.05];
/** Rows lower than this have no room for their degrees. */
const LINE = 10;

/** An angle: a decimal only below ten degrees. */
export const degreesText = (angle: number): string => `${fixed(angle, angle && angle < 9.95 ? 1 : 0)}°`;

/** Bars up and down from the middle of a row. */
function bars(row: Float64Array, cell: number, share: number): string {
  const half = (ROW * cell) / 2;
  const spare = ((1 - share) * cell) / 2;
  return Array.from(row, (entry, i) => {
    const high = Math.max(-half, Math.min((entry / LIMITS.A) * half, half));
    return `M${rounded(i * cell + spare)} ${rounded(half)}v${rounded(-high)}h${rounded(share * cell)}v${rounded(high)}z`;
  }).join("");
}

/** A row of A (k) as bars above its first bars, and a dial with the angle in degrees by which it has turned. */
function drawRow(g: Element, now: Float64Array, start: Float64Array, turned: number, cell: number) {
  const high = ROW * cell;
  attributes(layer(g, "rect", "ground"), {width: rounded(now.length * cell), height: rounded(high)});
  attributes(layer(g, "path", "began"), {d: bars(start, cell, 0.85)});
  attributes(layer(g, "path", "entries"), {d: bars(now, cell, 0.5), "data-glides": ""});
  const R = high / 2;
  const dial = layer(g, "g", "dial");
  attributes(dial, {transform: `translate(${rounded(-GAP - R)} ${rounded(R)})`});
  attributes(layer(dial, "circle", "face"), {r: rounded(R)});
  attributes(layer(dial, "path", "from"), {d: `M0 0h${rounded(R)}`});
  const angle = (turned * Math.PI) / 180;
  const [x, y] = [rounded(R * Math.cos(angle)), rounded(-R * Math.sin(angle))];
  const wedge = `M0 0h${rounded(R)}A${rounded(R)} ${rounded(R)} 0 0 0 ${x} ${y}z`;
  attributes(layer(dial, "path", "wedge"), {d: wedge, "data-glides": ""});
  attributes(layer(dial, "path", "hand"), {d: `M0 0L${x} ${y}`, "data-glides": ""});
  const words = turned && high > LINE ? degreesText(turned) : "";
  label(dial, "degrees", words, {x: -R - 5, y: 0, anchor: "end", dy: "0.35em"});
}

/** The entries of B (d,r). Their shade is the cube root of their size: the first step, 0.001, would not be seen otherwise. */
function drawB(g: Element, B: Float64Array, r: number, cell: number) {
  each(layer(g, "g", "entries"), "rect", Array.from(B), (one, entry, n) =>
    attributes(one, {
      x: rounded((n % r) * COLUMN * cell),
      y: rounded(Math.floor(n / r) * cell),
      width: rounded(COLUMN * cell - 1),
      height: rounded(cell - 1),
      "fill-opacity": Math.min(Math.cbrt(Math.abs(entry) / LIMITS.B), 1).toFixed(2),
    }),
  );
  const [width, height] = [rounded(r * COLUMN * cell), rounded((B.length / r) * cell)];
  attributes(layer(g, "rect", "frame"), {x: -0.5, y: -0.5, width, height});
}

/** A symbol and words, which end at the drawing's right edge. */
function named(g: Element, symbol: "A" | "B", words: string, x: number, y: number) {
  const text = layer(g, "text", `named ${symbol}`);
  attributes(text, {x: rounded(x), y: rounded(y), "text-anchor": "end"});
  write(text, [{symbol, text: symbol}, `: ${words}`], "tspan");
}

/** Draws the words at the left; at the right A above the frozen matrix and B at its left, with words on both. */
export function drawLearned(
  g: Element,
  {words, untrained, now, start, turned}: LearningResult,
  said: Readonly<Record<"A" | "B", string>>,
  {width, height}: Sheet,
) {
  const r = turned.length;
  const k = now.A.length / r;
  const cell = Math.min(
    (height - ABOVE - GAP - BELOW) / (k + r * (ROW + SPACE)),
    (width - WORDS - DEGREES - GAP) / (k + r * COLUMN),
  );
  const side = k * cell;
  const left = width - side;
  const top = ABOVE + r * (ROW + SPACE) * cell + GAP;
  const pitch = Math.min(height / words.length, WORD_PITCH);
  // Larger than elsewhere where there is room.
  const room = left - GAP - r * COLUMN * cell - DEGREES;
  const scale = rounded(Math.min(room / WORDS, LARGEST));
  // In the middle of the room that they have.
  each(group(g, "old-over-new", rounded(Math.max(room - WORDS * scale, 0) / 2)), "g", words, (box, word, i) => {
    attributes(box, {transform: `translate(0 ${rounded((i + 0.75) * pitch)}) scale(${scale})`});
    writtenWord(box, {before: untrained[i]!, now: word}, 0, 0);
  });
  const row = (A: Float64Array, i: number) => A.subarray(i * k, (i + 1) * k);
  const first = top - GAP - r * (ROW + SPACE) * cell;
  each(group(g, "rows-of-a", left, first), "g", turned, (box, angle, i) => {
    attributes(box, {transform: `translate(0 ${rounded(i * (ROW + SPACE) * cell)})`});
    drawRow(box, row(now.A, i), row(start.A, i), angle, cell);
  });
  const frozen = group(g, "frozen", left, top);
  attributes(layer(frozen, "rect", "kept"), {width: rounded(side), height: rounded(side), rx: 4});
  label(frozen, "kept-name", "W₀, frozen", {x: side / 2, y: side / 2, anchor: "middle", dy: "0.35em"});
  drawB(group(g, "columns-of-b", left - GAP - r * COLUMN * cell, top), now.B, r, cell);
  named(g, "A", said.A, width, first - 7);
  named(g, "B", said.B, width, top + side + 15);
}
