import {describe, expect, test} from "vitest";
import {isWithinTolerance} from "../../../src/book/quiz/quiz.ts";
import {typedNumber} from "../../../src/book/quiz/typedNumber.ts";

/** "98,304 → 98304; √5 → none": texts as people type them, and the numbers they stand for. */
const readings = (table: string) =>
  table
    .split(";")
    .map((one) => one.replace(/^\s*\n\s*|^ /, "").split(" → "))
    .map(([text, number]) => [text!, number === "none" ? undefined : Number(number)] as const);

describe("numbers as people type them", () => {
  test.each(
    readings(`98304 → 98304; 98,304 → 98304; 98 304 → 98304; 98\u2009304 → 98304; 98_304 → 98304; 1’234.5 → 1234.5;
      150,994,944. → none;  6144.  → 6144; 1,536× → 1536; 1536 x → 1536; 0.87 → 0.87; .87 → 0.87; 87% → 0.87;
      87.2 % → 0.872; −3 → -3; -1,000 → -1000; +2 → 2; 4.7e6 → 4.7e6; 4.7 × 10^6 → 4.7e6; -4.7·10^6 → -4.7e6;
      3 × 105 → none; 4.7 × 10⁶ → 4.7e6; 5\u2009×\u200910⁻⁵ → 5e-5; 1.5*10**12 → 1.5e12; 4.7 × 10⁻ → none;
      4.7 × 10⁶⁻ → none; ≈ 2.24 → 2.24; ~-3 → -3; = 98,304 → 98304; ~~3 → none; 5x10^-2 → 0.05; 8.39M → 8.39e6;
      8.39 M → 8.39e6; 16.8 million → 16.8e6; -2.5 billion → -2.5e9; 65.5k → 65500; 1,536 thousand → 1536000;
      7B → 7e9; 175 bn → 175e9; 8.39 m → none; million → none; M → none`),
  )("“%s” is %s", (text, due) => expect(typedNumber(text).value).toBe(due));

  test.each([
    ["GB", "350 GB → 350; 350GB → 350; 0.385 TB → 385"],
    ["MB", "0.1 GB → 100"],
    ["%", "87% → 87; 87 → 87; 12.2 percent → 12.2; 12.2 per cent → 12.2"],
    ["×", "768× → 768; 0.9k× → 900; 128 times → 128; 128 times fewer → 128; 128-fold → 128; 128X → 128"],
    ["M", "4.7M → 4.7"],
    ["", "12.2 pct → 0.122; 0.02 % → 0.0002; 128 times → 128; 0.0000001 M → 0.1"],
  ])("may have the unit of the question, “%s”, without losing a digit", (unit, table) => {
    for (const [text, due] of readings(table)) expect(typedNumber(text, {unit}).value, text).toBe(due);
  });

  test.each(
    readings(`385 → 385; 0.385 TB → 385; 0,385 TB → none; 385 gb → 385; 385,000 MB → 385; 385 000 000 kB → 385;
      385 000 000 KB → 385; 385e9 bytes → 385; 3.85 × 10^11 bytes → 385; 385 billion bytes → 385;
      385,000 million bytes → 385; 0.385 thousand GB → 385; 385 gigabytes → 385; 0.385 Terabyte → 385;
      17.9 MB → 0.0179; 358.55 GiB → none; 7 B → 7e-9; −2 TB → -2000`),
  )("may be a size in bytes: “%s” is %s GB", (text, due) => {
    const {value} = typedNumber(text, {unit: "GB"});
    if (due === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(due, 9);
  });

  test.each(
    readings(`4.7 million params → 4.7e6; 4.7M parameters → 4.7e6; 4,718,592 numbers → 4718592; 7b → 7e9;
      4 718 592 trainable parameters → 4718592; 2.5 Trillion weights → 2.5e12; 65.5K entries → 65500;
      3 thousand → 3000`),
  )("may name what is counted: “%s” is %s", (text, due) => {
    expect(typedNumber(text, {counts: "parameters"}).value).toBe(due);
    expect(typedNumber(text, {counts: "numbers"}).value).toBe(due);
  });

  const [SIZE, PLAIN] = ["a size in GB, such as 12 GB or 1.2 TB", "a plain number, such as 1,234 or 0.25"];
  const countOf = (things: string) => `a count of ${things}, such as 1,234 or 1.2 million`;
  test.each([
    ["17.9 MB", {counts: "parameters"}, "is a size in bytes", countOf("parameters")],
    ["3 bytes", {counts: "numbers"}, "is a size in bytes", countOf("numbers")],
    ["2 billion bytes", {}, "is a size in bytes", PLAIN],
    ["5 gigabits", {}, "is in bits", PLAIN],
    ["0.02 %", {counts: "parameters"}, "is a percentage", countOf("parameters")],
    ["128×", {counts: "ranks"}, "is a number of times", countOf("ranks")],
    ["4 parameters", {}, "is a count", PLAIN],
    ["385 Gb", {unit: "GB"}, "is in bits", SIZE],
    ["0.4%", {unit: "GB"}, "is a percentage", SIZE],
    ["385 M", {unit: "GB"}, "does not say of what", SIZE],
    ["385 billion", {unit: "GB"}, "does not say of what", SIZE],
    ["385 GB/s", {unit: "GB"}, "has an unknown unit", SIZE],
    ["128×", {unit: "%"}, "is a number of times", "a percentage, such as 12%"],
    ["3 GB", {unit: "×"}, "is a size in bytes", "a number of times, such as 12×"],
    ["4 kg", {unit: "ms"}, "has an unknown unit", "a number in ms"],
    ["8.39 m", {}, "has an unknown unit", PLAIN],
  ] as const)("of another kind are refused with what is expected: “%s” for %j", (text, expected, is, due) => {
    expect(typedNumber(text, expected)).toEqual({problem: `“${text}” ${is}. This question asks for ${due}.`});
  });

  test.each([
    [8_388_608, "", ["8.39M", "8.39e6"], ["8.38M", "8.4M", "8388000"]],
    [16_777_216, "", ["16.8 million", "1.68 × 10^7"], []],
    [65_536, "", ["65.5k"], []],
    [84_000, "", [], ["0.08M"]],
    [156.4, "GB", [], ["156 GB"]],
  ])("rounded to three digits or more stand for %d %s when it rounds to them", (due, unit, yes, no) => {
    const standsFor = (text: string) => {
      const {value, slack} = typedNumber(text, {unit}) as {value: number; slack: number};
      return isWithinTolerance(value, due, slack);
    };
    expect([yes.filter(standsFor), no.filter(standsFor)]).toEqual([yes, []]);
  });

  test.each([
    ...["", "  "].map((text) => [text, "Type a number first."]),
    ...["√5", "34/39", "two", "1.2.3", "Infinity", "0x10", "%"].map((text) => [
      text,
      `“${text}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`,
    ]),
    ["1e999", "“1e999” is too large to be read as a number."],
    ...["0,87", "0,385 million", "0,875", "12,34"].map((text) => [
      text,
      `In “${text}” the comma parts no thousands. Write decimals with a point: ${text.replace(",", ".")}.`,
    ]),
  ])("that cannot be read get an answer in words: “%s”", (text, sentence) => {
    expect(typedNumber(text!)).toEqual({problem: sentence});
  });

  test("never make it throw, and are never repeated at length", () => {
    // So long that a pattern which tries every split of the digits would not finish in the test's time.
    for (const end of ["z", ".", "..", ",", "e", "%%"])
      expect(typedNumber(`${"9".repeat(500_000)}${end}`).problem!.length, end).toBeLessThan(130);
    for (const text of ["()", "1,,000", "e5", "--1", "1 × 10^", "×10^3", "٣", "\0", "NaN"])
      expect(typedNumber(text).problem, text).toMatch(/\.$/);
  });
});

test("two numbers agree within the tolerance, with room for the last bits", () => {
  expect(isWithinTolerance(2.23, Math.sqrt(5), 0.01)).toBe(true);
  expect(isWithinTolerance(2.2, Math.sqrt(5), 0.01)).toBe(false);
  expect(isWithinTolerance(0.1 + 0.2, 0.3, 0)).toBe(true);
  expect(isWithinTolerance(98305, 98304, 0)).toBe(false);
});
