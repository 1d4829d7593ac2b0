import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {
  MAX_CELLS_LENGTH,
  MAX_SIDE,
  readCells,
  readNumbers,
  writeCells,
} from "../../../src/figures/shared/matrixText.ts";

const plainOf = ({rows, cols, data}: Matrix) =>
  Array.from({length: rows}, (_, i) => [...data.slice(i * cols, (i + 1) * cols)]);
const filled = (rows: number, cols: number, value: (n: number) => number): Matrix => ({
  rows,
  cols,
  data: Float64Array.from({length: rows * cols}, (_, n) => value(n)),
});

describe("pasted numbers", () => {
  test.each([
    ["1 2 3\n4 5 6", "[[1,2,3],[4,5,6]]"],
    ["1,2,3;4,5,6", "[[1,2,3],[4,5,6]]"],
    ["1\t-2\r\n\r\n+3\t4e-2\r\n", "[[1,-2],[3,0.04]]"],
    ["[[1, 2],\n [3, 4]]", "[[1,2],[3,4]]"],
    ["  7 ", "[[7]]"],
    ["1, 2,\n3, 4,", "[[1,2],[3,4]]"],
  ])("%j is a matrix", (text, rows) => {
    const {matrix, problem} = readNumbers(text);
    expect(problem).toBeUndefined();
    expect(JSON.stringify(plainOf(matrix!))).toBe(rows);
  });

  test.each([
    ["", "The text is empty; rows of numbers were due, one row a line."],
    [",", "The text is empty; rows of numbers were due, one row a line."],
    ["[],\n[ ]", "The text is empty; rows of numbers were due, one row a line."],
    [" \n ;\n", "The text is empty; rows of numbers were due, one row a line."],
    ["1 2 3\n4 5", "Row 2 has 2 numbers, row 1 has 3; every row needs the same count."],
    ["1\n2 3\n4", "Row 2 has 2 numbers, row 1 has 1; every row needs the same count."],
    ["1 2\n3", "Row 2 has 1 number, row 1 has 2; every row needs the same count."],
    ["1 2\n3 NaN", "Row 2, column 2 is “NaN”; a number was due."],
    ["1 Infinity", "Row 1, column 2 is “Infinity”; a number no larger than 1e100 was due."],
    ["1e101", "Row 1, column 1 is “1e101”; a number no larger than 1e100 was due."],
    [
      "1,5 2,7\n3 4",
      "Row 1 has spaces between numbers and “1,5” with a comma; write decimals with a point, or separate all numbers the same way.",
    ],
    [
      "1 2\n[3 −4,25]",
      "Row 2 has spaces between numbers and “−4,25” with a comma; write decimals with a point, or separate all numbers the same way.",
    ],
    ["1 two", "Row 1, column 2 is “two”; a number was due."],
    [Array(49).fill("1").join("\n"), "The matrix has 49 × 1 = 49 numbers; up to 48 × 48 were due."],
    [Array(1000).fill("1").join(" "), "The matrix has 1 × 1000 = 1,000 numbers; up to 48 × 48 were due."],
  ])("%j is refused with what came and what was due", (text, sentence) => {
    expect(readNumbers(text)).toEqual({problem: sentence});
  });

  test.each([
    ["1,5", true],
    ["1,5\n-2,7\n", true],
    ["1,5;2,7", true],
    ["1,5,2", false],
    ["1, 5", false],
    ["1.5,2.7", false],
  ])("%j could be decimals: %s", (text, isInDoubt) =>
    expect(readNumbers(text).matrix && "doubt" in readNumbers(text)).toBe(isInDoubt),
  );

  test("a million cells, or a text made to be slow, is refused at once", () => {
    const million = Array(1000).fill(Array(1000).fill("1").join(" ")).join("\n");
    const slow = [
      million,
      `${"]".repeat(199_000)}x`,
      "[".repeat(199_000),
      ",".repeat(199_000),
      " ".repeat(199_000),
      "\n".repeat(199_000),
      "1 ".repeat(99_000),
    ];
    for (const text of slow) {
      const start = performance.now();
      expect(readNumbers(text).problem).toMatch(/ (was|were) due/);
      expect(performance.now() - start).toBeLessThan(1000);
    }
    expect(readNumbers(million).problem).toBe(
      "The text has 1,999,999 characters; a matrix of up to 48 × 48 numbers was due.",
    );
  });

  test("no text makes it throw", () => {
    const text = fc.oneof(fc.string({unit: "binary"}), fc.stringMatching(/^[0-9;,.\sexN+\-[\]]{0,200}$/));
    fc.assert(
      fc.property(text, (any) => {
        for (const read of [readNumbers, readCells]) {
          const {matrix, problem} = read(any);
          if (matrix) expect(matrix.data.length).toBeGreaterThan(0);
          if (matrix) expect(matrix.data.every((x) => Number.isFinite(x) && Math.abs(x) <= 1e100)).toBe(true);
          else expect(problem).toMatch(/[.;].* due|every row needs the same count/);
        }
      }),
      {seed: 8, numRuns: 2000},
    );
  });
});

