import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {codeTask} from "../../../src/answers/codeTasks.ts";
import {highlight} from "../../../src/components/quiz/exercise/highlight.ts";
import {type Json, same, shown} from "../../../src/components/quiz/exercise/json.ts";
import {resultOf} from "../../../src/components/quiz/exercise/program.ts";
import {shuffled} from "../../../src/components/quiz/exercise/shuffle.ts";

describe("results are compared", () => {
  test.each<[Json, Json, boolean]>([
    [0.1 + 0.2, 0.3, true],
    [1e12 + 1, 1e12, true],
    [1e6 + 1, 1e6, false],
    [-0, 0, true],
    ["NaN", 0, false],
    [null, 0, false],
    [0, [0], false],
    [[1, 2], [1, 2], true],
    [[1, 2, 3], [1, 2], false],
    [[1], [1, 2], false],
    [{A: [[1]], B: []}, {B: [], A: [[1]]}, true],
    [{A: [[1]]}, {A: [[1]], B: []}, false],
    [{A: 1, C: 2}, {A: 1, B: 2}, false],
    [{0: 1}, [1], false],
    [[1], {0: 1}, false],
  ])("%j and %j: %s", (got, due, isSame) => {
    expect(same(got, due)).toBe(isSame);
  });

  test("they are shown as JavaScript writes them, and cut", () => {
    expect(shown([[1, -0.5], [1 / 3]])).toBe("[[1, -0.5], [0.333333]]");
    expect(shown({A: [[1]], B: null})).toBe("{A: [[1]], B: null}");
    expect(shown(Array(200).fill(1)).length).toBeLessThan(170);
  });
});

describe("the light highlighter", () => {
  const joined = (program: string) =>
    highlight(program)
      .map(({text}) => text)
      .join("");

  test("its pieces are the program, whatever that is", () => {
    const signs = fc.constantFrom("/", "*", '"', "'", "`", "\\", "\n", "a", "let ", "1e5", ".", "//", "/*", "é", "$");
    const program = fc.oneof(
      fc.string(),
      fc.array(signs, {maxLength: 40}).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(program, (text) => {
        expect(joined(text)).toBe(text);
      }),
      {numRuns: 2000},
    );
  });

  test("it tells words, numbers, texts and comments", () => {
    const kinds = highlight('const a1 = 0.5; // for "x"\nlet b = "if // no" + `new\n2`; /* 3').filter(({kind}) => kind);
    expect(kinds.map(({text, kind}) => `${kind}: ${text}`)).toEqual([
      "word: const",
      "number: 0.5",
      'comment: // for "x"',
      "word: let",
      'text: "if // no"',
      "text: `new\n2`",
      "comment: /* 3",
    ]);
  });

  test("takes its time in proportion to the length, however it is written", () => {
    for (const sign of ["/*", '"', "`", "\\", "/", "1.", "a"]) {
      const start = performance.now();
      highlight(sign.repeat(50_000));
      expect(performance.now() - start, sign).toBeLessThan(1000);
    }
  });
});

test("items are mixed, always in the same way, and never left in order", () => {
  for (let count = 2; count < 8; count++) {
    for (const text of ["q-a", "q-b", "q-12-one-step"]) {
      const order = shuffled(count, text);
      expect([...order].sort()).toEqual(Array.from({length: count}, (_, i) => i));
      expect(order.some((place, i) => place !== i)).toBe(true);
      expect(shuffled(count, text)).toEqual(order);
    }
  }
});

describe("programs of the bank", () => {
  test("run with their arguments, and are ended when they do not end", () => {
    expect(resultOf(["const f = (a, b) => [a, b];"], "f", [1, [2]])).toEqual([1, [2]]);
    expect(() => resultOf(["function f() { for (;;); }"], "f", [], 20)).toThrow(/timed out/);
  });

  test("a task that the engine has not is refused with those it has", () => {
    expect(() => codeTask("backward")).toThrow("backward is no task of the engine; there are countLora, forward");
    expect(() => codeTask("constructor")).toThrow("is no task");
  });
});

test("one step of SGD is what finite differences say", () => {
  const [x, target, W0, alpha, rate] = [
    [1, -1, 2],
    [1, 0],
    [
      [0.5, 1, 0],
      [2, 0, -1],
    ],
    4,
    0.1,
  ];
  const A = [
    [1, 0, 1],
    [0, 2, -1],
  ];
  const B = [
    [1, -1],
    [0.5, 2],
  ];
  const forward = codeTask("forward").run as unknown as (...args: unknown[]) => number[];
  const loss = (a: number[][], b: number[][]) =>
    forward(x, W0, a, b, alpha).reduce((sum, h, i) => sum + (h - target[i]!) ** 2 / 2, 0);
  const step = codeTask("sgdStep").run as unknown as (...args: unknown[]) => {A: number[][]; B: number[][]};
  const after = step(x, target, W0, A, B, alpha, rate);
  const moved = (m: number[][], i: number, j: number, by: number) =>
    m.map((row, r) => row.map((v, c) => (r === i && c === j ? v + by : v)));
  const h = 1e-5;
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 3; j++) {
      const slope = (loss(moved(A, i, j, h), B) - loss(moved(A, i, j, -h), B)) / (2 * h);
      expect(after.A[i]![j]).toBeCloseTo(A[i]![j]! - rate * slope, 6);
    }
    for (let j = 0; j < 2; j++) {
      const slope = (loss(A, moved(B, i, j, h)) - loss(A, moved(B, i, j, -h))) / (2 * h);
      expect(after.B[i]![j]).toBeCloseTo(B[i]![j]! - rate * slope, 6);
    }
  }
});
