/** What chapters 3, 5 and 7 say of the word forge in typed numbers, held to stored runs and to runs made here. */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import type {Attachment} from "../../../src/engine/lora/attachment.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {forward} from "../../../src/engine/network/transformer.ts";
import {arrowsOf, compute as train} from "../../../src/figures/listener/model.ts";
import {POINTS} from "../../../src/figures/listener/task.ts";
import {isWithinSpread} from "../../../src/figures/shared/withinSpread.ts";
import {matrices, placesOf, ranks, trainedOf} from "../../../src/figures/sweep/stored.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {
  heldOutBatches,
  lossOn,
  QUERIES_AND_VALUES,
  sampledWords,
  trainToEnd,
  wordForgeBase,
} from "../../../src/tools/forgeRuns.ts";
import {createLabKernels} from "../../../src/tools/loadBase.ts";
import {readForge} from "../../../src/tools/sweepForge.ts";
import {oneOf} from "../../third.ts";

const chapter = (name: string) => readFileSync(`content/chapters/${name}.mdx`, "utf8");
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
const short = (value: number, decimals = 1) => value.toFixed(decimals);
/** "8.6 to 8.7", or one number where both are the same. */
const between = (all: readonly number[]) =>
  [...new Set([Math.min(...all), Math.max(...all)].map((one) => short(one)))].join(" to ");
const doubts = (cells: typeof ranks) => cells.map(({results}) => results.map(Math.exp));

describe("chapter 3", () => {
  const told = chapter("03-the-mechanism");
  const kernels = createLabKernels();
  const stored = readForge();
  const adapter = trainToEnd(kernels, QUERIES_AND_VALUES, {}, [0, 10, 50, 200]);
  const early = trainToEnd(kernels, QUERIES_AND_VALUES, {}, [0, 1, 2]);
  const doubt = (model: typeof wordForgeBase, list: keyof typeof heldOutBatches = "names") =>
    Math.exp(lossOn(kernels, model, heldOutBatches[list]));

  /** The adapter of queries and values with A and B at random or at zero; B is drawn as figure 3.3 draws it. */
  const start =
    (seed: number, isRandomA: boolean, isRandomB: boolean) =>
    (random: () => number): Attachment => {
      const attached = attachLora(wordForgeBase.sizes, QUERIES_AND_VALUES, random);
      const others = mulberry32(seed + 100);
      for (const [name, rows, cols] of attached.params.layout) {
        const {data} = attached.params.views[name]!;
        if (name.endsWith(".A") && !isRandomA) data.fill(0);
        if (name.endsWith(".B") && isRandomB)
          data.set(randn(rows, cols, others).data.map((value) => value / Math.sqrt(cols)));
      }
      return attached;
    };

  test("the first step moves every entry of B by 0.001 and none of A, the second all of them", () => {
    const {layout} = adapter.models[0]!.attached[0]!.params;
    const entries = (step: 0 | 1 | 2, factor: "A" | "B") =>
      layout.flatMap(([name]) =>
        name.endsWith(`.${factor}`) ? Array.from(early.models[step]!.attached[0]!.params.views[name]!.data) : [],
      );
    const moves = (step: 1 | 2, factor: "A" | "B") =>
      entries(step, factor).map((value, i) => Math.abs(value - entries(0, factor)[i]!));
    expect(new Set(moves(1, "B").map((one) => short(one, 5)))).toEqual(new Set(["0.00100"]));
    expect(new Set(moves(1, "A"))).toEqual(new Set([0]));
    expect([...moves(2, "A"), ...moves(2, "B")].every((one) => one > 0)).toBe(true);
    expect(told).toContain("All entries of $\\sB$ have moved, each by the same 0.001");
  });

  test("words on the way are those of chapter 0's draws, and the first row of A turns by 69 degrees", () => {
    const [at0, at10, at50, at200] = adapter.models.map((model) => sampledWords(kernels, model, 8, 11));
    expect(told).toContain(`*${[at0![0], at0![1], at0![3]].join(", ")}*`);
    expect(told).toContain(`*${at0![1]}* has become *${at10![1]}*`);
    expect(told).toContain(`, and *${at50![1]}*`);
    expect(told).toContain(`*${[at200![0], at200![1], at200![3], at200![4]].join(", ")}*`);
    const row = (i: number) =>
      Array.from(adapter.models[i]!.attached[0]!.params.views["layers.1.Wv.A"]!.data).slice(0, 32);
    const dot = (x: number[], y: number[]) => x.reduce((sum, one, i) => sum + one * y[i]!, 0);
    const [from, to] = [row(0), row(3)];
    const angle = Math.acos(dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to)));
    expect(Math.round((180 * angle) / Math.PI)).toBe(69);
    expect(told).toContain(">69 degrees</Set>");
  });

  test("the four starts: at the start, and after 200 steps", () => {
    const rows = [
      ["pushes zero, as in the paper", true, false],
      ["questions zero", false, true],
      ["both random", true, true],
      ["both zero", false, false],
    ] as const;
    for (const [name, isRandomA, isRandomB] of oneOf(rows)) {
      const runs = [7, 1, 2].map((seed, i) => {
        // The paper's start is the stored one, and a start that never moves needs no seeds.
        if (isRandomA && !isRandomB) return [stored.base, stored.adapter[i]!].map(Math.exp);
        if (!isRandomA && !isRandomB && i) return [];
        const {models, params} = trainToEnd(kernels, start(seed, isRandomA, isRandomB), {seed}, [0, 200]);
        if (!isRandomA && !isRandomB) expect(params[1]!.some((value) => value !== 0)).toBe(false);
        return models.map((model) => doubt(model));
      });
      const [before, after] = [0, 1].map((i) => between(runs.flatMap((run) => run[i] ?? [])));
      expect(told).toMatch(new RegExp(`\\| ${name} \\| ${before}(?: letters)? \\| ${after}(?: letters)? \\|`));
    }
  });

  test("both random: what seed 7 writes untrained, and how much five seeds damage", () => {
    const damaged = (seed: number) => ({...wordForgeBase, attached: [start(seed, true, true)(mulberry32(seed))]});
    expect(sampledWords(kernels, damaged(7), 8, 11)).toContain("wecnilksesy");
    expect(told).toContain("*wecnilksesy*");
    const all = [7, 1, 2, 3, 4].map((seed) => doubt(damaged(seed)));
    expect([Math.min(...all), Math.max(...all)].map(Math.round)).toEqual([26, 38]);
    expect(told).toContain("between 26 and 38 letters in doubt");
  });

  test("the names adapter on French, beside the base and the French adapter", () => {
    const found = [doubt(adapter.model, "french"), ...[stored.french.base, stored.french.on].map(Math.exp)].map((one) =>
      short(one),
    );
    expect(found).toEqual(["15.1", "11.2", "8.1"]);
    expect(told).toMatch(
      /doubt about French words is 15\.1 letters, where the untouched base has 11\.2 and a slip trained on French 8\.1\./,
    );
  });

  test("the built task: 75 points at first, the push alone at the first step, then 150 and all", () => {
    const [run] = [...train({seed: 7, start: arrowsOf({view: "task", one: "", two: "", task: ""})})];
    expect([0, 8, 22].map((step) => run![step]!.rightCount)).toEqual([75, 150, POINTS.task]);
    const pairs = [0, 1, 2].map((step) => run![step]!.pair);
    expect(pairs[1]!.a).toEqual(pairs[0]!.a);
    expect(pairs[1]!.b).not.toEqual(pairs[0]!.b);
    expect(pairs[2]!.a).not.toEqual(pairs[1]!.a);
    expect(told).toMatch(/of 160 points only <Set [^>]*>75<\/Set> end on their side/);
    expect(told).toMatch(/eight steps<\/Set> 150 points are read right, and after .*twenty-two<\/Set> all 160\./);
  });

  test("ranks on every matrix, and full fine-tuning", () => {
    const cells = ranks.filter(({subject}) => subject === "names");
    const at = (r: number) => short(mean(doubts(cells.filter(({plan}) => plan !== "full" && plan.r === r))[0]!));
    expect([1, 4, 16, 32].map(at)).toEqual(["8.2", "7.5", "7.3", "7.3"]);
    expect(short(mean(doubts(cells.filter(({plan}) => plan === "full"))[0]!))).toBe("7.1");
    expect(told).toContain("rank 1 ends at 8.2 letters in doubt, rank 4 at 7.5, and ranks 16 and 32 both at 7.3");
  });
});

