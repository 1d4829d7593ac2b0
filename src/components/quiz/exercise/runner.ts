import {harness, type Said} from "./harness.ts";
import type {Json} from "./json.ts";

/** What a case came to: a value, or why there is none, in a sentence. */
export type Outcome = {value: Json} | {thrown: string};

/** What came of a program: its outcomes as far as it got, what it printed, and why it was ended before the last case. */
export interface Report {
  outcomes: readonly Outcome[];
  printed: readonly string[];
  problem?: string;
}

/** Milliseconds for a program and all its cases, and before them for the worker to begin: a busy machine takes its time. */
const LIMIT = 2000;
const START = 10_000;

const opening = `"use strict";const $run=(${harness})();\n`;
const linesBefore = opening.split("\n").length - 1;

const source = (program: string, name: string, cases: readonly string[]) =>
  `${opening}${program}\n;$run(typeof ${name}==="undefined"?undefined:${name},${JSON.stringify(cases)});`;

/**
 * Runs a reader's program in a worker of its own, whose source it is, and calls its function `name` with the arguments of each
 * case. The worker is ended when it is done, when it throws, when it takes too long, or when it says more than it was asked.
 */
export function runProgram(program: string, name: string, cases: readonly (readonly Json[])[]): Promise<Report> {
  return new Promise((resolve) => {
    const outcomes: Outcome[] = [];
    let printed: readonly string[] = [];
    let said = 0;
    let isBegun = false;
    const address = URL.createObjectURL(
      new Blob(
        [
          source(
            program,
            name,
            cases.map((args) => JSON.stringify(args)),
          ),
        ],
        {type: "text/javascript"},
      ),
    );
    let worker: Worker;
    const end = (problem?: string) => {
      clearTimeout(timer);
      worker?.terminate();
      URL.revokeObjectURL(address);
      resolve({outcomes, printed, problem});
    };
    const late = () =>
      end(
        outcomes.length > 0
          ? `Case ${outcomes.length + 1} was not done after 2 seconds, and the program was ended. Is there a loop that never ends?`
          : "The program was not done after 2 seconds and was ended. Is there a loop that never ends?",
      );
    let timer = setTimeout(
      () => end("The program did not begin within 10 seconds: this machine is busy. Run it again."),
      START,
    );
    try {
      worker = new Worker(address);
    } catch {
      return end("This browser does not let the page start a worker, so the program cannot run here.");
    }
    worker.onerror = (event) => {
      event.preventDefault();
      end(refused(event, program));
    };
    worker.onmessage = ({data}: MessageEvent<unknown>) => {
      const one = ++said <= cases.length + 2 ? read(data) : undefined;
      if (!one) return end("The program sent messages of its own and was ended. Let the function return its result.");
      if ("begun" in one) {
        if (isBegun) return;
        isBegun = true;
        clearTimeout(timer);
        timer = setTimeout(late, LIMIT);
        return;
      }
      printed = one.printed;
      if ("missing" in one)
        return end(`There is no function named ${name}. Keep the name that stood there at the start.`);
      if ("done" in one) return end();
      if (one.at !== outcomes.length || one.at >= cases.length)
        return end("The program answered out of turn and was ended.");
      outcomes.push(one.outcome);
    };
  });
}

/** The lines that the harness lets through, and the one that counts the rest. */
const MOST_PRINTED = 21;

const isText = (x: unknown): x is string => typeof x === "string" && x.length <= 200_000;

type Message =
  | Extract<Said, {begun: true} | {done: true} | {missing: true}>
  | {at: number; outcome: Outcome; printed: readonly string[]};

/** A message as the harness sends it, or undefined: a program may say anything. */
function read(data: unknown): Message | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const {begun, done, missing, at, json, thrown, printed} = data as Record<string, unknown>;
  if (begun === true) return {begun};
  if (!Array.isArray(printed) || printed.length > MOST_PRINTED || !printed.every(isText)) return undefined;
  if (done === true) return {done, printed};
  if (missing === true) return {missing, printed};
  if (typeof at !== "number") return undefined;
  if (isText(thrown)) return {at, outcome: {thrown}, printed};
  try {
    return isText(json) ? {at, outcome: {value: JSON.parse(json) as Json}, printed} : undefined;
  } catch {
    return undefined;
  }
}

/** A line that Python begins so, and JavaScript does not. */
const PYTHON = /^\s*(def\s+\w+\s*\(.*:|import\s+[\w.]+(\s+as\s+\w+)?\s*$|from\s+[\w.]+\s+import\b)/m;

/** Why the worker did not take the program, with the line of it. */
function refused({message, lineno}: ErrorEvent, program: string): string {
  const line = lineno - linesBefore;
  const last = program.split("\n").length;
  const what = (message || "the program could not be read").replace(/^Uncaught /, "").slice(0, 200);
  const other = PYTHON.test(program) ? "This box runs JavaScript. " : "";
  if (line > last) return `${other}The program ends too early: ${what}. Is a bracket, a quote or a comment still open?`;
  return `${other}${line >= 1 ? `Line ${line}: ` : ""}${what}. No case was run.`;
}
