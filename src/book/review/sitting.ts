import type {KeptValues} from "../kept/entries.ts";
import {daysUntilDue, type Grade, gaps, gapText} from "./schedule.ts";

/** A question or card that can be asked. */
export interface Item {
  id: string;
  chapter: string;
}

/** The last grade of an item, if it has one. */
type LastGrade = (id: string) => KeptValues["review"] | undefined;

/** One round of review: the ids still to ask, the one that is being asked, and for those already graded the days until they come again. */
export interface Sitting {
  day: number;
  queue: string[];
  currentId?: string;
  outcome: Map<string, number>;
}

/** A number for sorting that changes from day to day and stays the same all day: FNV-1a, then the final mix of MurmurHash3. */
function dayHash(id: string, today: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${today} ${id}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same items, ordered so that neighbors are from different chapters as long as that is possible. */
function mixChapters(items: readonly Item[]): Item[] {
  const left = [...items];
  const mixed: Item[] = [];
  while (left.length) {
    const last = mixed.at(-1)?.chapter;
    const at = left.findIndex(({chapter}) => chapter !== last);
    mixed.push(...left.splice(Math.max(at, 0), 1));
  }
  return mixed;
}

/** At most `size` items: first those due, the longest overdue chosen before others, then new ones. Chapters take turns in both. */
export function chooseItems(items: readonly Item[], last: LastGrade, today: number, size: number) {
  const dueOn = ({id}: Item) => last(id)!.on + last(id)!.gap;
  const byHash = (a: Item, b: Item) => dayHash(a.id, today) - dayHash(b.id, today);
  const due = items
    .filter(({id}) => last(id) && daysUntilDue(last(id)!, today) === 0)
    .sort((a, b) => dueOn(a) - dueOn(b) || byHash(a, b))
    .slice(0, size);
  const unseen = items
    .filter(({id}) => !last(id))
    .sort(byHash)
    .slice(0, size - due.length);
  return {due: mixChapters(due), unseen: mixChapters(unseen)};
}

/** A sitting of at most `size` of these items. */
export function newSitting(items: readonly Item[], last: LastGrade, today: number, size: number): Sitting {
  const {due, unseen} = chooseItems(items, last, today, size);
  return {day: today, queue: [...due, ...unseen].map(({id}) => id), outcome: new Map()};
}

/**
 * Records the grade of an item. One graded "again" is asked once more at the end of the sitting, and that second try counts as
 * "partly" whatever its grade, so nothing is asked a third time. Returns the grade that counts.
 */
export function recordGrade({queue, outcome}: Sitting, id: string, grade: Grade): Grade {
  const isRepeat = outcome.has(id);
  const countedGrade: Grade = isRepeat ? "partly" : grade;
  outcome.set(id, gaps[countedGrade]);
  if (countedGrade === "again") queue.push(id);
  return countedGrade;
}

/** Where the sitting is: "3 of 10 · due". */
export function placeText({queue, currentId, outcome}: Sitting, last: LastGrade): string {
  const id = currentId!;
  if (outcome.has(id)) return "Once more";
  const total = new Set([...outcome.keys(), id, ...queue]).size;
  return `${outcome.size + 1} of ${total} · ${last(id) ? "due" : "new"}`;
}

/** The result of a sitting and when to come back, in words; `left` counts the items that are due or new by now. */
export function sittingResultText(
  {outcome, day}: Pick<Sitting, "outcome" | "day">,
  items: readonly Item[],
  last: LastGrade,
): {text: string; left: number} {
  const count = (gap: number) => [...outcome.values()].filter((one) => one === gap).length;
  const parts = [
    [count(gaps.knew), `again ${gapText(gaps.knew)}`],
    [count(gaps.partly), "again tomorrow"],
    [count(gaps.again), "still due"],
  ].flatMap(([n, what]) => (n ? [`${n} ${what}`] : []));
  const resultText = outcome.size
    ? `${outcome.size} asked: ${parts.join(", ")}.`
    : "Nothing is due here, and nothing is new.";
  const daysLeft = items.flatMap(({id}) => last(id) ?? []).map((one) => daysUntilDue(one, day));
  const left = items.length - daysLeft.filter((days) => days > 0).length;
  if (left > 0)
    return {text: outcome.size ? `${resultText} Now due or new: ${left}.` : `Now due or new: ${left}.`, left};
  return {text: daysLeft.length ? `${resultText} The next comes ${gapText(Math.min(...daysLeft))}.` : resultText, left};
}
