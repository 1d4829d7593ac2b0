import {describe, expect, test} from "vitest";
import {caseOf} from "../../../src/answers/practice/cases.ts";
import {answer} from "../../../src/answers/practice/lines.ts";
import {dataBits, RANKS, settingsOf} from "../../../src/answers/practice/settings.ts";
import {type Claim, claim} from "../../../src/components/practice/claims.ts";
import {everyCase} from "./everyCase.ts";

const settings = (raw: Parameters<typeof caseOf>[0]) => settingsOf(caseOf(raw).one);
const place = ({source}: Claim) =>
  "work" in source ? source.work : "page" in source ? source.page.split("-")[0] : "ours";

describe("every line of every answer", () => {
  const lines = everyCase().flatMap(([address, one]) => answer(one).map((line) => ({address, line})));

  test("names claims that exist, is about what they are about, and has a scope", () => {
    for (const {address, line} of lines) {
      const where = `${address} ${line.topic}`;
      expect(line.claims.length, where).toBeGreaterThan(0);
      expect(new Set(line.claims).size, where).toBe(line.claims.length);
      const [first] = line.claims.map(claim);
      expect(first!.topic, where).toBe(line.topic);
      for (const words of [line.value, line.reason, line.scope]) expect(words, where).toMatch(/\S/);
      expect(line.reason, where).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test("is no surer than its claims", () => {
    for (const {address, line} of lines) {
      const where = `${address} ${line.topic}`;
      const found = line.claims.map(claim);
      if (line.sure === "several")
        expect(new Set(found.filter(({sure}) => sure === "several").map(place)).size, where).toBeGreaterThan(1);
      if (line.sure === "disagree")
        expect(found.filter(({sure}) => sure === "disagree").length, where).toBeGreaterThan(0);
      if (line.sure === "one")
        expect(
          found.some(({sure}) => sure === "one"),
          where,
        ).toBe(true);
      if (line.sure === "default") expect(found[0]!.sure, where).toBe("default");
    }
  });

  test("answers ten questions", () => {
    for (const [, one] of everyCase()) expect(answer(one)).toHaveLength(10);
  });
});

describe("the rank for imitation", () => {
  test("is 16 for few tokens, grows with them, and stops at 256", () => {
    const ranks = [300, 10_000, 1_000_000, 100_000_000].map((examples) => settings({examples: String(examples)}).r);
    expect(ranks[0]).toBe(RANKS.least);
    expect(ranks.at(-1)).toBe(RANKS.most);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  test("says when even the highest may fill up", () => {
    const rank = answer(caseOf({examples: "100000000"}).one).find(({topic}) => topic === "rank")!;
    expect(rank.reason).toContain("may fill up");
    expect(rank.claims).toContain("rank-pretraining");
  });

  test("is reckoned with a bit for each token", () => {
    expect(dataBits(caseOf({examples: "300", tokens: "500"}).one)).toBe(150_000);
    expect(dataBits(caseOf({task: "rl", examples: "100"}).one)).toBe(800);
  });
});

test("large models take half the rate, short runs say so, and cards share the sum of gradients", () => {
  expect(settings({}).rates[1]).toBe(2e-4);
  expect(settings({model: "70b"}).rates[1]).toBe(1e-4);
  expect(settings({cards: "8"})).toMatchObject({accumulate: 2, batch: 16});
  expect(settings({cards: "64"}).batch).toBe(64);
  for (const cards of ["1", "3", "5", "8", "12"]) expect(settings({task: "rl", cards}).batch % 8, cards).toBe(0);
  const rate = answer(caseOf({examples: "300"}).one).find(({topic}) => topic === "rate")!;
  expect(rate.claims).toContain("rate-short");
});
