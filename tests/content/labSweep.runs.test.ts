import {describe, expect, test} from "vitest";
import type {LoraPlan} from "../../src/engine/lora/loras.ts";
import {baseModels} from "../../src/tools/baseModels.ts";
import {createLabKernels} from "../../src/tools/loadBase.ts";
import {
  baseForSubject,
  labSweepParts,
  makeOtherBase,
  otherBaseSweep,
  readLabSweep,
  runSetting,
  type SettingResults,
  type SweepSetting,
} from "../../src/tools/sweepLab.ts";
import {oneOf} from "../third.ts";
import {labCards} from "./labCards.ts";

const sweep = readLabSweep();
const names = ["matrices", "ranks", "rates"] as const;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
const settingOf = ({results: _, ...setting}: SettingResults): SweepSetting => setting;
const label = (plan: LoraPlan | "full") => (plan === "full" ? plan : plan.targets.join(" "));
const on = (cells: readonly SettingResults[], subject: SettingResults["subject"]) =>
  new Map(cells.filter((cell) => cell.subject === subject).map(({plan, results}) => [label(plan), results]));

describe("the sweep's file", () => {
  test.each(names)("has in %s every setting of the script, with a result for each seed", (part) => {
    expect(sweep[part].map(settingOf)).toEqual(labSweepParts[part].settings);
    for (const {subject, results} of sweep[part]) {
      expect(results).toHaveLength(labSweepParts[part].seeds);
      const [least, most] = subject === "names" ? [1.5, 4] : [0, 1];
      for (const result of results) {
        expect(result).toBeGreaterThanOrEqual(least);
        expect(result).toBeLessThanOrEqual(most);
      }
    }
  });

  test("has the digit machines of other pretraining, each with every setting", () => {
    expect(sweep.bases.map(({seed, steps}) => ({seed, steps}))).toEqual(otherBaseSweep.bases);
    for (const {cells} of sweep.bases) {
      expect(cells.map(settingOf)).toEqual(otherBaseSweep.settings);
      for (const {results} of cells) expect(results).toHaveLength(otherBaseSweep.seeds);
    }
  });

  const repeated: [(typeof names)[number] | "bases", number, number][] = [
    ["matrices", 8, 1],
    ["ranks", 10, 2],
    ["matrices", 0, 3],
    // Pretrains a machine first: before a release.
    ["bases", 0, 2],
    ["matrices", 19, 10],
    ["ranks", 3, 5],
    ["rates", 2, 4],
    ["rates", 14, 1],
  ];
  test.each(oneOf(repeated))("comes again: %s, line %i, seed %i", (part, line, seed) => {
    if (part !== "bases") {
      const cell = sweep[part][line];
      return expect(runSetting(createLabKernels(), baseForSubject(cell.subject), settingOf(cell), seed)).toBe(
        cell.results[seed - 1],
      );
    }
    // On a digit machine of its own, which is pretrained here.
    const {steps, loss, underX, cells} = sweep.bases.find((base) => base.seed === 2 && base.steps === 500)!;
    const made = makeOtherBase(2, steps);
    expect([made.loss, made.underX]).toEqual([loss, underX]);
    expect(runSetting(createLabKernels(), made.base, settingOf(cells[line]), seed)).toBe(cells[line].results[seed - 1]);
  });
});

