/** The data of code exercises, computed at build. */
import {createHash} from "node:crypto";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {loadMicroPython} from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import {codeTask} from "../codeTasks.ts";
import {callsOf, type ForgeReading, readingOf, readyFor} from "../forgeTasks.ts";
import type {ForgeTaskName, QuestionOf} from "../questions.ts";
import {harnessPython, startPython} from "./harness.ts";
import type {JsonValue} from "./json.ts";

type Code = QuestionOf<"code">;

/** A case for the runner, with its correct result computed by the engine. */
interface Case {
  name: string;
  hidden: boolean;
  args: readonly JsonValue[];
  expected: JsonValue;
}

/** Readings of the forge with the engine's results in it, and with those of each known mistake; null where these do not fit. */
export interface ForgeData {
  task: ForgeTaskName;
  /** The forge without a change. */
  before: ForgeReading;
  expected: ForgeReading;
  mistakes: readonly (ForgeReading | null)[];
}

/** The data of a code exercise that the page's script needs. */
export interface CodeData {
  task: string;
  /** Whether the program may be run as it stands at the start. */
  whole: boolean;
  cases: readonly Case[];
  /** The results of each known mistake, case by case; null where it throws. */
  mistakes: readonly (readonly (JsonValue | null)[])[];
  forge?: ForgeData;
}

/** A value as a program gets it: written as JSON and read again. */
const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

/** The cases of an exercise with their results. Throws when the arguments do not fit the task. */
export function casesOf({task, cases}: Pick<Code, "task" | "cases">): Case[] {
  const {argumentsFor, run} = codeTask(task) as {
    argumentsFor?(...args: JsonValue[]): unknown[];
    run(...args: JsonValue[]): unknown;
  };
  return cases.map(({name, hidden, args}) => ({
    name,
    hidden,
    args: asJson(argumentsFor ? argumentsFor(...(args as JsonValue[])) : args) as readonly JsonValue[],
    expected: asJson(run(...(args as JsonValue[]))),
  }));
}

/** The Python that runs our own programs. */
const python = startPython(loadMicroPython, harnessPython);

/**
 * A function of our own in Python, at build and in tests: arguments → result. It
 * holds until another program defines a function of that name. A reader's program runs in a frame instead.
 */
export async function functionOf(
  program: readonly string[],
  task: string,
): Promise<(args: readonly JsonValue[]) => JsonValue> {
  const {begin, call} = await python;
  begin(program.join("\n"));
  return (args) => JSON.parse(call(task, JSON.stringify(args))) as JsonValue;
}

/** Where results of our own programs are kept. */
const CACHE_FOLDER = "node_modules/.cache/lora-live";
/** The text that names the version of Python, from which the results follow too. */
const pythonPackage = readFile("node_modules/@micropython/micropython-webassembly-pyscript/package.json", "utf8");

/**
 * What one of our own programs returns for each call of its function; null where a call throws. Python needs seconds for a pass through
 * the forge's letters, so the results are kept for the next build, under a hash of all they follow from.
 */
async function resultsOf(
  program: readonly string[],
  task: string,
  calls: readonly (readonly JsonValue[])[],
): Promise<readonly JsonValue[] | null> {
  const inputs = JSON.stringify([await pythonPackage, harnessPython, program, task, calls]);
  const file = `${CACHE_FOLDER}/${createHash("sha256").update(inputs).digest("hex")}.json`;
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Not computed yet, or being written by another build.
  }
  const compute = await functionOf(program, task);
  let results: JsonValue[] | null = null;
  try {
    results = calls.map(compute);
  } catch {
    // The program fits the small cases, but not this call.
  }
  await mkdir(CACHE_FOLDER, {recursive: true});
  await writeFile(file, JSON.stringify(results));
  return results;
}

/** The reading of the forge with these results in it; undefined where they do not fit. */
function readingWith(task: ForgeTaskName, results: readonly unknown[] | null) {
  const reading = results ? readingOf(task, results) : undefined;
  return reading && "problem" in reading ? undefined : reading;
}

const forgeReadings = new Map<string, Promise<ForgeData>>();

/** Computes the readings of an exercise that is tried on the forge. */
async function readForge({task, mistakes}: Code, forgeTask: ForgeTaskName): Promise<ForgeData> {
  await readyFor(forgeTask);
  const calls = callsOf(forgeTask) as readonly (readonly JsonValue[])[];
  const {run} = codeTask(task) as {run(...args: JsonValue[]): unknown};
  const [before, expected] = [
    readingOf(),
    readingWith(
      forgeTask,
      calls.map((args) => run(...args)),
    ),
  ];
  if ("problem" in before || !expected) throw new Error(`${task}: the engine's own results do not fit the forge`);
  const mistakeReadings: (ForgeReading | null)[] = [];
  // One after the other, because all define a function of the same name in the same Python.
  for (const {program} of mistakes)
    mistakeReadings.push(readingWith(forgeTask, await resultsOf(program, task, calls)) ?? null);
  return {task: forgeTask, before, expected, mistakes: mistakeReadings};
}

/** The forge's part of an exercise, computed once because it takes a second. Undefined for a question that is not tried on the forge. */
export async function forgeData(question: Code): Promise<ForgeData | undefined> {
  const {forge, id} = question;
  if (!forge) return undefined;
  if (!forgeReadings.has(id)) forgeReadings.set(id, readForge(question, forge.task));
  return forgeReadings.get(id);
}

/** The data of a code exercise: the engine's results, and those of the known mistakes. */
export async function codeData(question: Code): Promise<CodeData> {
  const cases = casesOf(question);
  const mistakes: (JsonValue | null)[][] = [];
  for (const {program} of question.mistakes) {
    const attempt = await functionOf(program, question.task);
    mistakes.push(
      cases.map(({args}) => {
        try {
          return attempt(args);
        } catch {
          return null;
        }
      }),
    );
  }
  return {task: question.task, whole: question.whole ?? false, cases, mistakes};
}
