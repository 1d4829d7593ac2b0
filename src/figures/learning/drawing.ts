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

/** The sizes of entries at which the scales of A and B end. */
const LIMITS = {A: 0.6, B: 0.48};
/** In cells: the height of a row of A, the gap below it, and the width of a column of B. */
const [ROW_HEIGHT, ROW_GAP, COLUMN_WIDTH] = [2.6, 0.4, 1.5];
/** In units: room for the name of A above it and of B below it, and between A and the frozen matrix. */
const [NAME_ABOVE, GAP, NAME_BELOW] = [20, 8, 20];
/** In units: room for the degrees left of A, and for the words left of them. */
const [DEGREES_WIDTH, WORDS_WIDTH] = [34, 90];
/** The most height for a word with the one above it, and how many times as large as in other figures they may be. */
const [MAX_WORD_HEIGHT, MAX_SCALE] = [72, 1.05];
/** Rows lower than this have no room for their degrees. */
const MIN_DEGREES_HEIGHT = 10;

/** An angle: a decimal only below ten degrees. */
export const degreesText = (angle: number): string => `${fixed(angle, angle && angle < 9.95 ? 1 : 0)}°`;

/** The path of the entries of a row of A as bars up and down from its middle; `share` is the width of a bar as a share of a cell. */
function barsPath(row: Float64Array, cell: number, share: number): string {
  const half = (ROW_HEIGHT * cell) / 2;
  const margin = ((1 - share) * cell) / 2;
  return Array.from(row, (entry, i) => {
    const length = Math.max(-half, Math.min((entry / LIMITS.A) * half, half));
    return `M${rounded(i * cell + margin)} ${rounded(half)}v${rounded(-length)}h${rounded(share * cell)}v${rounded(length)}z`;
  }).join("");
}

/** Draws a row of A (k) as bars over those at the start, and a dial with the angle in degrees by which it has turned. */
function drawRow(g: Element, now: Float64Array, start: Float64Array, degrees: number, cell: number) {
  const height = ROW_HEIGHT * cell;
  attributes(layer(g, "rect", "ground"), {width: rounded(now.length * cell), height: rounded(height)});
  attributes(layer(g, "path", "start"), {d: barsPath(start, cell, 0.85)});
  attributes(layer(g, "path", "entries"), {d: barsPath(now, cell, 0.5), "data-glides": ""});
  const R = height / 2;
  const dial = layer(g, "g", "dial");
  attributes(dial, {transform: `translate(${rounded(-GAP - R)} ${rounded(R)})`});
  attributes(layer(dial, "circle", "face"), {r: rounded(R)});
  attributes(layer(dial, "path", "from"), {d: `M0 0h${rounded(R)}`});
  const angle = (degrees * Math.PI) / 180;
  const [x, y] = [rounded(R * Math.cos(angle)), rounded(-R * Math.sin(angle))];
  const wedge = `M0 0h${rounded(R)}A${rounded(R)} ${rounded(R)} 0 0 0 ${x} ${y}z`;
  attributes(layer(dial, "path", "wedge"), {d: wedge, "data-glides": ""});
  attributes(layer(dial, "path", "hand"), {d: `M0 0L${x} ${y}`, "data-glides": ""});
  const text = degrees && height > MIN_DEGREES_HEIGHT ? degreesText(degrees) : "";
  label(dial, "degrees", text, {x: -R - 5, y: 0, anchor: "end", dy: "0.35em"});
}

/** Draws the entries of B (d,r). Their shade is the cube root of their size: the first step, 0.001, would not be seen otherwise. */
function drawB(g: Element, B: Float64Array, r: number, cell: number) {
  each(layer(g, "g", "entries"), "rect", Array.from(B), (one, entry, n) =>
    attributes(one, {
      x: rounded((n % r) * COLUMN_WIDTH * cell),
      y: rounded(Math.floor(n / r) * cell),
      width: rounded(COLUMN_WIDTH * cell - 1),
      height: rounded(cell - 1),
      "fill-opacity": Math.min(Math.cbrt(Math.abs(entry) / LIMITS.B), 1).toFixed(2),
    }),
  );
  const [width, height] = [rounded(r * COLUMN_WIDTH * cell), rounded((B.length / r) * cell)];
  attributes(layer(g, "rect", "frame"), {x: -0.5, y: -0.5, width, height});
}

/** Writes a symbol and words, which end at x. */
function drawName(g: Element, symbol: "A" | "B", words: string, x: number, y: number) {
  const text = layer(g, "text", `symbol-name ${symbol}`);
  attributes(text, {x: rounded(x), y: rounded(y), "text-anchor": "end"});
  write(text, [{symbol, text: symbol}, `: ${words}`], "tspan");
}

/** Draws the words at the left; at the right A above the frozen matrix and B at its left. */
export function drawLearning(
  g: Element,
  {words, untrained, now, start, angles}: LearningResult,
  {width, height}: Sheet,
) {
  const r = angles.length;
  const k = now.A.length / r;
  const cell = Math.min(
    (height - NAME_ABOVE - GAP - NAME_BELOW) / (k + r * (ROW_HEIGHT + ROW_GAP)),
    (width - WORDS_WIDTH - DEGREES_WIDTH - GAP) / (k + r * COLUMN_WIDTH),
  );
  const side = k * cell;
  const left = width - side;
  const rowPitch = (ROW_HEIGHT + ROW_GAP) * cell;
  const top = NAME_ABOVE + r * rowPitch + GAP;
  const columnsLeft = left - GAP - r * COLUMN_WIDTH * cell;
  const wordHeight = Math.min(height / words.length, MAX_WORD_HEIGHT);
  // The words are in the middle of their room, and larger than elsewhere if they have more.
  const room = columnsLeft - DEGREES_WIDTH;
  const scale = rounded(Math.min(room / WORDS_WIDTH, MAX_SCALE));
  each(group(g, "old-over-new", rounded(Math.max(room - WORDS_WIDTH * scale, 0) / 2)), "g", words, (box, word, i) => {
    attributes(box, {transform: `translate(0 ${rounded((i + 0.75) * wordHeight)}) scale(${scale})`});
    writtenWord(box, {before: untrained[i]!, now: word}, 0, 0);
  });
  const row = (A: Float64Array, i: number) => A.subarray(i * k, (i + 1) * k);
  const rowsTop = top - GAP - r * rowPitch;
  each(group(g, "rows-of-a", left, rowsTop), "g", angles, (box, angle, i) => {
    attributes(box, {transform: `translate(0 ${rounded(i * rowPitch)})`});
    drawRow(box, row(now.A, i), row(start.A, i), angle, cell);
  });
  const frozen = group(g, "frozen", left, top);
  attributes(layer(frozen, "rect", "w0"), {width: rounded(side), height: rounded(side), rx: 4});
  label(frozen, "w0-name", "W₀, frozen", {x: side / 2, y: side / 2, anchor: "middle", dy: "0.35em"});
  drawB(group(g, "columns-of-b", columnsLeft, top), now.B, r, cell);
  drawName(g, "A", "its rows turn", width, rowsTop - 7);
  drawName(g, "B", "its columns grow", width, top + side + 15);
}