describe("what the lab may say of it", () => {
  const least = (values: readonly number[] = []) => Math.min(...values);
  const most = (values: readonly number[] = []) => Math.max(...values);

  test("reverse then +1 asks for Wv or Wo: queries and keys alone, or both, never learn it; the pair does 9 times in 10", () => {
    const exact = on(sweep.matrices, "reversePlusOne");
    for (const failing of ["Wq", "Wk", "Wq Wk"]) expect(most(exact.get(failing)), failing).toBeLessThan(0.01);
    for (const learning of ["Wv", "Wo", "Wq Wk Wv Wo"])
      expect(least(exact.get(learning)), learning).toBeGreaterThan(0.99);
    expect(exact.get("Wq Wv")!.filter((share) => share > 0.95)).toHaveLength(9);
  });

  test("rotate by two turns it round: Wv alone never learns it, queries or keys mostly do, and no seed is like another", () => {
    const exact = on(sweep.matrices, "rotateTwo");
    expect(most(exact.get("Wv"))).toBeLessThan(0.1);
    for (const better of ["Wq", "Wk", "Wq Wk"]) expect(mean(exact.get(better)!), better).toBeGreaterThan(0.6);
    expect(least(exact.get("Wq Wk Wv Wo"))).toBe(0);
    expect(most(exact.get("Wq Wk Wv Wo"))).toBe(1);
  });

  test("on names the choices keep one order in every seed", () => {
    const order = ["Wk", "Wq", "Wq Wk", "Wv", "Wq Wv", "Wq Wk Wv Wo", "W1 W2", "Wq Wk Wv Wo W1 W2"];
    const losses = on(sweep.matrices, "names");
    const means = order.map((choice) => mean(losses.get(choice)!));
    expect(means).toEqual(means.toSorted((a, b) => b - a));
    expect(least(losses.get("Wq Wk"))).toBeGreaterThan(most(losses.get("Wv")));
    expect(least(losses.get("Wv"))).toBeGreaterThan(most(losses.get("Wq Wv")));
    expect(least(losses.get("Wq Wk Wv Wo"))).toBeGreaterThan(most(losses.get("W1 W2")));
  });

  test("names gain from rank up to 16 and hardly beyond, and all weights gain more", () => {
    const cells = sweep.ranks.filter(({subject}) => subject === "names");
    const means = cells.map(({results}) => mean(results));
    expect(means).toEqual(means.toSorted((a, b) => b - a));
    const [one, , , , sixteen, thirtyTwo, full] = means;
    expect(one - sixteen).toBeGreaterThan(0.1);
    expect(sixteen - thirtyTwo).toBeLessThan(0.01);
    expect(thirtyTwo - full).toBeGreaterThan(0.02);
  });

  test("a LoRA on every matrix teaches each new task in 200 steps, one on Wq and Wv does not", () => {
    const everywhere = sweep.tasks.filter(({plan}) => plan !== "full" && plan.targets.length === 6);
    expect(everywhere).toHaveLength(8);
    for (const {subject, results} of everywhere) expect(least(results), subject).toBeGreaterThan(0.94);
    const failing = sweep.tasks.filter(({plan, results}) => label(plan) === "Wq Wv" && most(results) < 0.2);
    expect(failing.map(({subject}) => subject)).toEqual(["plusThree", "reversePermute"]);
  });

  test("what queries alone can do depends on the pretraining: most where the machine adds 1 under X anyway", () => {
    const long = sweep.bases.filter(({steps}) => steps === 1200);
    const queries = long.map(({cells}) => mean(on(cells, "reversePlusOne").get("Wq")!));
    expect(least(queries)).toBeLessThan(0.01);
    expect(most(queries)).toBeGreaterThan(0.9);
    const {choice} = labCards["digit-machine"];
    expect(choice).toContain(`in ${Math.round(100 * queries[0])} % of answers on the machine kept`);
    expect(choice).toContain(
      `up to ${Math.round(100 * most(queries))} % on another (seed ${1 + queries.indexOf(most(queries))})`,
    );
    const adding = long.map(({underX}) => underX.plusOne);
    expect([adding.indexOf(least(adding)), adding.indexOf(most(adding))]).toEqual([
      queries.indexOf(least(queries)),
      queries.indexOf(most(queries)),
    ]);
    for (const {cells} of long)
      for (const pair of on(cells, "reversePlusOne").get("Wq Wk Wv Wo")!) expect(pair).toBeGreaterThan(0.99);
  });

  test("rotate by two is learned better by Wq than by Wv on five of six machines", () => {
    const better = sweep.bases.filter(({steps, cells}) => {
      const exact = on(cells, "rotateTwo");
      return steps === 1200 && mean(exact.get("Wq")!) > mean(exact.get("Wv")!);
    });
    expect(better).toHaveLength(5);
  });

  test("the kept machine is the first that is below 1e-4 after 1,200 steps, and its trials are the same in both parts", () => {
    const [first] = sweep.bases.filter(({steps, loss}) => steps === 1200 && loss < 1e-4);
    expect({seed: first.seed, steps: first.steps}).toEqual({
      seed: baseModels["digit-machine"].recipe.seed,
      steps: baseModels["digit-machine"].recipe.steps,
    });
    const same = sweep.matrices
      .slice(0, otherBaseSweep.settings.length)
      .map(({results}) => results.slice(0, otherBaseSweep.seeds));
    expect(first.cells.map(({results}) => results)).toEqual(same);
  });
});
