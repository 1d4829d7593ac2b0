/** Both forges side by side: the adapted matrix, the letters in doubt, and below them any words that each writes. */
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {type Doubts, doubtBar} from "../../../figure/plot/doubtBar.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type WrittenWord, writtenWord} from "../../../figure/plot/text/writtenWord.ts";

export interface ForgeColumn extends Doubts {
  /** The letter of its adapted matrix. */
  letter: string;
  words: readonly WrittenWord[];
}

/** Between the columns. */
export const columnGap = (width: number): number => (width < 400 ? 16 : 28);
/** From these widths on a column has two columns of words, and its letters in doubt beside the matrices instead of below them. */
const [TWO_COLUMNS_FROM, BESIDE_FROM] = [200, 300];
/** Side of a matrix, and the distances from one matrix and from one word to the next. */
const [SIDE, STEP, PITCH] = [20, 34, 34];
/** Height where the letters in doubt are beside the matrices, and where they are below; from there down to any words. */
const [HIGH_BESIDE, HIGH_BELOW, ABOVE_WORDS] = [50, 110, 8];
const columnWidth = (width: number): number => (width - columnGap(width)) / 2;
/** How many of the words there is room for. */
const shownCount = (width: number, count: number): number =>
  columnWidth(width) < TWO_COLUMNS_FROM ? count / 2 : count;

/** The height above the words. */
const heightAbove = (width: number): number => (columnWidth(width) < BESIDE_FROM ? HIGH_BELOW : HIGH_BESIDE);
/** The height of both forges, with this many words, in a picture this wide. */
export const forgesHeight = (width: number, words: number): number =>
  heightAbove(width) + (words ? ABOVE_WORDS + (words / 2) * PITCH : 0);

/** Four matrices; A lies above the adapted one and B at its left. */
function matrices(g: Element, letter: string) {
  const letters = ["q", "k", "v", "o"];
  join(g, "g", letters, {name: (one) => (one === letter ? "matrix adapted" : "matrix")}, (place, one, i) => {
    attributes(place, {transform: `translate(${8 + i * STEP} 8)`});
    attributes(layer(place, "rect", "w0"), {width: SIDE, height: SIDE, rx: 3});
    const parts = one === letter ? ["a", "b"] : [];
    for (const [n, part] of children(layer(place, "g", "factors"), "rect", parts).entries())
      attributes(part, n ? {x: -7, y: 0, width: 5, height: SIDE} : {x: 0, y: -7, width: SIDE, height: 5});
    const name = layer(place, "text", "name");
    attributes(name, {x: SIDE / 2, y: SIDE + 15, "text-anchor": "middle"});
    const [w, index] = children(name, "tspan", ["letter", "index"]);
    put(w!, "W");
    attributes(index!, {dy: 3});
    put(index!, one);
  });
}

/** The bar and number of letters in doubt, with their caption. */
function lettersInDoubt(g: Element, one: ForgeColumn, width: number, isBeside: boolean) {
  doubtBar(g, one, width - 2);
  label(layer(g, "g", "mark-text"), "plain", `of ${fixed(one.was, 1)} letters`, {
    x: width - 2,
    y: isBeside ? 22 : 53,
    anchor: "end",
  });
}

/** A column for each forge. */
export function drawForges(g: Element, columns: readonly ForgeColumn[], {width}: Sheet) {
  const column = columnWidth(width);
  const [isRoomy, isBeside] = [column >= TWO_COLUMNS_FROM, column >= BESIDE_FROM];
  join(g, "g", columns, {name: ({letter}) => `old-over-new forge of-${letter}`}, (box, one, i) => {
    attributes(box, {transform: `translate(${rounded(i * (column + columnGap(width)))} 0)`});
    matrices(group(box, "matrices"), one.letter);
    const [x, y] = isBeside ? [150, 2] : [0, 53];
    lettersInDoubt(group(box, "doubt", x, y), one, column - x, isBeside);
    const top = heightAbove(width) + ABOVE_WORDS;
    const count = shownCount(width, one.words.length);
    each(group(box, "words", 0, top), "g", one.words.slice(0, count), (slot, word, n) => {
      const rows = one.words.length / 2;
      writtenWord(slot, word, isRoomy ? Math.floor(n / rows) * (column / 2) : 0, (n % rows) * PITCH + 28);
    });
  });
}
