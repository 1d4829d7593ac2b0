import type {Room} from "../../../figure/plot/room.ts";

/** Where the parts of the picture stand, in CSS pixels. */
export interface QuestionLayout {
  /** Left of the profile of b, of the columns and of what stands at the right, or for fans at the left; and their widths. */
  profile: {left: number; width: number};
  columns: {left: number; width: number; step: number};
  right: {left: number; width: number};
  /** The bars of the replies: from their top, over their line at 0 if all are above it, to the names below. */
  bars: {top: number; bottom: number};
  /** The line of the names, and the top and the step of the rows. */
  names: number;
  rows: {top: number; step: number; tokens: readonly (number | undefined)[]};
  /** What each token is called. */
  called: readonly string[];
  height: number;
  isNarrow: boolean;
}

/** A picture that is less wide has less room between its parts. */
export const NARROW_QUESTION = 440;
const NAME = 29;
/** What the fans of all runs have at the left. */
const FANS = {wide: 0.635, narrow: 0.48};
const GAP = {wide: 18, narrow: 8};
/** The widest column of the picture. */
const widestOf = ({size}: Room): number => (size === "full" ? 60 : 44);

type Ends = readonly [first: number, last: number];
type Ofs = Readonly<Record<Room["size"], Ends>>;

/**
 * The rows that there is room for: tokens that are lifted most and least, with an empty row where some are left out. A token
 * that is named in words is always among them, and the number of rows stays the same.
 */
function rowsFor({order, named}: Framed, {size}: Room, isNarrow: boolean): readonly (number | undefined)[] {
  const all: Ends = [order.length, 0];
  const card: Ends = isNarrow ? [10, 5] : [12, 6];
  const [first, last] = ({dock: [5, 3], slide: [5, 4], card, full: all} satisfies Ofs)[size];
  if (first === order.length) return order;
  const at = named === undefined ? -1 : order.indexOf(named);
  if (at < first || at >= order.length - last) return [...order.slice(0, first), undefined, ...order.slice(-last)];
  return [...order.slice(0, first - 1), undefined, order[at], undefined, ...order.slice(1 - last)];
}

const stepOf = ({size}: Room, isNarrow: boolean): number =>
  size === "full" ? 15 : size === "card" && !isNarrow ? 17 : 14;
const barsOf = ({size}: Room): number => (size === "dock" ? 40 : size === "full" ? 96 : size === "slide" ? 56 : 72);

/** Columns, tokens in their order, and the one that the sentence names; `hasFans` for all runs, whose fans are at the left, where one run has its answer. */
export interface Framed {
  columns: number;
  order: readonly number[];
  named?: number;
  called: readonly string[];
  hasFans: boolean;
}

/** The picture's frame for a width, so many columns, and the tokens in their order. */
export function questionLayout(room: Room, width: number, framed: Framed): QuestionLayout {
  const {columns, called, hasFans} = framed;
  const isNarrow = width < NARROW_QUESTION;
  const gap = isNarrow ? GAP.narrow : GAP.wide;
  const tokens = rowsFor(framed, room, isNarrow);
  const fans = hasFans ? Math.round(width * FANS[isNarrow ? "narrow" : "wide"]) : 0;
  const profile = hasFans ? 0 : Math.round(isNarrow ? 42 : width * 0.14);
  const least = hasFans ? fans : Math.round(width * (isNarrow ? 0.33 : 0.3));
  const free = width - NAME - profile - (hasFans ? gap / 2 : 2 * gap) - least;
  const step = Math.min(free / columns, widestOf(room));
  const left = hasFans ? fans + NAME + gap / 2 : NAME + profile + gap;
  const right = hasFans ? 0 : left + step * columns + gap;
  const [top, deep] = [isNarrow || room.size === "dock" ? 16 : 18, stepOf(room, isNarrow)];
  const bottom = top + barsOf(room);
  const names = bottom + 15;
  const first = names + 9;
  return {
    profile: {left: hasFans ? left : NAME, width: profile},
    columns: {left, width: step * columns, step},
    right: {left: right, width: hasFans ? fans : width - right},
    bars: {top, bottom},
    names,
    rows: {top: first, step: deep, tokens},
    height: first + tokens.length * deep + 2,
    ...{isNarrow, called},
  };
}

/** Bars of one profile as a path: one for each row, from a middle line, `scale` pixels for a push of 1. */
export function profilePath(pushes: readonly number[], {rows}: QuestionLayout, scale: number, share = 0.78): string {
  const deep = rows.step * share;
  return rows.tokens
    .map((token, i) => {
      if (token === undefined) return "";
      const length = Number((pushes[token]! * scale).toFixed(1));
      const y = Number((rows.top + i * rows.step + (rows.step - deep) / 2).toFixed(1));
      return length === 0 ? "" : `M0 ${y}H${length}v${Number(deep.toFixed(1))}H0z`;
    })
    .join("");
}

export const middleOf = ({rows}: QuestionLayout, i: number): number => rows.top + (i + 0.5) * rows.step;
export const bottomOf = ({rows}: QuestionLayout): number => rows.top + rows.tokens.length * rows.step;
