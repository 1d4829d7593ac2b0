import vm from "node:vm";
import {codeTask} from "../codeTasks.ts";
import type {ForgeTaskName} from "../forgeTaskNames.ts";
import {callsOf, type ForgeReading, readingOf, readyFor} from "../forgeTasks.ts";
import type {QuestionOf} from "../questions.ts";
import type {Json} from "./json.ts";

type Code = QuestionOf<"code">;

/** A case for the runner, with its correct result computed by the engine. */
interface Case {
  name: string;
  hidden: boolean;
  args: readonly Json[];
  due: Json;
}

/** What the forge does with the engine's results in it, and what with those of each known mistake; null where they do not fit. */
export interface ForgeData {
  task: ForgeTaskName;
  /** As it is, without a change. */
  before: ForgeReading;
  due: ForgeReading;
  mistakes: readonly (ForgeReading | null)[];
}

/** The data of a code exercise that the page's script needs. */
export interface CodeData {
  task: string;
  cases: readonly Case[];
  /** The results of each known mistake, case by case; null where it throws. */
  mistakes: readonly (readonly (Json | null)[])[];
  forge?: ForgeData;
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

/** The forge with what `f` returns for each call in it; undefined where that does not fit. */
function readingWith(task: ForgeTaskName, calls: readonly (readonly Json[])[], f: (args: readonly Json[]) => unknown) {
  try {
    const reading = readingOf(task, calls.map(f));
    return "problem" in reading ? undefined : reading;
  } catch {
    return undefined;
  }
}

const forgeReadings = new Map<string, Promise<ForgeData>>();

async function readForge({task, mistakes}: Code, on: ForgeTaskName): Promise<ForgeData> {
  await readyFor(on);
  const calls = callsOf(on) as readonly (readonly Json[])[];
  const {run} = codeTask(task) as {run(...args: Json[]): unknown};
  const [before, due] = [readingOf(), readingWith(on, calls, (args) => run(...args))];
  if ("problem" in before || !due) throw new Error(`${task}: the engine's own results do not fit the forge`);
  const slips = mistakes.map(
    ({program}) => readingWith(on, calls, (args) => resultOf(program, task, args, 60_000)) ?? null,
  );
  return {task: on, before, due, mistakes: slips};
}

/** Computed once for each question, because it takes a second. Undefined for a question that is not tried on the forge. */
export async function forgeData(asked: Code): Promise<ForgeData | undefined> {
  const {forge, id} = asked;
  if (!forge) return undefined;
  if (!forgeReadings.has(id)) forgeReadings.set(id, readForge(asked, forge.task));
  return forgeReadings.get(id);
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
