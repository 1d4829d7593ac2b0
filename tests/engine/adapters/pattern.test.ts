import {readFileSync} from "node:fs";
import fc from "fast-check";
import {expect, test} from "vitest";
import {endMatcher, moduleMatcher} from "../../../src/engine/adapters/pattern.ts";
import {parseAdapterConfig} from "../../../src/engine/adapters/peftConfig.ts";
import {rulesOf} from "../../../src/engine/adapters/peftRules.ts";

/** Which patterns Python's `re` matches with which names: tests/fixtures/make_files.py. */
const {patterns}: {patterns: {names: string[]; matches: [string, boolean[]][]}} = JSON.parse(
  readFileSync(new URL("../../fixtures/adapters.json", import.meta.url), "utf8"),
);

test("patterns match as Python's do", () => {
  for (const [pattern, due] of patterns.matches) {
    const matches = moduleMatcher(pattern)!;
    const came = patterns.names.map((name) => matches(name, {steps: 1e6}));
    expect([pattern, came]).toEqual([pattern, due]);
  }
  expect(patterns.matches.length).toBeGreaterThan(20);
});

test("any pattern that is read matches as the built-in RegExp does", () => {
  const pieces = "a b . \\. * + ? | ( (?: ) {2} {1,2} {1,} ^ $ [ab] [^a] \\w \\W".split(" ");
  const pattern = fc.array(fc.constantFrom(...pieces), {maxLength: 8}).map((list) => list.join(""));
  const name = fc.string({unit: fc.constantFrom("a", "b", "."), maxLength: 6});
  let read = 0;
  fc.assert(
    fc.property(pattern, fc.array(name, {minLength: 5, maxLength: 5}), (text, names) => {
      const matches = moduleMatcher(text);
      if (!matches) return;
      read++;
      const builtIn = new RegExp(`^(.*\\.)?(${text})$`);
      for (const one of names) expect([one, matches(one, {steps: 1e6})]).toEqual([one, builtIn.test(one)]);
    }),
    {seed: 51, numRuns: 4000},
  );
  expect(read).toBeGreaterThan(500);
});

test("other patterns are recognized", () => {
  for (const pattern of ["(?=q)q", "(q)\\1", "q)", "(q", "q**", "[z-a]", "*q", "q{2,1}", "q".repeat(257)])
    expect([pattern, moduleMatcher(pattern)]).toEqual([pattern, undefined]);
  expect(endMatcher("q")("a.q", {steps: 99})).toBe(true);
  expect(endMatcher("q")("aq", {steps: 99})).toBe(false);
});

test("no pattern takes long: exponential ones are linear here, and the budget stops costly ones", () => {
  const name = "a".repeat(200);
  const budget = {steps: 1e7};
  for (const pattern of ["(a+)+b", "(a|aa)+b", "(.*)*b", "(a?){200}a{200}"]) moduleMatcher(pattern)!(name, budget);
  expect(budget.steps).toBeGreaterThan(0);
  const nested = moduleMatcher(`${"(".repeat(40)}a?${"){1000}".repeat(20)}${")".repeat(20)}`);
  expect(() => nested!(name, {steps: 1e6})).toThrow(
    "peft: the patterns and module names are too many or too intricate",
  );
});

test("a costly pattern in target_modules does not take longer for more modules", () => {
  const pattern = "(.?){900}x";
  const {matches} = rulesOf(parseAdapterConfig(JSON.stringify({peft_type: "LORA", r: 8, target_modules: pattern})), []);
  const started = performance.now();
  const answers = Array.from({length: 1000}, (_, i) => matches(pattern, `${"a".repeat(900)}${i}`));
  expect(performance.now() - started).toBeLessThan(10_000);
  expect([answers[0], answers.at(-1)]).toEqual([false, true]);
});
