import {describe, expect, test} from "vitest";
import {answerLines} from "../../src/practice/answerLines.ts";
import {caseOf} from "../../src/practice/cases.ts";
import {type Claim, claim} from "../../src/practice/claims.ts";
import {isSplit, maxSequences, memoryUse} from "../../src/practice/memory.ts";
import {dataBits, loraSettings, RANK_LIMITS} from "../../src/practice/settings.ts";
import {everyCase} from "./everyCase.ts";

const settings = (raw: Parameters<typeof caseOf>[0]) => loraSettings(caseOf(raw).run);
const place = ({source}: Claim) =>
  "work" in source ? source.work : "page" in source ? source.page.split("-")[0] : "ours";

describe("every line of every answer", () => {
  const lines = everyCase().flatMap(([address, run]) => answerLines(run).map((line) => ({address, line})));

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

  test("answers what a run of its kind asks", () => {
    const topics = (raw: Parameters<typeof caseOf>[0]) => answerLines(caseOf(raw).run).map(({topic}) => topic);
    expect(topics({})).toEqual("rate rank alpha rslora matrices batch epochs data dropout schedule decay".split(" "));
    expect(topics({task: "preference", base: "nf4"})).toEqual(
      "rate beta rank alpha rslora matrices batch epochs dropout schedule decay merging".split(" "),
    );
    expect(topics({model: "sdxl"})).not.toContain("rslora");
  });
});

describe("the rank for imitation", () => {
  test("is 16 for few tokens, grows with them, and stops at 256", () => {
    const ranks = [300, 10_000, 1_000_000, 100_000_000].map((examples) => settings({examples: String(examples)}).r);
    expect(ranks[0]).toBe(RANK_LIMITS.least);
    expect(ranks.at(-1)).toBe(RANK_LIMITS.most);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  test("says when even the highest may fill up", () => {
    const rank = answerLines(caseOf({examples: "100000000"}).run).find(({topic}) => topic === "rank")!;
    expect(rank.reason).toContain("may fill up");
    expect(rank.claims).toContain("rank-pretraining");
  });

  test("is higher for code and mathematics, and says what the tokens alone would take", () => {
    expect(settings({subject: "code"})).toMatchObject({r: 256, alpha: 512, rates: [5e-5, 1e-4, 2e-4]});
    // Where the tokens alone fill rank 256, the rules for all other texts are left as they are.
    expect(settings({subject: "code", examples: "10000000"})).toMatchObject({r: 256, alpha: 32});
    // Of the study on mathematics, too, all three are taken, and not the rank alone.
    expect(settings({subject: "mathematics"})).toMatchObject({r: 64, alpha: 128, rates: [5e-5, 1e-4, 2e-4]});
    expect(settings({subject: "mathematics", examples: "1000000"})).toMatchObject({
      alpha: 32,
      rates: [1e-4, 2e-4, 5e-4],
    });
    expect(settings({subject: "mathematics", examples: "1000000"}).r).toBe(settings({examples: "1000000"}).r);
    const of = (subject: string) => answerLines(caseOf({subject}).run).find(({topic}) => topic === "rank")!;
    expect(of("code").reason).toContain("rank 16 could already store");
    expect(of("mathematics").claims).toContain("capacity-biderman");
  });

  test("is reckoned with a bit for each token", () => {
    expect(dataBits(caseOf({examples: "300", tokens: "500"}).run)).toBe(150_000);
    expect(dataBits(caseOf({task: "rl", examples: "100"}).run)).toBe(800);
  });
});

describe("the line on", () => {
  const line = (topic: string, raw: Parameters<typeof caseOf>[0]) =>
    answerLines(caseOf(raw).run).find((each) => each.topic === topic)!;

  test("passes counts the steps of each pass up, as the libraries do", () => {
    // 9,000 examples, 16 at a time: 563 steps, three times.
    expect(settings({}).steps).toBe(1689);
    expect(line("epochs", {}).value).toBe("3, about 1,689 steps");
    expect(line("epochs", {task: "preference", examples: "1"}).value).toBe("1, 1 step");
  });

  test("the batch says how many questions it has, and how many sequences there is room for", () => {
    expect(line("batch", {task: "rl"}).reason).toContain("so a step takes 2 questions.");
    expect(line("batch", {model: "1b", examples: "300"}).reason).toContain("room for about 16 at once");
    expect(line("batch", {model: "1b", micro: "16"})).toMatchObject({
      value: "16: 16 on the GPU, 1 accumulated",
      reason: expect.not.stringContaining("room for"),
    });
    expect(line("batch", {model: "70b"}).reason).not.toContain("room for");
    for (const [address, run] of everyCase().filter(([, {task}]) => task !== "images")) {
      const n = maxSequences(run, memoryUse(run));
      const {accumulate} = loraSettings(run);
      expect(accumulate % n, address).toBe(0);
      const {activations, logits, split, total} = memoryUse(run);
      const held = isSplit(run, memoryUse(run)) ? split / run.cards : split;
      if (n > 1) expect(held + n * (activations! + logits), address).toBeLessThanOrEqual(0.9 * run.card * 1e9);
      expect(total, address).toBeGreaterThan(0);
    }
  });

  test("rsLoRA says what it would multiply by", () => {
    expect(line("rslora", {}).reason).toMatch(/by 8 in place of 2,.*rank 16 is 4 times as large.*4 times too weak/);
    expect(line("rslora", {task: "preference"}).reason).toContain("by 2.8 in place of 1/2,");
  });
});

test("a rate is quoted with the α/r that it went with, and Tinker's where it lies outside the three", () => {
  const rateOf = (raw: Parameters<typeof caseOf>[0]) =>
    answerLines(caseOf(raw).run).find(({topic}) => topic === "rate")!;
  expect(rateOf({}).reason).toContain("α/r, which is 2 here");
  expect(rateOf({examples: "1000000"}).reason).toContain("α/r, which is 1/4 here");
  expect(rateOf({model: "70b"})).toMatchObject({sure: "disagree", reason: expect.stringContaining("Tinker")});
  expect(rateOf({})).toMatchObject({sure: "several", reason: expect.not.stringContaining("Tinker")});
  for (const id of ["rate-qlora-small", "rate-qlora-large", "rate-trl-sft", "rate-grpo", "rate-grpo-example"])
    expect(`${claim(id).statement} ${claim(id).scope}`, id).toMatch(/rank \d+ and α = \d+/);
});

test("for preferences rank, α and rate come from one example; dropout is compared where it was found to help", () => {
  expect(settings({task: "preference"})).toMatchObject({r: 32, alpha: 16, rates: [2e-6, 5e-6, 1.5e-5]});
  const dropout = (raw: Parameters<typeof caseOf>[0]) =>
    answerLines(caseOf(raw).run).find(({topic}) => topic === "dropout")!;
  expect(dropout({}).value).toBe("0; try 0.05");
  expect(dropout({model: "70b"})).toMatchObject({value: "0", sure: "disagree"});
});

test("large models take half the rate, short runs say so, and cards share the sum of gradients", () => {
  expect(settings({}).rates[1]).toBe(2e-4);
  expect(settings({model: "70b"}).rates[1]).toBe(1e-4);
  expect(settings({cards: "8"})).toMatchObject({accumulate: 2, batch: 16});
  expect(settings({cards: "64"}).batch).toBe(64);
  for (const cards of ["1", "3", "5", "8", "12"]) expect(settings({task: "rl", cards}).batch % 8, cards).toBe(0);
  const rate = answerLines(caseOf({examples: "300"}).run).find(({topic}) => topic === "rate")!;
  expect(rate.claims).toContain("rate-short");
});
