import type {Room} from "../../../figure/plot/room.ts";

/** Where everything is, in CSS pixels. */
export interface ForgeLayout {
  width: number;
  height: number;
  /** A slot: its width with the gap after it, its height, and the width of a letter. */
  slot: {width: number; gap: number; height: number; letter: number};
  /** Where the slots begin, and the strips below them; without strips undefined. */
  top: number;
  strips?: number;
  /** How large the letters are. */
  letters: "huge" | "large" | "middling" | "small";
}

/** Words stand in two columns. */
export const WORD_COLUMNS = 2;
const STRIPS = 96;
const NARROW = 414;
/** The widths from which letters are larger; the last one counts only at full size, which is tall enough too. */
const HUGE = 788;
export const sized = ({size}: Room): readonly number[] => (size === "full" ? [NARROW, 524, HUGE] : [NARROW, 524]);
/** The height of a slot with the gap below it. */
const HEIGHTS = {huge: 96, large: 62, middling: 50, small: 40};

/** For this many words of at most this many letters. */
export function forgeLayout(
  {size}: Room,
  width: number,
  {words, longest}: {words: number; longest: number},
): ForgeLayout {
  const isDock = size === "dock";
  const isTold = size === "card" || size === "full";
  const isNarrow = width < NARROW;
  const gap = isDock ? 8 : isNarrow ? 12 : 24;
  const slotWidth = (width - gap * (WORD_COLUMNS - 1)) / WORD_COLUMNS;
  const isHuge = size === "full" && width >= HUGE;
  const letter = Math.min(isHuge ? 36 : 24, (slotWidth - 8) / longest);
  const letters = isHuge ? "huge" : letter >= 22 ? "large" : letter >= 17 && !isNarrow ? "middling" : "small";
  const height = HEIGHTS[letters];
  const top = isDock ? 30 : isNarrow ? 38 : 44;
  const bottom = top + (words / WORD_COLUMNS) * height;
  return {
    ...{width, top, letters, ...(isTold ? {strips: bottom + 14} : {})},
    slot: {width: slotWidth, gap, height, letter},
    height: bottom + (isTold ? 14 + STRIPS : 0),
  };
}
