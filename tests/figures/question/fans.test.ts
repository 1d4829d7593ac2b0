import {expect, test} from "vitest";
import file from "../../../content/lab/question.json";
import {parse} from "../../../src/figure/parse.ts";
import {framesOf} from "../../../src/figure/runs/withModel.ts";
import type {ComputingWidget} from "../../../src/figure/widget.ts";
import {bounds, controls, questionRun} from "../../../src/figures/question/controls.ts";
import {compute, type QuestionSnapshot, ready} from "../../../src/figures/question/model.ts";
import {readQuestion} from "../../../src/figures/question/readings.ts";
import {cosinesByStep, storedQuestions} from "../../../src/figures/question/stored.ts";
import question from "../../../src/figures/question/widget.ts";
import {emptyRoot, nobody} from "../promises/stage.ts";

await ready();
const w = question as ComputingWidget;

/** The degrees by which the arrows of a fan are turned, that of the first run last. */
function turns(step = 200): number[] {
  const params = parse(controls, {runs: "five", step}, {boundsOf: bounds as never}).params;
  const result = readQuestion(framesOf({compute}, questionRun(params)) as unknown as QuestionSnapshot[], params);
  const root = emptyRoot();
  w.draw(root, result, params, nobody, {size: "full"});
  return [...root.querySelectorAll(`.chart.wide .fan .spoke`)].map((one) =>
    Number(/rotate\((.*)\)/.exec(one.getAttribute("transform")!)![1]),
  );
}

const degrees = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const dot = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Array.from(one).reduce((sum, value, i) => sum + value * other[i]!, 0);
  return (Math.acos(Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y))) * 180) / Math.PI;
};

test("every other run's arrow has its own angle to the first run's, all on one side", () => {
  const [first, ...others] = storedQuestions;
  const drawn = turns();
  expect(drawn.at(-1)).toBe(0);
  drawn.slice(0, -1).forEach((turn, i) => {
    expect(turn).toBeCloseTo(degrees(others[i]!.a, first!.a), 0);
  });
});

test("before training the arrows lie flat, afterwards they are near one another", () => {
  const most = (step?: number) => Math.max(...turns(step).map(Math.abs));
  expect(Math.min(...turns(0).slice(0, -1).map(Math.abs))).toBeGreaterThan(75);
  const widths = [0, 20, 50, 100, 200].map((step) => most(step));
  expect(widths).toEqual(widths.toSorted((one, other) => other - one));
  expect(most()).toBeLessThan(31);
});

test("the stored path of the cosines begins and ends with those of the runs", () => {
  const cosine = (x: ArrayLike<number>, y: ArrayLike<number>) => Math.cos((degrees(x, y) * Math.PI) / 180);
  const due = storedQuestions.flatMap(({a}, i) => storedQuestions.slice(i + 1).map((other) => cosine(a, other.a)));
  expect(cosinesByStep).toHaveLength(21);
  expect(cosinesByStep[0]).toEqual(file.start);
  for (const [i, value] of cosinesByStep.at(-1)!.entries()) expect(value).toBeCloseTo(due[i]!, 3);
});
