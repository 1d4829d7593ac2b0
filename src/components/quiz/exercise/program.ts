import vm from "node:vm";
import {codeTask} from "../../../answers/codeTasks.ts";
import type {QuestionOf} from "../questions.ts";
import type {Json} from "./json.ts";

type Code = QuestionOf<"code">;

/** A case for the runner, with its correct result computed by the engine. */
export interface Case {
  name: string;
  hidden: boolean;
  args: readonly Json[];
  due: Json;
}

/** The data of a code exercise that the page's script needs. */
export interface CodeData {
  task: string;
  cases: readonly Case[];
  /** The results of each known mistake, case by case; null where it throws. */
  mistakes: readonly (readonly (Json | null)[])[];
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The cases of an exercise with their results. Throws when the arguments do not fit the task. */
export function casesOf({task, cases}: Pick<Code, "task" | "cases">): Case[] {
  const {given, run} = codeTask(task) as {given?(...args: Json[]): unknown[]; run(...args: Json[]): unknown};
  return cases.map(({name, hidden, args}) => ({
    name,
    hidden,
    args: plain(given ? given(...(args as Json[])) : args) as readonly Json[],
    due: plain(run(...(args as Json[]))),
  }));
}

/** Runs a program of ours with these arguments, at build and in tests, for at most `timeout` ms. A reader's program runs in a frame instead. */
export function resultOf(program: readonly string[], task: string, args: readonly Json[], timeout = 2000): Json {
  const call = `"use strict";${program.join("\n")}\n;JSON.stringify(${task}(...${JSON.stringify(args)}))`;
  return JSON.parse(vm.runInNewContext(call, {}, {timeout}) as string) as Json;
}

export function codeData(asked: Code): CodeData {
  const cases = casesOf(asked);
  const attempt = (program: readonly string[], args: readonly Json[]) => {
    try {
      return resultOf(program, asked.task, args);
    } catch {
      return null;
    }
  };
  const mistakes = asked.mistakes.map(({program}) => cases.map(({args}) => attempt(program, args)));
  return {task: asked.task, cases, mistakes};
}
