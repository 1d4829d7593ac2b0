import type {Room} from "../../../figures/room.ts";

/** Where everything is, in CSS pixels. */
export interface Frame {
  width: number;
  height: number;
  columns: number;
  /** A slot: its width with the gap after it, its height, and the width of a letter. */
  slot: {width: number; gap: number; height: number; letter: number};
  /** Where the slots begin, and the strips below them; without strips undefined. */
  top: number;
  strips?: number;
  /** How large the letters are. */
  letters: "large" | "middling" | "small";
}

const NARROW = 440;
const STRIPS = 96;

/** For this many words of at most this many letters. */
export function frameOf({size}: Room, width: number, {words, longest}: {words: number; longest: number}): Frame {
  const isDock = size === "dock";
  const columns = width < NARROW && !isDock ? 1 : 2;
  const gap = isDock ? 8 : 24;
  const slotWidth = (width - gap * (columns - 1)) / columns;
  const letter = Math.min(24, (slotWidth - 8) / longest);
  const letters = letter >= 22 ? "large" : letter >= 17 ? "middling" : "small";
  const height = {large: width > NARROW ? 62 : 58, middling: 50, small: 40}[letters];
  const top = isDock ? 30 : 44;
  const bottom = top + (words / columns) * height;
  const hasStrips = size === "card" || size === "full";
  const strips = hasStrips ? {strips: bottom + 14} : {};
  return {
    ...{width, columns, top, letters, ...strips},
    slot: {width: slotWidth, gap, height, letter},
    height: bottom + (hasStrips ? 14 + STRIPS : 0),
  };
}
