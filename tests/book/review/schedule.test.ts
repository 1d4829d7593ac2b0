import {afterEach, describe, expect, test, vi} from "vitest";
import {dayOf, daysUntilDue, gaps, gapText} from "../../../src/book/review/schedule.ts";

const today = 20_000;

describe("days", () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ["UTC", 0],
    ["Asia/Kolkata", -330],
    ["Pacific/Auckland", -780],
    ["America/Los_Angeles", 480],
  ])("a day ends at four in the morning by the reader's clock: %s", (zone, offset) => {
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

  test("so does a day on which the clock changes", () => {
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

  test("a reader who flew west over the date line waits a day longer; an item graded further ahead is due", () => {
    expect(daysUntilDue({on: today + 1, gap: 7}, today)).toBe(8);
    expect(daysUntilDue({on: today + 1, gap: 0}, today)).toBe(0);
    expect(daysUntilDue({on: today + 2, gap: 7}, today)).toBe(0);
  });

  test.each([
    [{on: today, gap: gaps.knew}, 7],
    [{on: today - 6, gap: 7}, 1],
    [{on: today - 7, gap: 7}, 0],
    [{on: today - 400, gap: 1}, 0],
    [{on: today, gap: gaps.again}, 0],
    [{on: today + 30, gap: 7}, 0],
  ])("%o is due in %i days", (last, days) => expect(daysUntilDue(last, today)).toBe(days));

  test("the gap does not grow: an item known ten times in a row comes every seven days", () => {
    let day = today;
    for (let i = 0; i < 10; i++) {
      const last = {on: day, gap: gaps.knew};
      day += daysUntilDue(last, day);
      expect(daysUntilDue(last, day)).toBe(0);
      expect(daysUntilDue(last, day - 1)).toBe(1);
    }
    expect(day - today).toBe(70);
  });

  test("a gap in words", () => expect([0, 1, 7].map(gapText)).toEqual(["in this sitting", "tomorrow", "in 7 days"]));
});
