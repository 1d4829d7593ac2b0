/** Three ways side by side: where the new part is on the road of x, how unsure the forge is, what it writes, what it costs. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {type Doubts, doubtBar} from "../../../figure/plot/doubtBar.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {type WrittenWord, writtenWord} from "../../../figure/plot/text/writtenWord.ts";
import {drawRoad, ROAD, type RoadPart} from "./road.ts";

export interface WayColumn extends Doubts {
  way: RoadPart;
  name: string;
  /** "eight places in front" */
  part: string;
  words: readonly WrittenWord[];
  /** What it costs each time it is used: in words, and as units of which some are new. */
  cost: string;
  units: readonly boolean[];
  isMerged: boolean;
}

const GAP = 24;
/** Where columns stand side by side, and where they stand one below the other: the height of one, and words in a line. */
const BESIDE = ROAD + 240;
const BELOW = 128;

export const columnsHeight = (frame: Frame): number => (frame === "wide" ? BESIDE : 3 * BELOW - 8);

/** A prefix is worse than nothing at first, by less than this. */
const WORSE = 1.12;

/** How unsure it is, and the words for that. */
function unsure(g: Element, one: WayColumn, width: number, isBelow: boolean) {
  doubtBar(g, one, width, WORSE);
  const before = fixed(one.was, 1);
  const said = layer(g, "g", "mark-text");
  label(said, "plain", "letters in doubt", {x: 64, y: 22});
  label(said, "plain tick", isBelow ? `${before} before` : `of ${before}`, {x: width, y: 22, anchor: "end"});
}

function units(g: Element, all: readonly boolean[], step: number) {
  join(g, "rect", all, {name: (isNew) => (isNew ? "unit new" : "unit")}, (cell, isNew, i) => {
    attributes(cell, {x: i * step, y: isNew ? 0 : 4, width: step - 2, height: isNew ? 16 : 8});
  });
}

/** A road and two words have place in a slide; of what is lower, words alone. */
const LOW_ROAD = 246;

function column(g: Element, one: WayColumn, width: number, height: number) {
  const isLow = height < BESIDE;
  const hasRoad = height >= LOW_ROAD;
  label(g, "way", one.name, {x: 0, y: 14});
  label(g, "part", isLow && hasRoad ? "" : one.part, {x: 0, y: 32});
  const start = isLow ? 22 : 40;
  const road = group(g, "road", 0, start);
  if (hasRoad) drawRoad(road, one.way, one.isMerged, width);
  else road.replaceChildren();
  const top = start + (hasRoad ? ROAD : 14);
  unsure(group(g, "doubt", 0, top), one, width, false);
  const shown = isLow ? one.words.slice(0, 2) : one.words;
  each(group(g, "words", 0, top + (isLow ? 38 : 44)), "g", shown, (slot, word, n) =>
    writtenWord(slot, word, (n % 2) * (width / 2), Math.floor(n / 2) * 36 + 30),
  );
  const foot = top + (isLow ? 90 : 172);
  label(g, "cost", one.cost, {x: 0, y: foot});
  units(group(g, "units", 0, foot + 8), one.units, 9);
}

/** Without the road, which has no room; in a dock without words, too. */
function line(g: Element, one: WayColumn, width: number, pitch: number) {
  const isLow = pitch < BELOW;
  label(g, "way", one.name, {x: 0, y: 14});
  label(g, "part", isLow ? "" : one.part, {x: width, y: 14, anchor: "end"});
  group(g, "road").replaceChildren();
  unsure(group(g, "doubt", 0, isLow ? 16 : 20), one, width, true);
  const shown = isLow ? [] : one.words.slice(0, 3);
  each(group(g, "words", 0, 56), "g", shown, (slot, word, n) => writtenWord(slot, word, (n * width) / 3, 30));
  label(g, "cost", one.cost, isLow ? {x: width, y: 14, anchor: "end"} : {x: 0, y: 108});
  units(group(g, "units", rounded(width - 6.5 * one.units.length), 96), isLow ? [] : one.units, 6.5);
}

export function drawWays(g: Element, columns: readonly WayColumn[], {frame, width, height}: Sheet) {
  const isWide = frame === "wide";
  const wide = isWide ? (width - GAP * (columns.length - 1)) / columns.length : width;
  const pitch = Math.min(BELOW, (height + 8) / columns.length);
  join(g, "g", columns, {name: ({way}) => `old-over-new way-of of-${way}`}, (box, one, i) => {
    attributes(box, {
      transform: `translate(${isWide ? rounded(i * (wide + GAP)) : 0} ${isWide ? 0 : rounded(i * pitch)})`,
    });
    if (isWide) column(box, one, wide, height);
    else line(box, one, wide, pitch);
  });
}
