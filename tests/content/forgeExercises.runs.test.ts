/** The exercises that run on the word forge: what is due, what each mistake gives, and the numbers their texts type. */
import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {codeTask} from "../../src/book/quiz/codeTasks.ts";
import {type ForgeData, forgeData, functionOf} from "../../src/book/quiz/exercise/codeData.ts";
import {forgeDoubtText, forgeVerdict, isAlike} from "../../src/book/quiz/exercise/forgeRun.ts";
import type {JsonValue} from "../../src/book/quiz/exercise/json.ts";
import {callsOf, readingOf, readyFor} from "../../src/book/quiz/forgeTasks.ts";
import {type QuestionOf, questions} from "../../src/book/quiz/questions.ts";
import {fromRows, matmul, scale} from "../../src/engine/linalg/matrix.ts";
import {compute, ready} from "../../src/figures/forge/model.ts";
import {readCut} from "../../src/tools/sweepCut.ts";
import {readForge} from "../../src/tools/sweepForge.ts";

type Forged = QuestionOf<"code"> & {forge: {task: ForgeData["task"]; about: string}};
const asked = questions.filter((q): q is Forged => q.kind === "code" && q.forge !== undefined);
const named = (task: ForgeData["task"]) => asked.find(({forge}) => forge.task === task)!;
const text = readFileSync("content/chapters/12-exercises.mdx", "utf8");
const doubt = (loss: number) => Math.exp(loss).toFixed(1);
const outcomes = (values: readonly JsonValue[]) => ({outcomes: values.map((value) => ({value})), printed: []});

const all = new Map<string, ForgeData>();
beforeAll(async () => {
  for (const one of asked) all.set(one.forge.task, (await forgeData(one))!);
}, 120_000);

test("three programs can be tried on the forge", () => {
  expect(asked.map(({forge}) => forge.task).sort()).toEqual(["merge", "toAdapter", "train"]);
});

describe.each(asked.map((one) => [one.forge.task, one] as const))(
  "%s",
  (task, one) => {
    const run = async (program: readonly string[]) => {
      const f = await functionOf(program, one.task);
      return callsOf(task).map((args) => f(args as readonly JsonValue[]));
    };
    const judge = async (program: readonly string[]) => {
      const values = await run(program);
      return forgeVerdict(outcomes(values), values.length, all.get(task)!);
    };

    test("the solution is right on the forge", async () => {
      const data = all.get(task)!;
      const found = await judge(one.solution);
      const lines = [{name: `Yours, ${forgeDoubtText(data.expected)}`, words: data.expected.words.join(" ")}];
      expect(found).toMatchObject({isRight: true, lines});
      expect(found.todo ?? found.mistake).toBeUndefined();
    });

    test("the function as it stands at the start is not", async () => {
      expect(forgeVerdict(outcomes(await run(one.starter)), callsOf(task).length, all.get(task)!).isRight).toBe(false);
    });

    test("each mistake makes the forge another one, or its values do not fit", () => {
      const {expected, mistakes} = all.get(task)!;
      const readings = mistakes.filter((reading) => reading !== null);
      expect(readings.length).toBeGreaterThanOrEqual(3);
      for (const reading of readings)
        expect([expected, ...readings].filter((other) => isAlike(reading, other))).toEqual([reading]);
    });

    test("what is sent is small", () => {
      expect(JSON.stringify(callsOf(task)).length).toBeLessThan(600_000);
    });
  },
  120_000,
);

describe("what is due", () => {
  test("before: the forge of the figures, as it is", async () => {
    await ready({adapter: "on", lesson: "names", isThree: false, draw: 11});
    const [first] = compute({adapter: "on", lesson: "names", isThree: false, draw: 11}) as unknown as [
      {off: {words: string[]}; on: {words: string[]}},
    ];
    for (const {before} of all.values()) {
      expect(before.words).toEqual(first.off.words);
      expect([before.doubt.toFixed(1), before.size]).toEqual([doubt(readForge().base), 0]);
    }
    expect(all.get("merge")!.expected.words, "merged as with the adapter beside").toEqual(first.on.words);
  });

  test("merge: as many letters in doubt as the adapter has", () => {
    expect(all.get("merge")!.expected.doubt).toBeCloseTo(Math.exp(readForge().adapter[0]!), 1);
  });

  test("toAdapter: as many as figure 2.6 has at four pieces", () => {
    expect(all.get("toAdapter")!.expected.doubt).toBeCloseTo(Math.exp(readCut().change[4]!), 3);
  });

  test("train: one pass through the letters lowers the surprise at them too, and its gradients are those of finite differences", async () => {
    await readyFor("train");
    const [[xs, letters, W0, A, B, alpha, rate]] = callsOf("train") as [
      [number[][], number[], number[][], number[][], number[][], number, number],
    ];
    const surprise = (a: number[][], b: number[][], n: number) => {
      const update = scale(matmul(fromRows(b), fromRows(a)), alpha / a.length);
      const h = W0.map((row, i) =>
        row.reduce((sum, w, j) => sum + (w + update.data[i * row.length + j]!) * xs[n]![j]!, 0),
      );
      return Math.log(h.reduce((sum, one) => sum + Math.exp(one), 0)) - h[letters[n]!]!;
    };
    const train = codeTask("train").run as unknown as (...args: unknown[]) => [number[][], number[][]];
    const pair = ([a, b]: [number[][], number[][]]) => ({A: a, B: b});
    const after = pair(train(xs, letters, W0, A, B, alpha, rate));
    const mean = (a: number[][], b: number[][]) => xs.reduce((sum, _, n) => sum + surprise(a, b, n), 0) / xs.length;
    expect(mean(after.A, after.B)).toBeLessThan(mean(A, B) - 0.3);
    // One further step at the first letter, against slopes of the surprise there.
    const next = pair(train([xs[0]], [letters[0]], W0, after.A, after.B, alpha, rate));
    const e = 1e-5;
    const moved = (rows: number[][], i: number, j: number, by: number) =>
      rows.map((row, at) => row.map((one, k) => (at === i && k === j ? one + by : one)));
    const slope = (at: "A" | "B", i: number, j: number) => {
      const [up, down] = [e, -e].map((by) => {
        const rows = moved(after[at], i, j, by);
        const [a, b] = at === "A" ? [rows, after.B] : [after.A, rows];
        return surprise(a, b, 0);
      });
      return (up! - down!) / (2 * e);
    };
    for (const [i, j] of [
      [0, 0],
      [3, 31],
      [1, 12],
    ] as const)
      expect(next.A[i]![j]! - after.A[i]![j]!).toBeCloseTo(-rate * slope("A", i, j), 8);
    for (const [i, j] of [
      [0, 0],
      [26, 3],
      [letters[0]!, 1],
    ] as const)
      expect(next.B[i]![j]! - after.B[i]![j]!).toBeCloseTo(-rate * slope("B", i, j), 8);
  });
});

