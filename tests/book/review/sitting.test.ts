import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {daysUntilDue, gaps} from "../../../src/book/review/schedule.ts";
import {
  chooseItems,
  type Item,
  newSitting,
  placeText,
  recordGrade,
  sittingResultText,
} from "../../../src/book/review/sitting.ts";

const today = 20_000;
const never = () => undefined;

describe("the items of a sitting", () => {
  const items = fc
    .array(fc.record({chapter: fc.constantFrom("a", "b", "c", "d"), seen: fc.option(fc.integer({min: -20, max: 5}))}))
    .map((all) => all.map((one, i) => ({...one, id: `q-${i}`})));

  test("are those due, then new ones, each once, as many as fit", () => {
    fc.assert(
      fc.property(items, fc.integer({min: 1, max: 12}), (all, size) => {
        const last = (id: string) => {
          const seen = all.find((one) => one.id === id)?.seen ?? null;
          return seen === null ? undefined : {on: today + seen, gap: gaps.knew};
        };
        const {due, unseen} = chooseItems(all, last, today, size);
        const isDue = ({id}: Item) => last(id) !== undefined && daysUntilDue(last(id)!, today) === 0;
        expect(due.every(isDue)).toBe(true);
        expect(unseen.every(({id}) => last(id) === undefined)).toBe(true);
        const [allDue, allNew] = [all.filter(isDue).length, all.filter(({seen}) => seen === null).length];
        expect(due.length).toBe(Math.min(size, allDue));
        expect(due.length + unseen.length).toBe(Math.min(size, allDue + allNew));
        expect(new Set([...due, ...unseen].map(({id}) => id)).size).toBe(due.length + unseen.length);
      }),
    );
  });

  test("are the longest overdue when more are due than fit", () => {
    const all = Array.from({length: 30}, (_, i) => ({id: `q-${i}`, chapter: `${i % 3}`}));
    const {due} = chooseItems(all, (id) => ({on: today - 10 - Number(id.slice(2)), gap: 7}), today, 10);
    const numbers = due.map(({id}) => Number(id.slice(2))).sort((a, b) => a - b);
    expect(numbers).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
  });

  test("change chapter from one to the next while there is another chapter", () => {
    const all = Array.from({length: 24}, (_, i) => ({id: `q-${i}`, chapter: `${Math.floor(i / 8)}`}));
    const {unseen} = chooseItems(all, never, today, 10);
    const same = unseen.filter(({chapter}, i) => i > 0 && unseen[i - 1]!.chapter === chapter);
    // The draw may leave one chapter over at the end, never in the middle.
    const rest = unseen.slice(unseen.findIndex((one) => same.includes(one)));
    expect(same.length === 0 || new Set(rest.map(({chapter}) => chapter)).size === 1).toBe(true);
    expect(new Set(unseen.map(({chapter}) => chapter)).size).toBe(3);
  });

  test("are the same all day and others tomorrow", () => {
    const all = Array.from({length: 40}, (_, i) => ({id: `q-${i}`, chapter: `${i % 5}`}));
    const ids = (day: number) => chooseItems(all, never, day, 10).unseen.map(({id}) => id);
    expect(ids(today)).toEqual(ids(today));
    expect(ids(today)).not.toEqual(ids(today + 1));
  });
});

test("an item not known is asked once more at the end, and known then it counts as partly known", () => {
  const sitting = newSitting([{id: "a", chapter: "1"}], never, today, 10);
  const next = () => {
    sitting.currentId = sitting.queue.shift();
  };
  next();
  expect([placeText(sitting, never), recordGrade(sitting, "a", "again")]).toEqual(["1 of 1 · new", "again"]);
  next();
  expect([placeText(sitting, never), recordGrade(sitting, "a", "knew")]).toEqual(["Once more", "partly"]);
  next();
  expect([sitting.currentId, sitting.outcome.get("a")]).toEqual([undefined, gaps.partly]);
});

describe("the result in words", () => {
  const from = ["a", "b", "c"].map((id) => ({id, chapter: id}));
  const result = (...days: number[]) => {
    const outcome = new Map(days.map((gap, i) => ["abc"[i]!, gap]));
    const last = (id: string) => (outcome.has(id) ? {on: today, gap: outcome.get(id)!} : undefined);
    return sittingResultText({outcome, day: today}, from, last);
  };

  test("counts the items by when they come again, and what is left", () => {
    expect(result(7, 7, 7)).toEqual({text: "3 asked: 3 again in 7 days. The next comes in 7 days.", left: 0});
    expect(result(7, 1)).toEqual({text: "2 asked: 1 again in 7 days, 1 again tomorrow. Now due or new: 1.", left: 1});
    expect(result(0, 1, 7)).toEqual({
      text: "3 asked: 1 again in 7 days, 1 again tomorrow, 1 still due. Now due or new: 1.",
      left: 1,
    });
  });

  test("says when there was nothing to ask, and when something will be due", () => {
    const outcome = new Map();
    expect(sittingResultText({outcome, day: today}, [], never).text).toBe("Nothing is due here, and nothing is new.");
    expect(sittingResultText({outcome, day: today}, from, () => ({on: today - 2, gap: 7})).text).toBe(
      "Nothing is due here, and nothing is new. The next comes in 5 days.",
    );
  });
});
