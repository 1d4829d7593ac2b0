import vm from "node:vm";
import {codeTask} from "../../../answers/codeTasks.ts";
import type {QuestionOf} from "../questions.ts";
import type {Json} from "./json.ts";

type Code = QuestionOf<"code">;

/** A case as the runner takes it, with the result that is due; the engine's. */
export interface Case {
  name: string;
  hidden: boolean;
  args: readonly Json[];
  due: Json;
}

/** What the page's script needs to know of a code exercise. */
export interface CodeData {
  task: string;
  cases: readonly Case[];
  /** What each of the mistakes gives, case by case; null where it throws. */
  mistakes: readonly (readonly (Json | null)[])[];
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The cases of an exercise, their results computed by the engine. Throws where the arguments do not fit the task. */
export function casesOf({task, cases}: Pick<Code, "task" | "cases">): Case[] {
  const {given, run} = codeTask(task) as {given?(...args: Json[]): unknown[]; run(...args: Json[]): unknown};
  return cases.map(({name, hidden, args}) => ({
    name,
    hidden,
    args: plain(given ? given(...(args as Json[])) : args) as readonly Json[],
    due: plain(run(...(args as Json[]))),
  }));
}

/** A program of the bank → what its function gives for these arguments. At build and in tests; a reader's runs in a worker. */
export function resultOf(program: readonly string[], task: string, args: readonly Json[]): Json {
  const call = `"use strict";${program.join("\n")}\n;JSON.stringify(${task}(...${JSON.stringify(args)}))`;
  return JSON.parse(vm.runInNewContext(call, {}, {timeout: 2000}) as string) as Json;
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
