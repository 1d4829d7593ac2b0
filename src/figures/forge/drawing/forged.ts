/** Letters in doubt as squares, and eight words in two columns, with the letters that the adapter changes. */
import {attributes, children, each, listen} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {texts} from "../../../figure/plot/text/texts.ts";
import {drawStrips, STRIPS, type Strips} from "./strips.ts";

/** A word as it is written now, and the word that the same draws give with the adapter switched the other way. */
interface ForgedWord {
  now: string;
  other: string;
  /** The adapter wrote `now`; otherwise it wrote `other`. */
  isOn: boolean;
  /** For each letter of `now`, whether it differs from the base's. */
  changed: readonly boolean[];
}

export interface Forged {
  /** Letters in doubt off and now; off it is slate, and outlined as far as it stays with the adapter on. */
  doubt: {off: number; now: number; on: number; isOff: boolean};
  words: readonly ForgedWord[];
  /** The word with the letter to look at, counted from 1. */
  chosen: number;
  /** The length of the longest word. */
  longest: number;
  strips: Strips;
  onPick(word: number): void;
}

const COLUMNS = 2;
/** Above the words, between the words and the strips, and left and right in a word's box. */
const [TOP, GAP, SPARE] = [46, 14, 6];
/** The height of a word with the gap below it. */
const PITCHES: Readonly<Record<Frame, number>> = {narrow: 46, mid: 44, wide: 56};

/** The height of the whole picture with this many words. */
export const forgedHeight = (frame: Frame, words: number): number =>
  TOP + (words / COLUMNS) * PITCHES[frame] + GAP + STRIPS;

/** A square for each letter in doubt of the base, or of now if that is more; filled as many as are in doubt now, outlined when off those that stay. */
function drawDoubt(g: Element, {off, now, on, isOff}: Forged["doubt"], width: number) {
  const box = group(g, "doubt", 0, 20);
  attributes(box, {"data-off": isOff ? "" : null});
  const words = layer(box, "g", "mark-text");
  label(words, "answer", fixed(now, 1), {x: 0, y: 8});
  label(words, "plain", "letters in doubt", {x: 64, y: 8});
  const left = 172;
  const most = Math.ceil(Math.max(off, now));
  const step = Math.min(18, (width - left) / most);
  const side = step - 3;
  const part = (all: number, i: number) => rounded(side * Math.min(Math.max(all - i, 0), 1));
  each(group(box, "squares", left, -8), "g", Array.from({length: most}), (square, _, i) => {
    attributes(square, {transform: `translate(${rounded(i * step)} 0)`});
    for (const [name, all] of [["was", off] as const, ["is", now] as const, ["stays", isOff ? on : 0] as const])
      attributes(layer(square, "rect", name), {width: part(all, i), height: rounded(side)});
  });
  // Below the squares, the number that the large one is compared with.
  label(words, "on", isOff ? `${fixed(on, 1)} with the adapter` : "", {x: left, y: side + 7});
  const end = left + off * step - 3;
  label(words, "off", isOff ? "" : `${fixed(off, 1)} off`, {x: end, y: side + 7, anchor: "end"});
}

/** A word letter by letter, each in the middle of its place. */
function spelled(g: Element, name: string, word: string, y: number, letter: number, bold: readonly boolean[] = []) {
  const box = layer(g, "g", name);
  texts(
    box,
    Array.from(word, (text, i) => ({
      ...{at: [SPARE + (i + 0.5) * letter, y], text, anchor: "middle"},
      kind: bold[i] ? "letter changed" : "letter",
    })),
  );
}

/** What is written now, with its changed letters on tiles; above it, small, the word that it is compared with. */
function drawWord(g: Element, {now, other, isOn, changed: differ}: ForgedWord, high: number, letter: number) {
  const base = high - 0.24 * high;
  const tall = 0.5 * high;
  const changed = differ.flatMap((is, i) => (is ? [i] : []));
  const place = (i: number) => rounded(SPARE + i * letter + 1);
  each(layer(g, "g", "tiles"), "path", changed, (tile, i) =>
    attributes(tile, {
      d: `M${place(i)} ${rounded(base - 0.76 * tall)}h${rounded(letter - 2)}v${tall}h${rounded(2 - letter)}z`,
    }),
  );
  const line = changed.map((i) => `M${place(i)} ${rounded(base + 0.24 * tall)}h${rounded(letter - 2)}`).join("");
  attributes(layer(g, "path", "underline"), {d: line || null});
  attributes(layer(g, "g", "other"), {"data-of": isOn ? "off" : "on"});
  spelled(g, "other", other, base - 0.76 * tall - 3, letter);
  spelled(g, "written", now, base, letter, differ);
}

/** Letters in doubt, the words, and the chances of one letter of the chosen word. A low sheet leaves the chances out. */
export function drawForged(g: Element, forged: Forged, {frame, width, height}: Sheet) {
  const {words, chosen, longest, onPick} = forged;
  drawDoubt(g, forged.doubt, width);
  const rows = words.length / COLUMNS;
  const hasStrips = height >= forgedHeight(frame, words.length) - 1;
  const pitch = hasStrips ? PITCHES[frame] : Math.min((height - TOP) / rows, PITCHES.wide);
  const gap = frame === "narrow" ? 12 : 24;
  const wide = (width - gap * (COLUMNS - 1)) / COLUMNS;
  const letter = Math.min(26, (wide - 2 * SPARE) / longest);
  const box = group(g, "slots");
  attributes(box, {"data-letters": letter > 22 ? "large" : letter > 17 ? "middling" : "small"});
  const names = words.map((_, i) => (hasStrips && i + 1 === chosen ? "slot chosen" : "slot"));
  for (const [i, slot] of children(box, "g", names).entries()) {
    const word = words[i]!;
    const [x, y] = [Math.floor(i / rows) * (wide + gap), TOP + (i % rows) * pitch];
    attributes(slot, {transform: `translate(${rounded(x)} ${rounded(y)})`});
    const size = {width: rounded(wide - 1), height: rounded(pitch - 4)};
    attributes(layer(slot, "rect", "ground"), {x: 0.5, y: 1, rx: 4, ...size});
    drawWord(slot, word, pitch - 4, letter);
    label(slot, "none", word.now || word.other ? "" : "·", {x: SPARE + 4, y: pitch / 2});
    const cells = layer(slot, "rect", "cells");
    attributes(cells, size);
    listen(cells, "click", () => onPick(i + 1));
  }
  const [strips] = children(g, "g", ["doubt", "slots", ...(hasStrips ? ["strips"] : [])]).slice(2);
  if (strips) drawStrips(g, forged.strips, width, TOP + rows * pitch + GAP);
}
