import type {FrameMessage} from "./frameScript.ts";
import {harnessSource, type WorkerMessage} from "./harness.ts";
import {isSendable, type JsonValue} from "./json.ts";
import {startInFrame} from "./programFrame.ts";

/** The result of a case: a value, or in a sentence why there is none. */
export type CaseOutcome = {value: JsonValue} | {thrown: string};

/** What a program did: the outcomes of the cases it reached, its printed lines, and why it was ended early, if it was. */
export interface ProgramReport {
  outcomes: readonly CaseOutcome[];
  printed: readonly string[];
  problem?: string;
}

/** Milliseconds for a program and all its cases; and for its worker to begin, which takes long on a busy machine. */
const LIMIT = 2000;
const START = 10_000;

const opening = `"use strict";const $run=${harnessSource};\n`;
const linesBefore = opening.split("\n").length - 1;

/** The whole source of a worker: the harness, the program, and the call that runs the cases. */
function workerSource(program: string, name: string, cases: readonly (readonly JsonValue[])[]): string {
  const texts = JSON.stringify(cases.map((args) => JSON.stringify(args)));
  return `${opening}${program}\n;$run(typeof ${name}==="undefined"?undefined:${name},${texts});`;
}

/**
 * Runs a reader's program in a frame of its own and calls its function `name` with the arguments of each case. The frame is
 * removed when the cases are done, when the program throws, takes too long, or sends a message that the harness would not. A
 * program that managed to send the harness's messages itself would pass its own exercise, and no more than that.
 */
export function runProgram(
  program: string,
  name: string,
  cases: readonly (readonly JsonValue[])[],
  start = startInFrame,
): Promise<ProgramReport> {
  const progress: Progress = {outcomes: [], printed: [], messages: 0, isBegun: false};
  return new Promise((resolve) => {
    const end = (problem?: string) => {
      clearTimeout(timer);
      stop();
      resolve({outcomes: progress.outcomes, printed: progress.printed, problem});
    };
    let timer = setTimeout(
      () => end("The program did not begin within 10 seconds: this machine is busy. Run it again."),
      START,
    );
    const stop = start(workerSource(program, name, cases), (message: FrameMessage) => {
      if ("refused" in message)
        return end("This browser does not let the page start a worker, so the program cannot run here.");
      if ("error" in message) return end(errorText(message, program));
      const step = advance(progress, message.said, name, cases.length);
      if (step === "begun") {
        clearTimeout(timer);
        timer = setTimeout(() => end(lateText(progress)), LIMIT);
      } else if (step !== "running") end(step.problem);
    });
  });
}

/** What the worker has sent so far. */
interface Progress {
  outcomes: CaseOutcome[];
  printed: readonly string[];
  messages: number;
  isBegun: boolean;
}

/** Takes the next message into the progress. Returns whether the program has just begun, is running, or has to be ended. */
function advance(
  progress: Progress,
  data: unknown,
  name: string,
  cases: number,
): "begun" | "running" | {problem?: string} {
  const message = ++progress.messages <= cases + 2 ? readMessage(data) : undefined;
  if (!message)
    return {problem: "The program sent messages of its own and was ended. Let the function return its result."};
  if ("begun" in message) {
    const isFirst = !progress.isBegun;
    progress.isBegun = true;
    return isFirst ? "begun" : "running";
  }
  progress.printed = message.printed;
  if ("missing" in message) return {problem: `There is no function named ${name}. Keep the name it had at the start.`};
  if ("done" in message) return {};
  if (message.at !== progress.outcomes.length || message.at >= cases)
    return {problem: "The program answered out of turn and was ended."};
  progress.outcomes.push(message.outcome);
  return "running";
}

const lateText = ({outcomes}: Progress): string =>
  outcomes.length > 0
    ? `Case ${outcomes.length + 1} was not done after 2 seconds, and the program was ended. Is there a loop that never ends?`
    : "The program was not done after 2 seconds and was ended. Is there a loop that never ends?";

/** The lines that the harness keeps, and the one that counts the rest. */
const MOST_PRINTED = 21;

/** The most characters in a printed line or a sentence, with the words around it, and in a result. */
const SENTENCE = 250;
const RESULT = 200_000;

const isText = (x: unknown, most = SENTENCE): x is string => typeof x === "string" && x.length <= most;

type Message =
  | Extract<WorkerMessage, {begun: true} | {done: true} | {missing: true}>
  | {at: number; outcome: CaseOutcome; printed: readonly string[]};

/** A message as the harness sends it; undefined for anything else, since a program can send what it likes. */
function readMessage(data: unknown): Message | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const {begun, done, missing, at, json, thrown, printed} = data as Record<string, unknown>;
  if (begun === true) return {begun};
  if (!Array.isArray(printed) || printed.length > MOST_PRINTED || !printed.every((line) => isText(line)))
    return undefined;
  if (done === true) return {done, printed};
  if (missing === true) return {missing, printed};
  if (typeof at !== "number") return undefined;
  if (isText(thrown)) return {at, outcome: {thrown}, printed};
  if (!isText(json, RESULT)) return undefined;
  try {
    const value = JSON.parse(json) as JsonValue;
    return isSendable(value) ? {at, outcome: {value}, printed} : undefined;
  } catch {
    return undefined;
  }
}

/** A line that begins like Python and not like JavaScript. */
const PYTHON = /^\s*(def\s+\w+\s*\(.*:|import\s+[\w.]+(\s+as\s+\w+)?\s*$|from\s+[\w.]+\s+import\b)/m;

/** Why the worker could not run the program, with the line in the program. */
function errorText({error, line: at}: {error: string; line: number}, program: string): string {
  const line = at - linesBefore;
  const last = program.split("\n").length;
  const what = (error || "the program could not be read").replace(/^Uncaught /, "").slice(0, 200);
  // A thrown text may end as a sentence does.
  const sentence = /[.?!]$/.test(what) ? what : `${what}.`;
  const other = PYTHON.test(program) ? "This box runs JavaScript. " : "";
  if (line > last)
    return `${other}The program ends too early: ${sentence} Is a bracket, a quote or a comment still open?`;
  return `${other}${line >= 1 ? `Line ${line}: ` : ""}${sentence} No case was run.`;
}
