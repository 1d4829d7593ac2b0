import {callsOf, type ForgeReading, readingOf} from "../forgeTasks.ts";
import type {ForgeData} from "./codeData.ts";
import {isSame, type JsonValue} from "./json.ts";
import type {MicroPython} from "./pythonLoader.ts";
import {type ProgramReport, runProgram} from "./runner.ts";

/** The verdict on a program that was tried on the forge, in sentences. */
export interface ForgeVerdict {
  isRight: boolean;
  lead: string;
  /** Words and whose they are, with their letters in doubt: the program's, and the right ones if they differ. */
  lines: readonly {name: string; words: string}[];
  /** What to do about it, unless a known mistake says so. */
  todo?: string;
  /** The index of the known mistake with the same reading. */
  mistake?: number;
  printed: readonly string[];
}

// code.ts loads this file, and what it needs with it, only when a reader asks for it.
export {readyFor} from "../forgeTasks.ts";

/** Said of a reading that is neither the right one nor a known mistake's. */
const SEE_CASES = "Press Run: the small cases show which values are off.";
/** Said when no weight of the forge has moved. */
const UNCHANGED = "The forge has not changed: your function gives back what it was given.";

/** Seconds that a program has on the forge: training takes two on a desktop and several on a phone. */
const FORGE_SECONDS = 20;

/** Calls the program's function with the forge's matrices, and reads what the forge does with the results. Needs `readyFor`. */
export async function tryOnForge(
  python: MicroPython,
  program: string,
  task: string,
  data: ForgeData,
): Promise<ForgeVerdict> {
  const calls = callsOf(data.task);
  const cases = calls as readonly (readonly JsonValue[])[];
  const report = await runProgram(python, {program, task, cases, seconds: FORGE_SECONDS});
  return forgeVerdict(report, calls.length, data);
}

/** The verdict on a report of these calls. */
export function forgeVerdict(
  {outcomes, printed, problem}: ProgramReport,
  calls: number,
  data: ForgeData,
): ForgeVerdict {
  const failure = (todo: string): ForgeVerdict => ({
    isRight: false,
    lead: "The forge was left as it is.",
    lines: [],
    todo,
    printed,
  });
  if (problem !== undefined) return failure(problem);
  const values: JsonValue[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if ("thrown" in outcome)
      return failure(calls > 1 ? `Call ${i + 1} of ${calls}: ${outcome.thrown}` : outcome.thrown);
    values.push(outcome.value);
  }
  const reading = readingOf(data.task, values);
  return "problem" in reading ? failure(reading.problem) : {...compareReading(reading, data), printed};
}

/** Compares the reading with the right one and those of known mistakes. */
function compareReading(own: ForgeReading, {expected, mistakes}: ForgeData): Omit<ForgeVerdict, "printed"> {
  const line = (name: string, reading: ForgeReading) => ({
    name: `${name}, ${forgeDoubtText(reading)}`,
    words: reading.words.map((word) => word || "–").join(" "),
  });
  const lines = [line("Yours", own)];
  if (isAlike(own, expected))
    return {isRight: true, lead: "Your results are in the forge, and it writes what is due.", lines};
  const mistake = mistakes.findIndex((reading) => reading && isAlike(own, reading));
  return {
    isRight: false,
    lead: "Not yet.",
    lines: [...lines, line("Due", expected)],
    ...(mistake < 0 ? {todo: own.size === 0 ? UNCHANGED : SEE_CASES} : {mistake}),
  };
}

/** "8.6 letters in doubt"; beyond a thousand only that. */
export const forgeDoubtText = ({doubt}: Pick<ForgeReading, "doubt">): string =>
  `${doubt < 1000 ? doubt.toFixed(1) : "over 1,000"} letters in doubt`;

/** Letters in doubt this close count as equal, and above ten as close in proportion: float32 sums differ where WebAssembly does not run. */
const DOUBT_TOLERANCE = 0.005;
/** Sizes of changes this close, as a share, differ only by the order of additions. */
const SIZE_TOLERANCE = 1e-7;

/** Whether two readings are of the same forge. */
export const isAlike = (one: ForgeReading, other: ForgeReading): boolean =>
  isSame(one.words, other.words) &&
  Math.abs(one.doubt - other.doubt) < DOUBT_TOLERANCE * Math.max(1, other.doubt / 10) &&
  Math.abs(one.size - other.size) <= SIZE_TOLERANCE * other.size;
