import {describe, expect, test} from "vitest";
import {typedNumber} from "../../../src/components/quiz/typedNumber.ts";
import {isWithinTolerance} from "../../../src/components/quiz/withinTolerance.ts";

describe("numbers as people type them", () => {
  test.each([
    ["98304", 98304],
    ["98,304", 98304],
    ["98 304", 98304],
    ["98\u2009304", 98304],
    ["98_304", 98304],
    ["1’234.5", 1234.5],
    ["150,994,944.", undefined],
    [" 6144. ", 6144],
    ["1,536×", 1536],
    ["1536 x", 1536],
    ["0.87", 0.87],
    [".87", 0.87],
    ["87%", 0.87],
    ["87.2 %", 0.872],
    ["−3", -3],
    ["-1,000", -1000],
    ["+2", 2],
    ["4.7e6", 4.7e6],
    ["4.7 × 10^6", 4.7e6],
    ["-4.7·10^6", -4.7e6],
    ["3 × 105", undefined],
    ["4.7 × 10⁶", 4.7e6],
    ["5\u2009×\u200910⁻⁵", 5e-5],
    ["1.5*10**12", 1.5e12],
    ["4.7 × 10⁻", undefined],
    ["4.7 × 10⁶⁻", undefined],
    ["≈ 2.24", 2.24],
    ["~-3", -3],
    ["= 98,304", 98304],
    ["~~3", undefined],
    ["5x10^-2", 0.05],
    ["8.39M", 8.39e6],
    ["8.39 M", 8.39e6],
    ["16.8 million", 16.8e6],
    ["-2.5 billion", -2.5e9],
    ["65.5k", 65_500],
    ["1,536 thousand", 1_536_000],
    ["7B", 7e9],
    ["175 bn", 175e9],
    ["8.39 m", undefined],
    ["million", undefined],
    ["M", undefined],
  ])("“%s” is %s", (text, due) => {
    expect(typedNumber(text).value).toBe(due);
  });

  test("the question's unit may be typed; percent of a percentage is itself", () => {
    expect(typedNumber("350 GB", {unit: "GB"}).value).toBe(350);
    expect(typedNumber("350GB", {unit: "GB"}).value).toBe(350);
    expect(typedNumber("87%", {unit: "%"}).value).toBe(87);
    expect(typedNumber("87", {unit: "%"}).value).toBe(87);
    expect(typedNumber("768×", {unit: "×"}).value).toBe(768);
    expect(typedNumber("4.7M", {unit: "M"}).value).toBe(4.7);
    expect(typedNumber("0.9k×", {unit: "×"}).value).toBe(900);
  });

  test.each([
    ["385", 385],
    ["0.385 TB", 385],
    ["0,385 TB", undefined],
    ["385 gb", 385],
    ["385,000 MB", 385],
    ["385 000 000 kB", 385],
    ["385 000 000 KB", 385],
    ["385e9 bytes", 385],
    ["3.85 × 10^11 bytes", 385],
    ["385 billion bytes", 385],
    ["385,000 million bytes", 385],
    ["0.385 thousand GB", 385],
    ["385 gigabytes", 385],
    ["0.385 Terabyte", 385],
    ["17.9 MB", 0.0179],
    ["358.55 GiB", 358.55 * 1.024 ** 3],
    ["0.5 TiB", 0.5 * 1.024 ** 4 * 1000],
    ["512 gibibytes", 512 * 1.024 ** 3],
    ["7 B", 7e-9],
    ["−2 TB", -2000],
  ])("“%s” where GB are asked for is %s", (text, due) => {
    const {value} = typedNumber(text, {unit: "GB"});
    if (due === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(due, 9);
  });

  test("a decimal unit costs no digit", () => {
    expect(typedNumber("0.385 TB", {unit: "GB"}).value).toBe(385);
    expect(typedNumber("0.1 GB", {unit: "MB"}).value).toBe(100);
    expect(typedNumber("1 GiB", {unit: "KiB"}).value).toBe(1024 ** 2);
    expect(typedNumber("0.0000001 M").value).toBe(0.1);
  });

  test.each([
    ["4.7 million params", 4.7e6],
    ["4.7M parameters", 4.7e6],
    ["4,718,592 numbers", 4_718_592],
    ["4 718 592 trainable parameters", 4_718_592],
    ["7b", 7e9],
    ["2.5 Trillion weights", 2.5e12],
    ["65.5K entries", 65_500],
    ["3 thousand", 3000],
  ])("“%s” where parameters are counted is %s", (text, due) => {
    expect(typedNumber(text, {counts: "parameters"}).value).toBe(due);
    expect(typedNumber(text, {counts: "numbers"}).value).toBe(due);
  });

  test.each([
    ["128 times", "×", 128],
    ["128 times fewer", "×", 128],
    ["128-fold", "×", 128],
    ["128X", "×", 128],
    ["12.2 percent", "%", 12.2],
    ["12.2 per cent", "%", 12.2],
    ["12.2 pct", "", 0.122],
    ["0.02 %", "", 0.0002],
    ["128 times", "", 128],
  ])("“%s” with the unit “%s” is %s", (text, unit, due) => {
    expect(typedNumber(text, {unit}).value).toBe(due);
  });

  test.each([
    ["17.9 MB", {counts: "parameters"}, "is a size in bytes", "a count of parameters, such as 1,234 or 1.2 million"],
    ["3 bytes", {counts: "numbers"}, "is a size in bytes", "a count of numbers, such as 1,234 or 1.2 million"],
    ["2 billion bytes", {}, "is a size in bytes", "a plain number, such as 1,234 or 0.25"],
    ["5 gigabits", {}, "is in bits", "a plain number, such as 1,234 or 0.25"],
    ["0.02 %", {counts: "parameters"}, "is a percentage", "a count of parameters, such as 1,234 or 1.2 million"],
    ["128×", {counts: "ranks"}, "is a number of times", "a count of ranks, such as 1,234 or 1.2 million"],
    ["4 parameters", {}, "is a count", "a plain number, such as 1,234 or 0.25"],
    ["385 Gb", {unit: "GB"}, "is in bits", "a size in GB, such as 12 GB or 1.2 TB"],
    ["0.4%", {unit: "GB"}, "is a percentage", "a size in GB, such as 12 GB or 1.2 TB"],
    ["385 M", {unit: "GB"}, "does not say of what", "a size in GB, such as 12 GB or 1.2 TB"],
    ["385 billion", {unit: "GB"}, "does not say of what", "a size in GB, such as 12 GB or 1.2 TB"],
    ["385 GB/s", {unit: "GB"}, "has an unknown unit", "a size in GB, such as 12 GB or 1.2 TB"],
    ["128×", {unit: "%"}, "is a number of times", "a percentage, such as 12%"],
    ["3 GB", {unit: "×"}, "is a size in bytes", "a number of times, such as 12×"],
    ["4 kg", {unit: "ms"}, "has an unknown unit", "a number in ms"],
    ["8.39 m", {}, "has an unknown unit", "a plain number, such as 1,234 or 0.25"],
  ] as const)("“%s” where %j is asked for is refused, and told what was due", (text, asked, is, due) => {
    expect(typedNumber(text, asked)).toEqual({problem: `“${text}” ${is}. This question asks for ${due}.`});
  });

  test("a rounded size of three digits or more stands for what rounds to it", () => {
    const stands = (text: string, due: number, unit = "") => {
      const {value, slack} = typedNumber(text, {unit}) as {value: number; slack: number};
      return isWithinTolerance(value, due, slack);
    };
    expect(stands("8.39M", 8_388_608)).toBe(true);
    expect(stands("16.8 million", 16_777_216)).toBe(true);
    expect(stands("1.68 × 10^7", 16_777_216)).toBe(true);
    expect(stands("65.5k", 65_536)).toBe(true);
    expect(stands("8.39e6", 8_388_608)).toBe(true);
    expect(stands("0.142 TiB", 156, "GB")).toBe(true);
    expect(stands("0.142 TiB", 157, "GB")).toBe(false);
    expect(stands("156 GB", 156.4, "GB")).toBe(false);
    expect(stands("8.38M", 8_388_608)).toBe(false);
    expect(stands("8.4M", 8_388_608)).toBe(false);
    expect(stands("0.08M", 84_000)).toBe(false);
    expect(stands("8388000", 8_388_608)).toBe(false);
  });

  test.each([
    ["", "Type a number first."],
    ["  ", "Type a number first."],
    ["√5", "“√5” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["34/39", "“34/39” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["two", "“two” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["1.2.3", "“1.2.3” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["Infinity", "“Infinity” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["0x10", "“0x10” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["%", "“%” cannot be read as a number. Write it in digits, such as 1,234 or 0.25."],
    ["1e999", "“1e999” is too large to be read as a number."],
    ["0,87", "In “0,87” the comma parts no thousands. Write decimals with a point: 0.87."],
    ["0,385 million", "In “0,385 million” the comma parts no thousands. Write decimals with a point: 0.385 million."],
    ["0,875", "In “0,875” the comma parts no thousands. Write decimals with a point: 0.875."],
    ["12,34", "In “12,34” the comma parts no thousands. Write decimals with a point: 12.34."],
  ])("“%s” is answered in words", (text, sentence) => {
    expect(typedNumber(text)).toEqual({problem: sentence});
  });

  test("anything else is answered, never thrown, and never echoed at length", () => {
    // Of a length at which a pattern that tries every split of the digits is not done within the test's time.
    for (const end of ["z", ".", "..", ",", "e", "%%"])
      expect(typedNumber(`${"9".repeat(500_000)}${end}`).problem!.length, end).toBeLessThan(130);
    for (const text of ["()", "1,,000", "e5", "--1", "1 × 10^", "×10^3", "٣", "\0", "NaN"])
      expect(typedNumber(text).problem, text).toMatch(/\.$/);
  });
});

test("near is within the tolerance, and forgives the last bits", () => {
  expect([isWithinTolerance(2.23, Math.sqrt(5), 0.01), isWithinTolerance(2.2, Math.sqrt(5), 0.01)]).toEqual([
    true,
    false,
  ]);
  expect([isWithinTolerance(0.1 + 0.2, 0.3, 0), isWithinTolerance(98305, 98304, 0)]).toEqual([true, false]);
});