describe("chapter 5: one budget on the forge", () => {
  const told = chapter("05-where-to-adapt");
  const cells = matrices.filter(({subject}) => subject === "names");
  const at = (place: string) => doubts(cells.filter((cell) => placesOf(cell) === place))[0]!;

  test("the means that are told", () => {
    const due: Readonly<Record<string, string>> = {
      Wv: "8.5",
      Wo: "8.2",
      "Wq + Wk": "9.9",
      "Wq + Wv": "8.3",
      "Wq + Wk + Wv + Wo": "8.1",
      "MLP (W1 + W2)": "7.9",
      "every matrix": "7.8",
    };
    for (const [place, mean_] of Object.entries(due)) {
      expect(short(mean(at(place))), place).toBe(mean_);
      expect(told, place).toContain(mean_);
    }
    expect(Math.round(mean(at("Wq")))).toBe(10);
    expect([Math.max(...at("Wv")), Math.min(...at("Wq"))].map((one) => short(one))).toEqual(["8.6", "10.0"]);
    expect(told).toContain("the worst run on the values, at 8.6, is far ahead of the best on the queries, at 10.0");
  });

  test("the two forges: their words, and the chances of the first letter, of letters of gloria and of its end", () => {
    const kernels = createLabKernels();
    const models = [
      wordForgeBase,
      ...(["Wq", "Wv"] as const).map((target) => trainToEnd(kernels, {targets: [target], r: 16, alpha: 32}).model),
    ];
    const words = models.map((model) => sampledWords(kernels, model, 8, 11));
    for (const word of ["liorshalls", "ordustare"]) {
      expect(words[1]).toContain(word);
      expect(told).toContain(word);
    }
    for (const word of ["shira", "melpos", "elisa"]) {
      expect(words[2]).toContain(word);
      expect(told).toContain(word);
    }
    const chances = (model: typeof wordForgeBase, tokens: readonly number[]) => {
      const {data, rows, cols} = forward(model, Int32Array.from(tokens), 1).logits;
      const row = Array.from(data.slice((rows - 1) * cols), Math.exp);
      const sum = row.reduce((total, x) => total + x, 0);
      return row.map((x) => x / sum);
    };
    const held = splitOf("names").heldOut;
    const first = models.map((model) => {
      const all = chances(model, [0]);
      return short(Math.exp(mean(held.map((name) => -Math.log(all[name.charCodeAt(0) - 96]!)))));
    });
    expect(first).toEqual(["25.1", "25.1", "21.2"]);
    expect(told).toContain("stays at 25.1 letters, and with the values adapted it falls to $21.2$");
    expect(held).toContain("gloria");
    const at = (past: string, next: number) =>
      models.map((model) => 100 * chances(model, [0, ...Array.from(past, (one) => one.charCodeAt(0) - 96)])[next]!);
    const [r, i, end] = [at("glo", 18), at("glor", 9), at("gloria", 0)];
    expect([short(r[0]!), ...r.slice(1).map((one) => short(one, 0))]).toEqual(["3.4", "11", "26"]);
    expect(told).toContain("a chance of 3.4%; the queries raise it to 11%, and the values to 26%");
    expect(i[1]! - i[2]!).toBeGreaterThan(0);
    expect(i[1]! - i[2]!).toBeLessThan(3);
    expect([short(end[0]!), ...end.slice(1).map((one) => short(one, 0))]).toEqual(["2.7", "28", "75"]);
    expect(told).toContain("used to give 2.7%, gets 28% on the left and 75% on the right");
  });

  test("queries or keys alone do worst, both together hardly better, and both rows with the MLP best", () => {
    const order = cells.map((cell) => ({place: placesOf(cell), mean: mean(cell.results)}));
    const sorted = order.toSorted((a, b) => b.mean - a.mean).map(({place}) => place);
    expect(sorted.slice(0, 3)).toEqual(["Wk", "Wq", "Wq + Wk"]);
    expect(sorted.slice(-2)).toEqual(["MLP (W1 + W2)", "every matrix"]);
    expect(mean(at("Wq")) - mean(at("Wq + Wk"))).toBeLessThan(0.2);
  });

  test("all at one rate, and with how many parameters", () => {
    expect(new Set(cells.map(({rate}) => rate)).size).toBe(1);
    expect(told).toContain("at one learning rate");
    const trained = cells.map(trainedOf);
    const [least, most] = [Math.min(...trained), Math.max(...trained)].map((n) => n.toLocaleString("en"));
    expect(told).toContain(`${least} to ${most} parameters`);
  });
});

