import {expect, test} from "vitest";
import {extentText} from "../../../../src/figure/plot/matrices/extent.ts";

const of = (cols: number, ...data: number[]) =>
  extentText({rows: data.length / cols, cols, data: Float64Array.from(data)});

test("what stands out in a matrix: its range, where it is farthest from zero, what is exactly zero", () => {
  expect(of(3, 1, 2, 3, -4, 5, 0.5)).toBe("entries from −4 to 5, farthest from 0 in row 2, column 2");
  expect(of(2, 1, 0, 0, -4)).toBe("entries from −4 to 1, farthest from 0 in row 2, column 2, exactly 0 in 2 of 4");
  expect(of(2, 7, 7, 7, 7)).toBe("entries from 7 to 7, farthest from 0 in row 1, column 1");
});

test("nothing but zeros is said to be so, and a small number never reads 0", () => {
  expect(of(2, 0, -0, 0, 0)).toBe("every entry is 0");
  expect(of(1, 2e-9, 0)).toBe("entries from 0 to 2.0 × 10⁻⁹, farthest from 0 in row 1, column 1, exactly 0 in 1 of 2");
  expect(extentText({rows: 0, cols: 3, data: new Float64Array()})).toBe("every entry is 0");
});
