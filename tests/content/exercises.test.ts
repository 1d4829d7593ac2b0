import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {casesOf, codeData, functionOf} from "../../src/book/quiz/exercise/codeData.ts";
import {isSame} from "../../src/book/quiz/exercise/json.ts";
import {asks, type QuestionOf, questions} from "../../src/book/quiz/questions.ts";

const CHAPTER = "content/chapters/12-exercises.mdx";
const exercises = questions.filter(({chapter}) => chapter === "exercises");
const programs = questions.filter((q): q is QuestionOf<"code"> => q.kind === "code");

test("chapter 12 asks each of its exercises once, in the group of its level", () => {
  const text = readFileSync(CHAPTER, "utf8");
  const groups = text.split(/^## /m).map((group) => ({
    section: /\{#([a-z-]+)\}/.exec(group)?.[1],
    ids: [...group.matchAll(/<Quiz id="([^"]+)"/g)].map(([, id]) => id!),
  }));
  const asked = groups.flatMap(({section, ids}) => ids.map((id) => ({id, section, level: section})));
  const byId = (a: {id: string}, b: {id: string}) => (a.id < b.id ? -1 : 1);
  expect(asked.sort(byId)).toEqual(exercises.map(({id, section, level}) => ({id, section, level})).sort(byId));
  expect(asks(text, "code")).toBe(true);
});

describe.each(programs.map((q) => [q.id, q] as const))("%s", (_, asked) => {
  const cases = casesOf(asked);
  const passes = async (program: readonly string[]) => {
    const f = await functionOf(program, asked.task);
    return cases.map(({args, expected}) => isSame(f(args), expected));
  };

  test("the solution passes every case, visible and hidden", async () => {
    expect(await passes(asked.solution)).toEqual(cases.map(() => true));
    expect(cases.some(({hidden}) => hidden) && cases.some(({hidden}) => !hidden)).toBe(true);
  });

  test("the function as it stands at the start passes none of the first cases", async () => {
    expect((await passes(asked.starter))[0]).toBe(false);
    expect(asked.starter.join(" ")).toContain(`def ${asked.task}(`);
  });

  test("every mistake fails a case, and its results are its own", async () => {
    const {mistakes} = await codeData(asked);
    for (const [i, {program, why}] of asked.mistakes.entries()) {
      expect(await passes(program), why).toContain(false);
      const alike = mistakes.filter((values) => values.every((value, at) => isSame(value, mistakes[i]![at]!)));
      expect(alike, why).toHaveLength(1);
    }
  });

  test("what is expected of a visible case does not solve a hidden one", () => {
    const visible = cases.filter(({hidden}) => !hidden).map(({expected}) => expected);
    const guessed = cases.filter(({hidden, expected}) => hidden && visible.some((one) => isSame(one, expected)));
    expect(guessed.length).toBeLessThan(cases.filter(({hidden}) => hidden).length);
  });
});
