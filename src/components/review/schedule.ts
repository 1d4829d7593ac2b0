import type {Kept} from "../kept/entries.ts";

export type Grade = "again" | "partly" | "knew";

/**
 * Days until an item comes again. The gap after a grade is the same every time: in the studies pooled by Latimier, Peyre and
 * Ramus (2021) growing gaps did no better than even ones.
 */
export const gaps: Readonly<Record<Grade, number>> = {again: 0, partly: 1, knew: 7};

const DAY = 86_400_000;

/** The hour at which a day ends: who is still up at one has not slept over what they learned. */
const ENDS = 4;

/** The day by the reader's own clock, wherever they are, counted from 1 January 1970. */
export const dayOf = (now: Date): number =>
  Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - (now.getHours() < ENDS ? 1 : 0)) / DAY;

/**
 * Days until the item is due; 0 when it is. A day that has not come is that of a reader who flew west, or of a clock that was
 * set back: one is waited for, of more the item is due.
 */
export const dueIn = ({on, gap}: Kept["review"], today: number): number =>
  gap === 0 || on > today + 1 ? 0 : Math.max(0, on + gap - today);

/** "in this sitting", "tomorrow", "in 7 days". */
export const gapText = (gap: number): string =>
  gap === 0 ? "in this sitting" : gap === 1 ? "tomorrow" : `in ${gap} days`;

export interface Item {
  id: string;
  chapter: string;
}

/** An order that differs from day to day and is the same all day: FNV-1a, and the last mixing of MurmurHash3. */
function draw(id: string, today: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${today} ${id}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same items, each followed by the next one of another chapter where there is one left. */
function mixed(items: readonly Item[]): Item[] {
  const left = [...items];
  const out: Item[] = [];
  while (left.length) {
    const last = out.at(-1)?.chapter;
    const at = left.findIndex(({chapter}) => chapter !== last);
    out.push(...left.splice(Math.max(at, 0), 1));
  }
  return out;
}

/**
 * The items of one sitting, at most `size`: those that are due first, the longest overdue foremost, then ones never graded.
 * Within each part chapters take turns.
 */
export function sitting(
  items: readonly Item[],
  reviewed: (id: string) => Kept["review"] | undefined,
  today: number,
  size: number,
): {due: readonly Item[]; fresh: readonly Item[]} {
  const seen = items.flatMap((item) => {
    const last = reviewed(item.id);
    return last ? [{item, last}] : [];
  });
  const due = seen
    .filter(({last}) => dueIn(last, today) === 0)
    .sort((a, b) => a.last.on + a.last.gap - b.last.on - b.last.gap || draw(a.item.id, today) - draw(b.item.id, today))
    .map(({item}) => item)
    .slice(0, size);
  const fresh = items
    .filter(({id}) => !reviewed(id))
    .sort((a, b) => draw(a.id, today) - draw(b.id, today))
    .slice(0, size - due.length);
  return {due: mixed(due), fresh: mixed(fresh)};
}

/** How a sitting goes: what is still to be asked, and of what was asked the days until it comes again. */
export interface Sitting {
  queue: string[];
  outcome: Map<string, number>;
  now?: string;
}

/** What a sitting brought and when to come back, in words; `left` counts what is due or new by now. */
export function sittingText(
  {outcome}: Sitting,
  from: readonly Item[],
  reviewed: (id: string) => Kept["review"] | undefined,
  today: number,
): {text: string; left: number} {
  const count = (gap: number) => [...outcome.values()].filter((one) => one === gap).length;
  const parts = [
    [count(gaps.knew), `again ${gapText(gaps.knew)}`],
    [count(gaps.partly), "again tomorrow"],
    [count(gaps.again), "still due"],
  ].flatMap(([n, what]) => (n ? [`${n} ${what}`] : []));
  const done = outcome.size
    ? `${outcome.size} asked: ${parts.join(", ")}.`
    : "Nothing is due here, and nothing is new.";
  const ahead = from.flatMap(({id}) => reviewed(id) ?? []).map((last) => dueIn(last, today));
  const left = from.length - ahead.filter((days) => days > 0).length;
  if (left > 0) return {text: outcome.size ? `${done} Now due or new: ${left}.` : `Now due or new: ${left}.`, left};
  return {text: ahead.length ? `${done} The next comes ${gapText(Math.min(...ahead))}.` : done, left};
}
