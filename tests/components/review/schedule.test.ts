import fc from "fast-check";
import {afterEach, describe, expect, test, vi} from "vitest";
import {dayOf, dueIn, gaps, gapText, type Item, sitting, sittingText} from "../../../src/components/review/schedule.ts";

const today = 20_000;

describe("days", () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ["UTC", 0],
    ["Asia/Kolkata", -330],
    ["Pacific/Auckland", -780],
    ["America/Los_Angeles", 480],
  ])("a day is the reader's own, and ends at four in their night: %s", (zone, offset) => {
    vi.stubEnv("TZ", zone);
    const four = new Date(2026, 10, 26, 4, 0, 0);
    expect(four.getTimezoneOffset()).toBe(offset);
    const before = new Date(four.getTime() - 1000);
    expect(dayOf(four)).toBe(Date.UTC(2026, 10, 26) / 86_400_000);
    expect(dayOf(four) - dayOf(before)).toBe(1);
    expect(dayOf(new Date(2026, 10, 26, 23, 59, 59))).toBe(dayOf(four));
    expect(dayOf(new Date(2026, 10, 27, 1))).toBe(dayOf(four));
    expect(dayOf(new Date(2026, 10, 27, 12)) - dayOf(four)).toBe(1);
  });

  test("a night with an hour more or less ends at four all the same", () => {
    vi.stubEnv("TZ", "Europe/Berlin");
    for (const [month, date] of [
      [2, 29],
      [9, 25],
    ] as const) {
      const four = new Date(2026, month, date, 4);
      expect(dayOf(four)).toBe(Date.UTC(2026, month, date) / 86_400_000);
      expect(dayOf(new Date(four.getTime() - 1000))).toBe(dayOf(four) - 1);
    }
  });

  test("who flies west over the date line waits a day more; a clock far ahead holds nothing back", () => {
    expect(dueIn({on: today + 1, gap: 7}, today)).toBe(8);
    expect(dueIn({on: today + 1, gap: 0}, today)).toBe(0);
    expect(dueIn({on: today + 2, gap: 7}, today)).toBe(0);
  });

  test.each([
    [{on: today, gap: gaps.knew}, 7],
    [{on: today - 6, gap: 7}, 1],
    [{on: today - 7, gap: 7}, 0],
    [{on: today - 400, gap: 1}, 0],
    [{on: today, gap: gaps.again}, 0],
    [{on: today + 30, gap: 7}, 0],
  ])("%o is due in %i days", (last, days) => expect(dueIn(last, today)).toBe(days));

  test("the gap of a grade does not grow: knowing it ten times in a row costs ten times seven days", () => {
    let day = today;
    for (let i = 0; i < 10; i++) {
      const last = {on: day, gap: gaps.knew};
      day += dueIn(last, day);
      expect(dueIn(last, day)).toBe(0);
      expect(dueIn(last, day - 1)).toBe(1);
    }
    expect(day - today).toBe(70);
  });

  test("in words", () => expect([0, 1, 7].map(gapText)).toEqual(["in this sitting", "tomorrow", "in 7 days"]));
});

describe("a sitting", () => {
  const items = fc
    .array(fc.record({chapter: fc.constantFrom("a", "b", "c", "d"), seen: fc.option(fc.integer({min: -20, max: 5}))}))
    .map((all) => all.map((one, i) => ({...one, id: `q-${i}`})));
  type Drawn = Item & {seen: number | null};
  const reviewed = (all: readonly Drawn[]) => (id: string) => {
    const seen = all.find((one) => one.id === id)?.seen ?? null;
    return seen === null ? undefined : {on: today + seen, gap: gaps.knew};
  };

  test("holds what is due, then what is new, each once, nothing that is not due, as many as fit", () => {
    fc.assert(
      fc.property(items, fc.integer({min: 1, max: 12}), (all, size) => {
        const last = reviewed(all);
        const {due, fresh} = sitting(all, last, today, size);
        const isDue = ({id}: Item) => last(id) !== undefined && dueIn(last(id)!, today) === 0;
        expect(due.every(isDue)).toBe(true);
        expect(fresh.every(({id}) => last(id) === undefined)).toBe(true);
        const [allDue, allNew] = [all.filter(isDue).length, all.filter(({seen}) => seen === null).length];
        expect(due.length).toBe(Math.min(size, allDue));
        expect(due.length + fresh.length).toBe(Math.min(size, allDue + allNew));
        expect(new Set([...due, ...fresh].map(({id}) => id)).size).toBe(due.length + fresh.length);
      }),
    );
  });

  test("when more are due than fit, those longest overdue come", () => {
    const all = Array.from({length: 30}, (_, i) => ({id: `q-${i}`, chapter: `${i % 3}`}));
    const last = (id: string) => ({on: today - 10 - Number(id.slice(2)), gap: 7});
    const {due} = sitting(all, last, today, 10);
    expect(due.map(({id}) => Number(id.slice(2))).sort((a, b) => a - b)).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    ]);
  });

  test("chapters take turns while there is another one", () => {
    const all = Array.from({length: 24}, (_, i) => ({id: `q-${i}`, chapter: `${Math.floor(i / 8)}`}));
    const {fresh} = sitting(all, () => undefined, today, 10);
    const same = fresh.filter(({chapter}, i) => i > 0 && fresh[i - 1]!.chapter === chapter);
    // The draw may leave one chapter over at the end, never in the middle.
    const rest = fresh.slice(fresh.findIndex((one) => same.includes(one)));
    expect(same.length === 0 || new Set(rest.map(({chapter}) => chapter)).size === 1).toBe(true);
    expect(new Set(fresh.map(({chapter}) => chapter)).size).toBe(3);
  });

  test("is the same all day and another one tomorrow", () => {
    const all = Array.from({length: 40}, (_, i) => ({id: `q-${i}`, chapter: `${i % 5}`}));
    const ids = (day: number) => sitting(all, () => undefined, day, 10).fresh.map(({id}) => id);
    expect(ids(today)).toEqual(ids(today));
    expect(ids(today)).not.toEqual(ids(today + 1));
  });
});

describe("what a sitting brought, in words", () => {
  const from = ["a", "b", "c"].map((id) => ({id, chapter: id}));
  const told = (outcome: readonly (readonly [string, number])[], on = today) => {
    const kept = new Map(outcome.map(([id, gap]) => [id, {on, gap}]));
    return sittingText({queue: [], outcome: new Map(outcome)}, from, (id) => kept.get(id), today);
  };

  test("all known, one missing", () => {
    expect(
      told([
        ["a", 7],
        ["b", 7],
        ["c", 7],
      ]),
    ).toEqual({text: "3 asked: 3 again in 7 days. The next comes in 7 days.", left: 0});
    expect(
      told([
        ["a", 7],
        ["b", 1],
      ]),
    ).toEqual({text: "2 asked: 1 again in 7 days, 1 again tomorrow. Now due or new: 1.", left: 1});
    expect(
      told([
        ["a", 0],
        ["b", 1],
        ["c", 7],
      ]),
    ).toEqual({
      text: "3 asked: 1 again in 7 days, 1 again tomorrow, 1 still due. Now due or new: 1.",
      left: 1,
    });
  });

  test("nothing asked: nothing there, or nothing due", () => {
    expect(sittingText({queue: [], outcome: new Map()}, [], () => undefined, today).text).toBe(
      "Nothing is due here, and nothing is new.",
    );
    const last = () => ({on: today - 2, gap: 7});
    expect(sittingText({queue: [], outcome: new Map()}, from, last, today).text).toBe(
      "Nothing is due here, and nothing is new. The next comes in 5 days.",
    );
  });
});
