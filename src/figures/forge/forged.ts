/** Draws letters in doubt as squares, and eight words in two columns, with the letters that the adapter changes. */
import {attributes, children, each, listen} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import type {ComparedWord} from "./reading.ts";

interface ForgedOptions {
  /** Letters in doubt, by the base and with what was trained. */
  doubt: {off: number; on: number};
  /** Which of the two is written large. */
  now: "off" | "on";
  words: readonly ComparedWord[];
  /** The index of the word with the letter to look at. */
  chosen: number;
  onPick(word: number): void;
}

const COLUMNS = 2;
/** The height above the words, the gap between columns, and the room left and right in a word's box. */
const [TOP, GAP, PADDING] = [46, 16, 6];
/** The most letters of a word, and the largest width of a letter. */
const [MAX_LETTERS, MAX_LETTER_WIDTH] = [11, 26];
/** The height of the tile behind a large letter. */
const TILE_HEIGHT = 24;

/** Draws a square for each letter in doubt: filled those of now, outlined those of the base, and if off, those with the adapter. */
function drawDoubt(g: Element, {doubt, now}: ForgedOptions, width: number) {
  const {off, on} = doubt;
  const isOff = now === "off";
  const box = group(g, "doubt", 0, 20);
  attributes(box, {"data-off": isOff ? "" : null});
  const words = layer(box, "g", "mark-text");
  label(words, "answer", fixed(doubt[now], 1), {x: 0, y: 8});
  label(words, "plain", "letters in doubt", {x: 64, y: 8});
  const left = 172;
  const squareCount = Math.ceil(Math.max(off, on));
  const step = Math.min(18, (width - left) / squareCount);
  const side = step - 3;
  const squares = (count: number, total: number) =>
    Array.from({length: total}, (_, i) => {
      const filledWidth = rounded(side * Math.min(Math.max(count - i, 0), 1));
      return `M${rounded(i * step)} 0h${filledWidth}v${rounded(side)}h${-filledWidth}z`;
    }).join("");
  const rows = group(box, "squares", left, -8);
  attributes(layer(rows, "path", "off-squares"), {d: squares(off, Math.ceil(off))});
  // As many squares in both states, so that the filled part can shrink and grow.
  attributes(layer(rows, "path", "now-squares"), {d: squares(doubt[now], squareCount), "data-glides": ""});
  attributes(layer(rows, "path", "on-squares"), {d: isOff ? squares(on, Math.ceil(on)) : ""});
  // Below the squares, the number that the large one is compared with.
  const comparison = isOff ? `${fixed(on, 1)} with the adapter` : `${fixed(off, 1)} off`;
  label(words, "compared", comparison, {x: left, y: side + 7});
}

/**
 * Draws a word letter by letter, each in the middle of its place, and returns its group. If it was written with the adapter, the
 * letters that differ from the base's are on tiles.
 */
function drawWord(
  g: Element,
  name: "off" | "on",
  {[name]: word, changed}: ComparedWord,
  isLarge: boolean,
  letterWidth: number,
) {
  const box = layer(g, "g", name);
  const isChanged = (i: number) => name === "on" && changed[i];
  attributes(box, {"data-large": isLarge ? "" : null});
  const letters = Array.from(word || "·", (text, i) => ({
    at: [PADDING + (i + 0.5) * letterWidth, 0] as const,
    text,
    anchor: "middle" as const,
    kind: isChanged(i) ? "letter changed" : "letter",
  }));
  const tiles = isLarge ? letters.filter((_, i) => isChanged(i)) : [];
  const tileWidth = rounded(letterWidth - 2);
  each(layer(box, "g", "tiles"), "path", tiles, (tile, {at: [x]}) =>
    attributes(tile, {
      d: `M${rounded(x - tileWidth / 2)} ${-0.76 * TILE_HEIGHT}h${tileWidth}v${TILE_HEIGHT}h${-tileWidth}z`,
    }),
  );
  texts(layer(box, "g", "letters"), letters);
  return box;
}

/** Draws the letters in doubt, and the words: large as they are written now, small above it as they are otherwise. */
export function drawForged(g: Element, options: ForgedOptions, {width, height}: Sheet) {
  const {words, chosen, now, onPick} = options;
  drawDoubt(g, options, width);
  const rows = words.length / COLUMNS;
  const pitch = (height - TOP) / rows;
  const slotWidth = (width - GAP * (COLUMNS - 1)) / COLUMNS;
  const letterWidth = Math.min(MAX_LETTER_WIDTH, (slotWidth - 2 * PADDING) / MAX_LETTERS);
  const names = words.map((_, i) => (i === chosen ? "slot chosen" : "slot"));
  for (const [i, slot] of children(group(g, "slots"), "g", names).entries()) {
    const [x, y] = [Math.floor(i / rows) * (slotWidth + GAP), TOP + (i % rows) * pitch];
    attributes(slot, {transform: `translate(${rounded(x)} ${rounded(y)})`});
    const size = {width: rounded(slotWidth - 1), height: rounded(pitch - 4)};
    attributes(layer(slot, "rect", "ground"), {x: 0.5, y: 1, rx: 4, ...size});
    // The style sheet delays each word's change a little more than that of the one before.
    (slot as HTMLElement).style.setProperty("--turn", String(i));
    for (const name of ["off", "on"] as const) {
      const isLarge = name === now;
      const word = drawWord(slot, name, words[i]!, isLarge, letterWidth);
      attributes(word, {transform: `translate(0 ${rounded((isLarge ? 0.8 : 0.34) * (pitch - 4))})`, "data-glides": ""});
    }
    const cells = layer(slot, "rect", "cells");
    attributes(cells, size);
    listen(cells, "click", () => onPick(i));
  }
}
