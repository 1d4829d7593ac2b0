import {readdirSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {resolveState} from "../../src/book/figure/states.ts";
import {questions} from "../../src/book/quiz/questions.ts";
import {teach} from "../../src/book/teach/teach.ts";
import {optionLetter, paperQuestions} from "../../src/book/teach/worksheet.ts";
import {widgetWithModel} from "../../src/figure/runs/withModel.ts";
import type {WidgetName} from "../../src/figures/registry.ts";
import {inline} from "../../src/site/marks/inline.ts";

const {plans, prompts, presets} = teach;
const slugs = readdirSync("content/chapters").map((file) => chapterFile(file).slug);

describe.each(plans.map((plan) => [plan.id, plan] as const))("%s", (id, {title, steps}) => {
  test("its steps take as long as it says", () => {
    const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
    expect([id, title.split(" ")[0]]).toEqual([`plan-${minutes}`, String(minutes)]);
  });

  test("its chapters and figures are there", async () => {
    for (const {chapter, state} of steps) {
      if (chapter !== undefined) expect(slugs).toContain(chapter);
      if (state) await resolveState(id, state);
    }
  });
});

test("prompts belong to chapters, and can be set", () => {
  for (const {chapter, ask, answer, listen} of prompts) {
    expect(slugs).toContain(chapter);
    for (const text of [ask, answer, listen]) expect(inline(text)).not.toMatch(/\*\*|`/);
    expect(ask).toMatch(/[.?]$/);
  }
});

describe.each(presets.map((preset) => [preset.name, preset] as const))("%s", (name, {state, lock, says, kind}) => {
  test(`loads, and the figure says what makes it ${kind}`, async () => {
    const {widget, params} = await resolveState(name, state);
    const w = await widgetWithModel(widget as WidgetName);
    expect(w.summary(w.compute(params), params)).toContain(says);
    // What is held fast is a control, and what is to be moved is left.
    for (const one of lock) expect(Object.keys(w.controls)).toContain(one);
    expect(lock.length).toBeLessThan(Object.keys(w.controls).length);
  });
});

test("good states and failing ones, of several figures", () => {
  for (const kind of ["good", "failing"] as const) {
    const of = presets.filter((preset) => preset.kind === kind);
    expect(new Set(of.map(({state}) => state.widget)).size, kind).toBeGreaterThan(3);
  }
  for (const key of ["id", "name"] as const)
    expect(new Set(presets.map((preset) => preset[key])).size).toBe(presets.length);
});

test("a sheet has the questions of its chapter that paper can take, in their order", () => {
  const due = questions.filter(({chapter, kind}) => chapter === "results" && (kind === "choice" || kind === "numeric"));
  expect(paperQuestions("results")).toEqual(due);
  expect(due.length).toBeGreaterThan(3);
  expect([paperQuestions("no-such"), optionLetter(0), optionLetter(3)]).toEqual([[], "a", "d"]);
});
