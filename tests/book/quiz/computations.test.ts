import {describe, expect, test} from "vitest";
import {argumentText, roundedTo} from "../../../src/book/figure/computedText.ts";
import {resolveState} from "../../../src/book/figure/states.ts";
import {type Argument, computation, computations} from "../../../src/book/quiz/computations.ts";
import type {ComputingWidget} from "../../../src/figure/widget.ts";
import type {WidgetName} from "../../../src/figures/registry.ts";
import {remembering} from "../../figures/promises/tapes.ts";

/** Arguments, the number due, and how the figure behind its link prints it. */
const cases: Record<keyof typeof computations, [args: Argument[], due: number, printed: string][]> = {
  fullCount: [[[12288, 4], 49152, "49,152"]],
  loraCount: [
    [[12288, 12288, 4], 98304, "98,304"],
    [[1000, 500, 10], 15000, "15,000"],
  ],
  breakEvenRank: [
    [[12288, 12288], 6144, "6,144"],
    [[4096, 1024], 819.2, "819.2"],
  ],
  reduction: [
    [[12288, 12288, 4], 1536, "1,536"],
    [[12288, 12288, 8], 768, "768"],
  ],
  // The savings figure prints the stored count, r² more.
  degreesOfFreedom: [[[12288, 12288, 4], 98288, "98,304"]],
  // The rank figure prints the tail as a share of the norm, √(5 / 39).
  tail: [[[2, 5, 3, 2, 1], Math.sqrt(5), "35.8%"]],
  energyKept: [[[2, 5, 3, 2, 1], 34 / 39, "87.2%"]],
  // Llama 2 7B has 6.74 billion parameters, at 12 bytes 80.9 GB; GPT-3 at 8 bytes 1.4 TB.
  adamMemory: [
    [[7, 16, 32], 84, "80.9"],
    [[175, 16, 16], 1400, "1.4"],
  ],
  adaptedCount: [
    [[192, 12288, 4], 18874368, "18,874,368"],
    [[64, 4096, 16], 8388608, "75,497,472"],
  ],
  // The layer of the figure has numbers of its own; it shows where such a number comes from.
  outputEntry: [[[[1, 2], [1], [1, 1], 2, [2, -1]], 5, "path through A and B"]],
  mergedEntry: [[[0.5, [1, 2], [3, -1], 4], 2.5, "Merging adds (α/r)BA into W"]],
  expectedSimilarity: [[[4, 16, 32], 0.5, "0.50"]],
  // A direction here is one of a trained matrix, so the figure shows where such a number comes from.
  phi: [
    [
      [
        [0, 1, 0],
        [0, 0.8, 0.6],
      ],
      0.64,
      "φ(",
    ],
  ],
  randomNorm: [
    [[61.95, 4, 12288], (61.95 * 4) / 12288, "0.02"],
    [[61.95, 64, 12288], (61.95 * 64) / 12288, "0.33"],
  ],
  factor: [[[6.91, 0.32], 6.91 / 0.32, "21.6"]],
  factorOnDiagonal: [[[3, 4, 8, 3, 0.5], 8, "Factor: first row over third"]],
  squareShare: [[[21.67, 61.95], 100 * (21.67 / 61.95) ** 2, "21.67"]],
  scaling: [[[16, 32], 0.5, "path through A and B"]],
  gradientOfB: [[[-0.5, 2, 4, [2, 1], [1, 2], [3, -1]], -5, "B"]],
  // The cost figure counts the parameters of base and adapter, where the paper rounds: 349 GB and 37.7 MB.
  sharedStorage: [[[350, 35, 1000], 385, "387"]],
  storageRatio: [[[350, 35, 1000], 350_000 / 385, "387"]],
  allocatedRank: [[[2, 4, [5, 1, 1], [4, 3, 2]], 3, "At rank 3 this 3 × 3 matrix, yours,"]],
  rankOf: [
    [
      [
        [2, 0, 6],
        [-1, 0, -3],
        [1, 1, 1],
      ],
      2,
      "At rank 2 this 3 × 3 matrix, yours,",
    ],
    [
      [
        [1, 2],
        [2, 4],
      ],
      1,
      "At rank 1 this 2 × 2 matrix, yours,",
    ],
  ],
};

/** Links that lead to the same figure share its runs: the twins of subspace and amplify take seconds to train. */
const figures = new Map<string, Promise<ComputingWidget>>();
const figure = (name: string): Promise<ComputingWidget> => {
  const known = figures.get(name) ?? remembering(name as WidgetName);
  figures.set(name, known);
  return known;
};

const all = Object.entries(cases).flatMap(([fn, list]) => list.map((one) => [fn, ...one] as const));

describe("numbers the engine gives to prose and questions", () => {
  test("every function has a case", () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(computations).sort());
  });

  test.each(all)("%s(%j) is %d", (fn, args, due) => {
    expect(computation(fn).run(...args)).toBeCloseTo(due, 12);
  });

  test.each(all)("the link of %s(%j) leads to a figure that shows it", async (fn, args, _, printed) => {
    const {widget, params} = await resolveState(fn, computation(fn).figureState(...args));
    const w = await figure(widget);
    const result = w.compute(params);
    const values = w.readouts(result, params).map(({value, note}) => `${value} ${note ?? ""}`);
    const rows = w.table(result, params).rows.flat();
    expect([w.summary(result, params), ...values, ...rows].join(" ")).toContain(printed);
  });

  test("a wrong name or a wrong call is refused, and the error says what was expected", () => {
    expect(() => computation("count")).toThrow(
      "count is no number the engine gives here; there are fullCount, loraCount",
    );
    expect(() => computation("constructor")).toThrow("constructor is no number");
    expect(() => computation("loraCount").run(1, 2)).toThrow("loraCount takes d, k, r; got (1; 2)");
    expect(() => computation("breakEvenRank").run(1, 2, 3)).toThrow("breakEvenRank takes d, k; got (1; 2; 3)");
    expect(() => computation("tail").run([1, 2], 3)).toThrow("tail takes r, σ, …; got (1,2; 3)");
    expect(() => computation("rankOf").run(1)).toThrow("rankOf takes rows, …; got (1)");
    expect(() => computation("phi").run([1], 2)).toThrow("phi takes direction of one");
  });
});

test("arguments are named; the last name takes what is left", () => {
  expect(argumentText(["d", "k", "r"], [12288, 500, 8])).toBe("d = 12,288, k = 500, r = 8");
  expect(argumentText(["r", "σ"], [2, 5, 3, 2, 1])).toBe("r = 2, σ = 5, 3, 2, 1");
  expect(
    argumentText(
      ["rows"],
      [
        [2, 0],
        [-1, 1],
      ],
    ),
  ).toBe("rows = [2, 0], [−1, 1]");
});

test("an answer is shown to the digits its tolerance makes matter", () => {
  expect([
    roundedTo(Math.sqrt(5), 0.01),
    roundedTo(0.0326, 0.1, "%"),
    roundedTo(34 / 39, 0.005),
    roundedTo(819.2, 0.5),
    roundedTo(768, 0.5, "×"),
    roundedTo(98304, 0),
  ]).toEqual(["2.24", "0.033%", "0.872", "819.2", "768×", "98,304"]);
});
