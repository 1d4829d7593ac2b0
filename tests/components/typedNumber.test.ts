import {describe, expect, test} from "vitest";
import {isNear, typedNumber} from "../../src/components/typedNumber.ts";

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
    expect(typedNumber("350 GB", "GB").value).toBe(350);
    expect(typedNumber("350GB", "GB").value).toBe(350);
    expect(typedNumber("87%", "%").value).toBe(87);
    expect(typedNumber("87", "%").value).toBe(87);
    expect(typedNumber("768×", "×").value).toBe(768);
    expect(typedNumber("350 MB", "GB").problem).toMatch(/cannot be read/);
    expect(typedNumber("350M", "GB").problem).toMatch(/cannot be read/);
    expect(typedNumber("4.7M", "M").value).toBe(4.7);
    expect(typedNumber("0.9k×", "×").value).toBe(900);
  });

  test("a rounded size of three digits or more stands for what rounds to it", () => {
    const stands = (text: string, due: number) => {
      const {value, slack} = typedNumber(text) as {value: number; slack: number};
      return isNear(value, due, slack);
    };
    expect(stands("8.39M", 8_388_608)).toBe(true);
    expect(stands("16.8 million", 16_777_216)).toBe(true);
    expect(stands("1.68 × 10^7", 16_777_216)).toBe(true);
    expect(stands("65.5k", 65_536)).toBe(true);
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
    ["0,875", "In “0,875” the comma parts no thousands. Write decimals with a point: 0.875."],
    ["12,34", "In “12,34” the comma parts no thousands. Write decimals with a point: 12.34."],
  ])("“%s” is answered in words", (text, sentence) => {
    expect(typedNumber(text)).toEqual({problem: sentence});
  });

  test("anything else is answered, never thrown, and never echoed at length", () => {
    const long = `${"9".repeat(5000)}z`;
    expect(typedNumber(long).problem!.length).toBeLessThan(130);
    for (const text of ["()", "1,,000", "e5", "--1", "1 × 10^", "×10^3", "٣", "\0", "NaN"])
      expect(typedNumber(text).problem, text).toMatch(/\.$/);
  });
});

test("near is within the tolerance, and forgives the last bits", () => {
  expect([isNear(2.23, Math.sqrt(5), 0.01), isNear(2.2, Math.sqrt(5), 0.01)]).toEqual([true, false]);
  expect([isNear(0.1 + 0.2, 0.3, 0), isNear(98305, 98304, 0)]).toEqual([true, false]);
});
