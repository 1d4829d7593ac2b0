/** Letters in doubt as squares, and eight words in two columns, with the letters that the adapter changes. */
import {attributes, children, each, listen} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import type {ComparedWord} from "./reading.ts";

export interface Forged {
  /** Letters in doubt, by the base and with what was trained. */
  doubt: {off: number; on: number};
  now: "off" | "on";
  words: readonly ComparedWord[];
  /** The word with the letter to look at. */
  chosen: number;
  onPick(word: number): void;
}

const COLUMNS = 2;
/** The height above the words, the gap between columns, and the room left and right in a word's box. */
const [TOP, GAP, SPARE] = [46, 16, 6];
/** The most letters of a word, and the greatest width of one. */
const [LONGEST, LETTER] = [11, 26];
/** The height of a large letter with its tile, twice. */
const TALL = 48;

/** A square for each letter in doubt: filled now, outlined for the base, and off outlined for those that stay with the adapter. */
function drawDoubt(g: Element, {doubt, now}: Forged, width: number) {
  const {off, on} = doubt;
  const isOff = now === "off";
  const box = group(g, "doubt", 0, 20);
  attributes(box, {"data-off": isOff ? "" : null});
  const words = layer(box, "g", "mark-text");
  label(words, "answer", fixed(doubt[now], 1), {x: 0, y: 8});
  label(words, "plain", "letters in doubt", {x: 64, y: 8});
  const left = 172;
  const most = Math.ceil(Math.max(off, on));
  const step = Math.min(18, (width - left) / most);
  const side = step - 3;
  const squares = (count: number, total: number) =>
    Array.from({length: total}, (_, i) => {
      const wide = rounded(side * Math.min(Math.max(count - i, 0), 1));
      return `M${rounded(i * step)} 0h${wide}v${rounded(side)}h${-wide}z`;
    }).join("");
  const rows = group(box, "squares", left, -8);
  attributes(layer(rows, "path", "was"), {d: squares(off, Math.ceil(off))});
  // As many squares in both states, so that the filled part can shrink and grow.
  attributes(layer(rows, "path", "is"), {d: squares(doubt[now], most), "data-glides": ""});
  attributes(layer(rows, "path", "stays"), {d: isOff ? squares(on, Math.ceil(on)) : ""});
  // Below the squares, the number that the large one is compared with.
  const compared = isOff ? `${fixed(on, 1)} with the adapter` : `${fixed(off, 1)} off`;
  label(words, "compared", compared, {x: left, y: side + 7});
}

/**
 * A word letter by letter, each in the middle of its place: large where it is written now, else small above it. What was trained
 * has the letters that it changed on tiles.
 */
function drawWord(
  g: Element,
  name: "off" | "on",
  {[name]: word, changed}: ComparedWord,
  isLarge: boolean,
  letter: number,
) {
  const box = layer(g, "g", name);
  const isChanged = (i: number) => name === "on" && changed[i];
  attributes(box, {"data-large": isLarge ? "" : null});
  const letters = Array.from(word || "·", (text, i) => ({
    at: [SPARE + (i + 0.5) * letter, 0] as const,
    text,
    anchor: "middle" as const,
    kind: isChanged(i) ? "letter changed" : "letter",
  }));
  const tiles = isLarge ? letters.filter((_, i) => isChanged(i)) : [];
  const wide = rounded(letter - 2);
  each(layer(box, "g", "tiles"), "path", tiles, (tile, {at: [x]}) =>
    attributes(tile, {d: `M${rounded(x - wide / 2)} ${-0.38 * TALL}h${wide}v${TALL / 2}h${-wide}z`}),
  );
  texts(layer(box, "g", "letters"), letters);
  return box;
}

/** Letters in doubt, and the words. */
export function drawForged(g: Element, forged: Forged, {width, height}: Sheet) {
  const {words, chosen, now, onPick} = forged;
  drawDoubt(g, forged, width);
  const rows = words.length / COLUMNS;
  const pitch = (height - TOP) / rows;
  const wide = (width - GAP * (COLUMNS - 1)) / COLUMNS;
  const letter = Math.min(LETTER, (wide - 2 * SPARE) / LONGEST);
  const names = words.map((_, i) => (i === chosen ? "slot chosen" : "slot"));
  for (const [i, slot] of children(group(g, "slots"), "g", names).entries()) {
    const [x, y] = [Math.floor(i / rows) * (wide + GAP), TOP + (i % rows) * pitch];
    attributes(slot, {transform: `translate(${rounded(x)} ${rounded(y)})`});
    const size = {width: rounded(wide - 1), height: rounded(pitch - 4)};
    attributes(layer(slot, "rect", "ground"), {x: 0.5, y: 1, rx: 4, ...size});
    // One word turns after the other.
    (slot as HTMLElement).style.setProperty("--turn", String(i));
    for (const name of ["off", "on"] as const) {
      const isLarge = name === now;
      const word = drawWord(slot, name, words[i]!, isLarge, letter);
      attributes(word, {transform: `translate(0 ${rounded((isLarge ? 0.8 : 0.34) * (pitch - 4))})`, "data-glides": ""});
    }
    const cells = layer(slot, "rect", "cells");
    attributes(cells, size);
    listen(cells, "click", () => onPick(i));
  }
}
