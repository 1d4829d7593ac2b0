import type {KeptValues} from "../kept/entries.ts";

/** How well a reader knew the answer. */
export type Grade = "again" | "partly" | "knew";

/**
 * Days until an item comes again. The gap after a grade is the same every time: in the studies pooled by Latimier, Peyre and
 * Ramus (2021) growing gaps did no better than even ones.
 */
export const gaps: Readonly<Record<Grade, number>> = {again: 0, partly: 1, knew: 7};

/** Milliseconds of a day. */
const DAY = 86_400_000;

/** The hour at which a day ends: someone who is still up at one has not yet slept on what they learned. */
const DAY_END_HOUR = 4;

/** The day by the reader's own clock, in any time zone, counted from 1 January 1970. */
export const dayOf = (now: Date): number =>
  Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - (now.getHours() < DAY_END_HOUR ? 1 : 0)) / DAY;

/**
 * Days until the item is due; 0 when it is. The last grade may carry a later date than today, after a flight west or when
 * the clock was set back: one day ahead is waited for, with more the item is due.
 */
export const daysUntilDue = ({on, gap}: KeptValues["review"], today: number): number =>
  gap === 0 || on > today + 1 ? 0 : Math.max(0, on + gap - today);

/** "in this sitting", "tomorrow", "in 7 days". */
export const gapText = (gap: number): string =>
  gap === 0 ? "in this sitting" : gap === 1 ? "tomorrow" : `in ${gap} days`;