describe("chapter 7: five runs a rank on the forge", () => {
  const told = chapter("07-results");
  const runs = new Map(
    ranks.flatMap(({subject, plan, results}) =>
      subject === "names" && plan !== "full" ? [[plan.r, results.map(Math.exp)] as const] : [],
    ),
  );
  const of = (r: number) => {
    const all = runs.get(r)!;
    const score = mean(all);
    const spread = Math.sqrt(all.reduce((sum, one) => sum + (one - score) ** 2, 0) / (all.length - 1));
    return {score, spread};
  };

  test("the two weeks: seeds 1 and 4 change the order", () => {
    const [sixteen, thirtyTwo] = [runs.get(16)!, runs.get(32)!];
    const told4 = [sixteen[0]!, thirtyTwo[3]!, sixteen[3]!, thirtyTwo[0]!].map((one) => short(one, 2));
    expect(told4).toEqual(["7.24", "7.31", "7.35", "7.20"]);
    for (const one of told4) expect(told).toContain(one);
  });

  test("means and standard deviations, and the rule's verdicts on them", () => {
    const due = [
      [16, "7.29", "0.04"],
      [32, "7.27", "0.04"],
      [1, "8.15", "0.09"],
      [2, "7.75", "0.04"],
    ] as const;
    for (const [r, score, spread] of due) {
      expect([short(of(r).score, 2), short(of(r).spread, 2)], `rank ${r}`).toEqual([score, spread]);
      expect(told).toContain(`$${score} \\pm ${spread}$`);
    }
    expect(isWithinSpread(of(16), of(32))).toBe(true);
    for (const r of [1, 2, 4, 8]) {
      expect(isWithinSpread(of(r), of(2 * r)), `ranks ${r} and ${2 * r}`).toBe(false);
      expect(of(2 * r).score).toBeLessThan(of(r).score);
    }
    expect(Math.min(...runs.get(1)!)).toBeGreaterThan(Math.max(...runs.get(2)!));
  });

  test("the best of five at rank 32", () => {
    expect([Math.min(...runs.get(32)!), of(32).score].map((one) => short(one, 2))).toEqual(["7.20", "7.27"]);
    expect(told).toContain("the best of five at rank 32 has 7.20 letters, and their mean is 7.27");
  });
});
