import {expect, test} from "vitest";
import {parse} from "../../../src/figure/parse.ts";
import {builtRoom} from "../../../src/figure/plot/room.ts";
import {tape} from "../../../src/figure/runs/withModel.ts";
import {bounds, controls, runs, STORED_SEEDS} from "../../../src/figures/question/controls.ts";
import {compute, type QuestionSnapshot, ready} from "../../../src/figures/question/model.ts";
import {see} from "../../../src/figures/question/readings.ts";
import {storedQuestions} from "../../../src/figures/question/stored.ts";
import w from "../../../src/figures/question/widget.ts";
import {emptyRoot, nobody} from "../promises/stage.ts";

await ready();

/** The degrees by which the arrows of a fan are turned, that of the chosen run last. */
function turns(seed: number, fan: string): number[] {
  const params = parse(controls, {runs: "five", seed: String(seed)}, {boundsOf: bounds as never}).params;
  const result = see([tape({compute}, runs(params)[0]!) as unknown as QuestionSnapshot[]], params);
  const root = emptyRoot();
  w.draw(root, result, params, nobody, builtRoom("card"));
  return [...root.querySelectorAll(`.fan.${fan} .spoke`)].map((one) =>
    Number(/rotate\((.*)\)/.exec(one.getAttribute("transform")!)![1]),
  );
}

const degrees = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const dot = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Array.from(one).reduce((sum, value, i) => sum + value * other[i]!, 0);
  return (Math.acos(Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y))) * 180) / Math.PI;
};

test("every other run's arrow has its own angle to the chosen run's, in turn at the left and at the right", () => {
  for (const seed of STORED_SEEDS)
    for (const [fan, key] of [
      ["question", "a"],
      ["answer", "b"],
    ] as const) {
      const own = storedQuestions.find((run) => run.seed === seed)!;
      const due = storedQuestions.filter((run) => run !== own).map((run) => degrees(run[key], own[key]));
      const drawn = turns(seed, fan);
      expect(drawn.at(-1)).toBe(0);
      drawn.slice(0, -1).forEach((turn, i) => {
        expect(Math.sign(turn)).toBe(i % 2 ? 1 : -1);
        expect(Math.abs(turn)).toBeCloseTo(due[i]!, 0);
      });
    }
});

test("before training the arrows lie flat, afterwards they are near one another", () => {
  for (const seed of STORED_SEEDS) {
    const most = (fan: string) => Math.max(...turns(seed, fan).map(Math.abs));
    expect(Math.min(...turns(seed, "start").slice(0, -1).map(Math.abs))).toBeGreaterThan(75);
    expect(most("question")).toBeLessThan(31);
    expect(most("answer")).toBeLessThan(13);
  }
});

test("of all runs the fans are at the left, and the answers are drawn once, on one scale; of one run the two bars are named", () => {
  const root = emptyRoot();
  const drawn = (raw: Record<string, string>, size: "card" | "full") => {
    const params = parse(controls, raw, {boundsOf: bounds as never}).params;
    const result = see([tape({compute}, runs(params)[0]!) as unknown as QuestionSnapshot[]], params);
    w.draw(root, result, params, nobody, builtRoom(size));
  };
  const left = (selector: string) =>
    Number(/translate\((\S+) /.exec(root.querySelector(selector)!.getAttribute("transform")!)![1]);
  drawn({runs: "five"}, "card");
  expect(left(".five .fans")).toBeLessThan(left(".five .columns"));
  expect(root.querySelectorAll(".profile.answer")).toHaveLength(STORED_SEEDS.length);
  drawn({runs: "one"}, "card");
  expect(root.querySelectorAll(".profile.answer")).toHaveLength(1);
  expect(root.querySelector(".chances > .which")!.textContent).toBe("before → after");
});