describe("cells in a link", () => {
  const same = (m: Matrix) => {
    const {text, exact} = writeCells(m);
    expect(text.length).toBeLessThanOrEqual(MAX_CELLS_LENGTH);
    const back = readCells(text);
    expect(back.problem).toBeUndefined();
    return {text, exact, back: back.matrix!};
  };

  test("small matrices are their numbers", () => {
    const m = filled(2, 2, (n) => [1, -2.5, 0, 1e-7][n]!);
    expect(writeCells(m)).toEqual({text: "1,-2.5;0,1e-7", exact: true});
  });

  test("any small matrix comes back exactly", () => {
    const side = fc.integer({min: 1, max: 8});
    const number = fc.double({min: -1e100, max: 1e100, noNaN: true, noDefaultInfinity: true});
    fc.assert(
      fc.property(side, side, fc.infiniteStream(number), (rows, cols, numbers) => {
        const m = filled(rows, cols, () => numbers.next().value! + 0);
        const {exact, back} = same(m);
        expect([back.rows, back.cols]).toEqual([rows, cols]);
        if (exact) expect([...back.data]).toEqual([...m.data].map((x) => x || 0));
      }),
      {seed: 8},
    );
  });

  test("what is drawn is packed in four bits, and exact", () => {
    for (const [rows, cols] of [
      [48, 48],
      [47, 47],
      [48, 47],
    ] as const) {
      const m = filled(rows, cols, (n) => [-1, 0, 1][(n * 7 + (n >> 3)) % 3]!);
      m.data[0] = 1;
      const {text, exact, back} = same(m);
      expect(exact).toBe(true);
      if (text.startsWith("4.")) expect(text.length).toBeLessThan(1600);
      expect([back.rows, back.cols]).toEqual([rows, cols]);
      expect(back.data).toEqual(m.data);
    }
    expect(writeCells(filled(48, 48, (n) => (n % 2 ? 3 : -3))).text).toMatch(/^4\.48x48\.3\.[\w-]{1536}$/);
  });

  test("other large matrices are packed in eight bits, rounded to one part in 127 of the largest, and say so", () => {
    const m = randn(48, 48, mulberry32(5));
    const {text, exact, back} = same(m);
    expect(text).toMatch(/^8\.48x48\./);
    expect(exact).toBe(false);
    const limit = Math.max(...m.data.map(Math.abs));
    for (const [n, x] of m.data.entries()) expect(Math.abs(back.data[n]! - x)).toBeLessThanOrEqual(limit / 254 + 1e-12);
    const again = same(back);
    expect(again.exact).toBe(true);
    expect(again.back.data).toEqual(back.data);
  });

  test("zeros, the smallest and the largest numbers survive packing", () => {
    for (const value of [0, 5e-324, 1e-300, 1e100, -1e100, Math.PI * 1e-100]) {
      const m = filled(48, 48, () => value);
      const {exact, back} = same(m);
      expect(exact, String(value)).toBe(true);
      expect(back.data, String(value)).toEqual(m.data);
    }
  });

  test.each([
    ["4.48x48.1.AAAA", "The packed matrix has 3 bytes; 1,152 were due for 48 × 48."],
    ["4.1x1.1.", "The packed matrix has 0 bytes; 1 was due for 1 × 1."],
    ["8.1x2.1.AA", "The packed matrix has 1 byte; 2 were due for 1 × 2."],
    ["8.2x2.1.A", "The packed matrix has 0 bytes; 4 were due for 2 × 2."],
    ["4.99x48.1.AA", "The packed matrix says 99 × 48 and ±1; up to 48 × 48 and a positive size were due."],
    ["4.0x0.1.", "The packed matrix says 0 × 0 and ±1; up to 48 × 48 and a positive size were due."],
    ["8.1x1.-1.AA", "The packed matrix says 1 × 1 and ±-1; up to 48 × 48 and a positive size were due."],
    ["8.1x1.1e999.AA", "The packed matrix says 1 × 1 and ±1e999; up to 48 × 48 and a positive size were due."],
    ["8.1x1.1.2.AA", undefined],
  ])("corrupted text %j is refused with what came and what was due", (text, sentence) => {
    const {problem, matrix} = readCells(text);
    if (sentence) expect(problem).toBe(sentence);
    else expect(matrix?.data[0]).toBeCloseTo(-1.2, 12);
  });

  test("any packed text is a matrix in range or a refusal", () => {
    const any = fc.stringMatching(/^[48]\.\d{1,2}x\d{1,2}\.[-+.\de]{1,6}\.[\w-]{0,40}$/);
    fc.assert(
      fc.property(any, (text) => {
        const {matrix, problem} = readCells(text);
        if (!matrix) return void expect(problem).toMatch(/due/);
        expect(Math.max(matrix.rows, matrix.cols)).toBeLessThanOrEqual(MAX_SIDE);
        const size = Number(text.split(".").slice(2, -1).join("."));
        expect(matrix.data.every((x) => Math.abs(x) <= size)).toBe(true);
      }),
      {seed: 8, numRuns: 1000},
    );
  });

  test("no matrix that may be given needs a longer link than its limit", () => {
    const longest = filled(48, 48, (n) => -(1.2345678901234567 + n / 7) * 1e-100);
    expect(writeCells(longest).text.length).toBeLessThanOrEqual(MAX_CELLS_LENGTH);
    for (let side = 1; side <= MAX_SIDE; side++) {
      const {text} = writeCells(filled(side, side, (n) => -(1.2345678901234567 + n / 7) * 1e-100));
      expect(text.length).toBeLessThanOrEqual(MAX_CELLS_LENGTH);
      expect(readCells(text).problem).toBeUndefined();
    }
  });
});
