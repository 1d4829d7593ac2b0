/** Numbers of the forge that chapters 9 and 10 type: each as the stored runs have it. */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import rateRuns from "../../../content/lab/rates.json" with {type: "json"};
import seeds from "../../../content/lab/rates.seeds.json" with {type: "json"};
import sweep from "../../../content/lab/sweep.json" with {type: "json"};
import {lossCurve, vertex} from "../../../src/figures/rates/stored.ts";
import {firstNamesBatch} from "../../../src/tools/forgeRuns.ts";
import {readForge} from "../../../src/tools/sweepForge.ts";

const file = readForge();
const chapter = (name: string) => readFileSync(`content/chapters/${name}.mdx`, "utf8");
const [fails, legacy] = ["09-when-lora-fails", "10-legacy"].map(chapter) as [string, string];
/** Letters in doubt, as a text prints them. */
const doubt = (loss: number, digits = 1) => Math.exp(loss).toFixed(digits);
/** In the table: one decimal below ten, none above. */
const whole = (loss: number) => doubt(loss, Math.exp(loss) < 10 ? 1 : 0);

describe("chapter 9", () => {
  test("twenty names: what is written, and how unsure the forge is of others and of these", () => {
    const {twentyWrite, twentyAtStep5, twentyThemselves} = file.few;
    expect(fails).toContain(`drops to ${doubt(twentyThemselves)} letters`);
    expect(fails).toContain(`Before training</Set> it was ${doubt(file.base, 0)}.`);
    expect(fails).toContain(`the doubt about unseen names was down to ${doubt(twentyAtStep5)} letters`);
    // What the names are as tokens: a is 1, and 0 ends a word.
    const {tokens, targets, B} = firstNamesBatch(20);
    const T = tokens.length / B;
    const listed = Array.from({length: B}, (_, n) =>
      Array.from(targets.slice(n * T, (n + 1) * T))
        .filter((token) => token > 0)
        .map((token) => String.fromCharCode(96 + token))
        .join(""),
    );
    expect(file.few.twenty).toEqual(listed);
    expect(twentyWrite).toHaveLength(10);
    expect(twentyWrite.filter((name) => !listed.includes(name))).toEqual(["joski", "falraie"]);
    expect(twentyWrite.filter((name) => name === "virgie")).toHaveLength(2);
    expect(fails).toContain("Eight of the ten are on the list of twenty (*virgie* came up twice).");
  });

  test("the table of few examples", () => {
    for (const [i, said] of ["20", "100", "500", "all, about 4,000"].entries())
      expect(fails).toContain(`| ${said} | ${whole(file.few.every[i]!)} | ${whole(file.few.small[i]!)} |`);
  });

  test("two adapters added; what chapter 7 says is forgotten", () => {
    const {base, adapter, french, namesAndFrench, ownWords} = file;
    expect(fails).toContain(`| none | ${doubt(base)} | ${doubt(french.base)} |`);
    expect(fails).toContain(`| the one for that list | ${doubt(adapter[0]!)} | ${doubt(french.on)} |`);
    const {names, french: both} = namesAndFrench;
    expect(fails).toContain(`| both, summed | ${doubt(names)} | ${doubt(both)} |`);
    const own = [ownWords.base, ownWords.on, ownWords.off, ownWords.full].map((loss) => doubt(loss));
    const results = chapter("07-results");
    for (const row of [
      `${doubt(base)} | ${own[0]}`,
      `${doubt(adapter[0]!)} | ${own[1]}`,
      `${doubt(file.full[0]!)} | ${own[3]}`,
    ])
      expect(results).toContain(`| ${row} |`);
  });

  describe("the account of the rate", () => {
    /** The seven ways of LoRA: at r = 4 all couplings have α = 8. */
    const WAYS = [
      ...[1, 4, 16].map((r) => ({r, coupling: "double", alpha: 2 * r}) as const),
      ...[1, 16].map((r) => ({r, coupling: "fixed", alpha: 8}) as const),
      ...[1, 16].map((r) => ({r, coupling: "root", alpha: 4 * Math.sqrt(r)}) as const),
    ];
    const ratios = WAYS.map(({r, coupling, alpha}) => ({
      r,
      coupling,
      alpha,
      times: lossCurve(r, coupling).best / lossCurve("full", coupling).best,
    }));
    /** The best rate of a way, from the losses at each rate, seed by seed: the lowest point of a parabola over log η. */
    const bestRate = (losses: readonly (readonly (number | null)[])[], heightOf = (loss: number) => loss) => {
      const sorted = losses.map((row) => row.map((loss) => loss ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b));
      const medians = sorted.map((row) => heightOf(row[(row.length - 1) / 2]!));
      const lowest = medians.indexOf(Math.min(...medians));
      const [before, at, after] = [-1, 0, 1].map((off) => medians[lowest + off]!);
      return 10 ** ((lowest + vertex(before!, at!, after!)) / 4 - 3.5);
    };
    const ends = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
    const timesOf = (r: number, coupling: string) =>
      ratios.find((one) => one.r === r && one.coupling === coupling)!.times;

    test("what LoRA's best rates are beside full fine-tuning's, on the forge and on the digit machine", () => {
      expect(ends(ratios.map(({times}) => times)).map(Math.round)).toEqual([1, 4]);
      expect(fails).toContain("LoRA's best rates are only one to four times as high");
      const {full, ...loras} = rateRuns.digits as Readonly<Record<string, (number | null)[][]>>;
      // Its losses lie decades apart.
      const fullBest = bestRate(full!, Math.log);
      const [low, high] = ends(Object.values(loras).map((losses) => bestRate(losses, Math.log) / fullBest));
      expect(fails).toContain(`on the digit machine only ${low.toFixed(2)} to ${high.toFixed(2)} times`);
      const forgeBest = lossCurve("full", "double").best;
      expect(forgeBest).toBeCloseTo(0.006, 3);
      expect(fullBest / forgeBest).toBeCloseTo(6, 0);
    });

    test("α says which: 2, 8 and 32 want about four times, twice and once the rate, and αη² hardly moves", () => {
      expect([timesOf(1, "double"), timesOf(16, "fixed"), timesOf(16, "double")].map(Math.round)).toEqual([4, 2, 1]);
      expect(timesOf(1, "double") / timesOf(16, "double")).toBeCloseTo(4, 0);
      expect(timesOf(1, "fixed") / timesOf(16, "fixed")).toBeCloseTo(1, 0);
      const constant = ends(ratios.map(({alpha, times}) => Math.sqrt(alpha) * times));
      expect(fails).toContain(`lies between ${constant.map((one) => one.toFixed(1)).join(" and ")} in all seven`);
    });

    test("with α = 2r, rank 16 keeps about half of its lead at the rate that suits rank 1", () => {
      const [low, high] = [1, 16].map((r) => lossCurve(r, "double"));
      const letters = (loss: number) => Math.exp(loss);
      const lead = (place: number) => letters(low!.runs[place]!.median) - letters(high!.runs[place]!.median);
      expect(lead(low!.lowest) / (letters(low!.least) - letters(high!.least))).toBeCloseTo(0.5, 1);
    });

    test("after 200 steps the factors are one and a half to six", () => {
      const early = seeds.early.forge as Readonly<Record<string, readonly (readonly number[])[]>>;
      const ways = ["1 double", "4 double", "16 double", "1 fixed", "16 fixed", "1 root", "16 root"];
      const [low, high] = ends(ways.map((way) => bestRate(early[way]!) / bestRate(early.full!)));
      expect(low).toBeCloseTo(1.5, 0);
      expect(Math.round(high)).toBe(6);
    });

    test("with a rate of its own each, dividing by √r ends as dividing by r does", () => {
      for (const r of [1, 16]) {
        const [fixed, root] = (["fixed", "root"] as const).map((coupling) => lossCurve(r, coupling).least);
        expect(Math.abs(fixed! - root!)).toBeLessThan(0.01);
      }
    });
  });
});

describe("chapter 10", () => {
  const resultsOf = (...targets: string[]) =>
    sweep.matrices.find(({subject, plan}) => subject === "names" && `${plan.targets}` === `${targets}`)!.results;
  const mean = (losses: readonly number[]) => losses.reduce((sum, one) => sum + one, 0) / losses.length;

  test("the MLP beats queries and values from each of ten seeds; all six kinds do better still", () => {
    const [mlp, qv] = [resultsOf("W1", "W2"), resultsOf("Wq", "Wv")];
    expect([mlp.length, qv.length]).toEqual([10, 10]);
    expect(Math.max(...mlp)).toBeLessThan(Math.min(...qv));
    expect(legacy).toContain(`${doubt(mean(mlp))} letters in doubt against ${doubt(mean(qv))}.`);
    const six = resultsOf("Wq", "Wk", "Wv", "Wo", "W1", "W2");
    expect(legacy).toContain(`and you get ${doubt(mean(six))}.`);
  });
});