describe("the texts", () => {
  test("type the words that the forge writes", () => {
    const {expected, mistakes} = all.get("merge")!;
    const fifth = (words: readonly string[]) => words[4];
    expect(text).toContain(`The forge writes *${fifth(all.get("merge")!.before.words)}*.`);
    expect(text).toContain(
      `it writes *${fifth(expected.words)}*. Leave the scale out of the merge, and it writes *${fifth(mistakes[0]!.words)}*.`,
    );
    expect(text).toContain(`*gadring* becomes *${fifth(mistakes[1]!.words)}*`);
    expect(mistakes[1]!.size / expected.size).toBeCloseTo(4, 9);
    expect(mistakes[3]!.doubt, "turned over: worse than before").toBeGreaterThan(all.get("merge")!.before.doubt);
    const [own] = [all.get("train")!.expected.words];
    expect(text).toContain(`*gadring* has become *${own[4]}*`);
    const [last, ...others] = own.filter((_, i) => i !== 4).reverse();
    expect(text).toContain(
      `the other seven are ${others
        .reverse()
        .map((word) => `*${word}*`)
        .join(", ")} and *${last}*.`,
    );
  });

  test("type the numbers that come out", () => {
    const {before, expected} = all.get("train")!;
    expect(text).toContain(`from ${before.doubt.toFixed(1)} letters in doubt to ${expected.doubt.toFixed(1)}`);
    expect(text).toContain(`at ${all.get("toAdapter")!.expected.doubt.toFixed(1)} letters in doubt`);
    expect(text.split(all.get("merge")!.expected.doubt.toFixed(1))).toHaveLength(3);
    const {base} = readForge();
    const {change} = readCut();
    expect(text).toContain(
      `kept ${Math.round((100 * (base - change[4]!)) / (base - change[32]!))}% of what all 32 gain`,
    );
    const [[xs, , W0, A, B]] = callsOf("train") as [[number[][], number[], number[][], number[][], number[][]]];
    expect(named("train").forge.about).toContain(`the ${xs.length.toLocaleString("en-US")} letters of 100 names`);
    expect(named("train").forge.about).toContain(`${W0.length} × ${W0[0]!.length}`);
    expect(A.flat().length + B.flat().length).toBe(4 * (32 + 27));
  });
});

test("rounding alone makes no other reading, a change by a millionth does", () => {
  const reading = {words: ["anna"], doubt: 9, size: 3};
  expect(isAlike({...reading, doubt: 9.0001, size: 3 + 1e-10}, reading)).toBe(true);
  expect(isAlike({...reading, size: 3 + 3e-6}, reading)).toBe(false);
  expect(isAlike({...reading, words: ["anne"]}, reading)).toBe(false);
});

describe("a result that does not fit", () => {
  const rows = (m: number, n: number): number[][] => Array.from({length: m}, () => Array<number>(n).fill(0));
  const four = (first: unknown) => [first, ...[1, 2, 3].map(() => rows(32, 32))];

  test.each([
    ["merge", four(5), "The result for Wq of layer 1 is not a list of rows."],
    ["merge", four(rows(31, 32)), "The result for Wq of layer 1 has 31 rows; it should have 32."],
    ["merge", four([...rows(31, 32), 3]), "has a row that is not a list."],
    ["merge", four(rows(32, 1)), "has a row of 1 entry; it should have 32."],
    ["merge", four([...rows(31, 32), Array(32).fill("nan")]), "has an entry that is not a number: nan."],
    ["train", [null], "The adapter of the head: the result is not A, B."],
    ["train", [[rows(4, 32), rows(4, 27)]], "The adapter of the head: B has 4 rows; it should have 27."],
    ["train", [[rows(4, 32).fill(Array(32).fill(1e30)), rows(27, 4).fill(Array(4).fill(1e30))]], "the values ran away"],
  ] as const)("%s of %j", (task, results, said) => {
    expect(readingOf(task, results)).toEqual({problem: expect.stringContaining(said)});
  });

  test("why a program stopped is said in place of words", () => {
    const data = all.get("merge")!;
    expect(forgeVerdict({outcomes: [], printed: [], problem: "It took too long."}, 4, data)).toMatchObject({
      isRight: false,
      todo: "It took too long.",
      lines: [],
    });
    const thrown = [{value: rows(32, 32)}, {thrown: "x is not defined."}];
    expect(forgeVerdict({outcomes: thrown, printed: ["1"]}, 4, data)).toMatchObject({
      todo: "Call 2 of 4: x is not defined.",
      printed: ["1"],
    });
  });
});
