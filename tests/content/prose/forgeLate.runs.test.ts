/** Numbers of the forge that chapters 9 and 10 type: each as the stored runs have it. */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import sweep from "../../../content/lab/sweep.json" with {type: "json"};
import type {RatesParams} from "../../../src/figures/rates/model.ts";
import {bowl} from "../../../src/figures/rates/stored.ts";
import {firstNamesBatch} from "../../../src/tools/forgeRuns.ts";
import {freshKernels} from "../../../src/tools/loadBase.ts";
import {few, readForge} from "../../../src/tools/sweepForge.ts";

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
    expect(fails).toContain("Eight of the ten are on the list of twenty, and *virgie* comes up twice.");
  });

  test("the table of few examples", () => {
    for (const [i, said] of ["20", "100", "500", "all, about 4,000"].entries())
      expect(fails).toContain(`| ${said} | ${whole(file.few.every[i]!)} | ${whole(file.few.small[i]!)} |`);
  });

  test("two adapters added, and what is forgotten", () => {
    const {base, adapter, french, namesAndFrench, ownWords} = file;
    expect(fails).toContain(`| none | ${doubt(base)} | ${doubt(french.base)} |`);
    expect(fails).toContain(`| the one for that list | ${doubt(adapter[0]!)} | ${doubt(french.on)} |`);
    const {names, french: both} = namesAndFrench;
    expect(fails).toContain(`| both, summed | ${doubt(names)} | ${doubt(both)} |`);
    const own = [ownWords.base, ownWords.on, ownWords.off, ownWords.full].map((loss) => doubt(loss));
    expect(fails).toContain(`| ${own[0]} letters | ${own.slice(1).join(" | ")} |`);
    const results = chapter("07-results");
    for (const row of [
      `${doubt(base)} | ${own[0]}`,
      `${doubt(adapter[0]!)} | ${own[1]}`,
      `${doubt(file.full[0]!)} | ${own[3]}`,
    ])
      expect(results).toContain(`| ${row} |`);
  });

  test("LoRA's best rates beside full fine-tuning's, for the forge and for the digit machine", () => {
    const reach = (ground: RatesParams["ground"]) => {
      const best = (rank: "full" | number, coupling: RatesParams["coupling"]) =>
        bowl(rank, {ground, coupling} as RatesParams).best;
      const ratios = (["double", "fixed", "root"] as const).flatMap((coupling) =>
        [1, 4, 16].map((r) => best(r, coupling) / best("full", coupling)),
      );
      return [Math.min(...ratios), Math.max(...ratios)] as const;
    };
    expect(reach("forge").map(Math.round)).toEqual([1, 4]);
    for (const text of [fails, legacy])
      expect(text).toContain("LoRA's best rates are one to four times that of full fine-tuning");
    const [low, high] = reach("digits").map((ratio) => ratio.toFixed(2));
    expect(fails).toContain(`On the digit machine they are only ${low} to ${high} times that.`);
  });

  test("the runs on few names come again", () => {
    expect(few(freshKernels()).numbers).toEqual(file.few);
  }, 120_000);
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
