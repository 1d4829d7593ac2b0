import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {labTraining} from "../../../src/engine/training/adaptation.ts";
import {newTasks} from "../../../src/engine/training/tasks.ts";
import {digitLesson, runTrial, wordLesson} from "../../../src/engine/training/trials.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {firstNames, LIST_LENGTHS, learnedLoss} from "../../../src/tools/capacityRuns.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {
  fourDigits,
  lowestIndex,
  NEAR_RATES,
  RATES,
  type RateCurve,
  rateWayName,
  readRates,
  runAtRate,
  SEEDS,
  SEEDS_NEAR_BEST,
  STEPS,
  type SweptTask,
  seedRange,
  seedsAt,
  summaryOf,
  sweptWays,
  unlearnedNames,
} from "../../../src/tools/sweepRates.ts";
import {oneOf} from "../../third.ts";

const file = readRates();
const grounds = ["forge", "digits"] as const;

describe("the file", () => {
  test.each(grounds)("has of the %s every way, and the seeds of the script at every rate", (ground) => {
    expect(file[ground].map(({way}) => way)).toEqual(sweptWays);
    for (const {end, early} of file[ground])
      for (const [i, losses] of end.entries()) {
        const due = seedsAt(Math.abs(i - lowestIndex(end)));
        expect([losses.length, early[i]!.length]).toEqual([due, due]);
        for (const loss of losses) expect(loss).toBeGreaterThan(0);
      }
  });

  test("is what the figure's file sums up: lowest, middle and highest", () => {
    const path = new URL("../../../content/lab/rates.json", import.meta.url);
    const {forge, digits} = JSON.parse(readFileSync(path, "utf8"));
    const end = Object.fromEntries(
      grounds.map((ground) => [ground, Object.fromEntries(file[ground].map((one) => [rateWayName(one.way), one.end]))]),
    );
    expect({forge, digits}).toEqual(summaryOf(end));
    expect(seedRange([5, null, 2, 3, 1], "forge")).toEqual([1, 3, null]);
    expect([seedRange([0.12345], "digits"), seedRange([0.12345], "forge")]).toEqual([[0.123], [0.1235]]);
  });

  test("there are four rates a decade from 0.000316 on", () => {
    expect(RATES).toEqual(Array.from({length: 13}, (_, i) => Number((10 ** (i / 4 - 3.5)).toPrecision(3))));
  });

  test("has the names' losses between those of the base and of who knows the list", () => {
    expect(file.capacity.map(({names}) => names)).toEqual(LIST_LENGTHS);
    for (const {base, byHeart, ranks} of file.capacity)
      for (const losses of Object.values(ranks))
        for (const loss of losses) {
          expect(loss).toBeGreaterThan(byHeart);
          expect(loss).toBeLessThan(base);
        }
  });
});

describe("comes again", () => {
  const repeated: [SweptTask | "names by heart", number, number, number][] = [
    ["forge", 0, 5, 1],
    ["digits", 0, 6, 1],
    ["forge", 6, 7, 2],
    // Takes longest: before a release.
    ["names by heart", 0, 4, 1],
    ["digits", 3, 4, 1],
    ["forge", 1, 12, 1],
    ["digits", 4, 6, 3],
  ];
  test.each(oneOf(repeated))("%s, %i, %i, seed %i", (ground, n, i, seed) => {
    if (ground === "names by heart") {
      const {names, ranks} = file.capacity[n]!;
      return expect(fourDigits(learnedLoss(createLabKernels(), i, names, seed))).toBe(ranks[i]![seed - 1]);
    }
    const {way, end, early} = file[ground][n]!;
    const again = runAtRate(createLabKernels(), ground, way, RATES[i]!, seed);
    expect(again).toEqual({early: early[i]![seed - 1], end: end[i]![seed - 1]});
  });

  test.each(oneOf(grounds))("%s: measuring on the way changes nothing", (ground) => {
    const {way, end} = file[ground][4] as RateCurve & {way: {r: number}};
    expect(way.r).toBe(4);
    const lesson =
      ground === "forge"
        ? wordLesson(splitOf("names"))
        : {
            draw: digitLesson(newTasks.reversePermute).draw,
            measure: (decoder: Parameters<ReturnType<typeof wordLesson>["measure"]>[0]) =>
              decoder.loss(digitLesson(newTasks.reversePermute).scoredInputs),
          };
    const plan = {targets: TARGETS, r: 4, alpha: 8};
    const base = baseNamed(ground === "forge" ? "word-forge" : "digit-machine");
    const run = runTrial(createLabKernels(), base, lesson, plan, 1, {...labTraining, rate: 0.01, steps: STEPS});
    for (;;) {
      const {done, value} = run.next();
      if (!done) continue;
      expect(fourDigits(value)).toBe(end[6]![0]);
      return;
    }
  });

  test.each(oneOf(file.capacity))("$names names by heart: before and at the least", ({names, base, byHeart}) => {
    const again = unlearnedNames(createLabKernels(), names);
    expect([again.base, again.byHeart]).toEqual([base, byHeart]);
  });
});

test("who knows the list spends ln N on a name: a name is drawn, letter by letter, with the shares the list has", () => {
  const names = firstNames(16);
  let [nats, letters] = [0, 0];
  for (const name of names)
    for (let i = 0; i <= name.length; i++) {
      const known = names.filter((other) => other.startsWith(name.slice(0, i)));
      const next = (other: string) => other[i] ?? ".";
      nats -= Math.log(known.filter((other) => next(other) === next(name)).length / known.length);
      letters += 1;
    }
  expect(nats / letters).toBeCloseTo(file.capacity[0]!.byHeart, 3);
  expect([SEEDS, SEEDS_NEAR_BEST, NEAR_RATES].every((n) => n > 0)).toBe(true);
});
