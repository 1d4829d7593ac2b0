import type {FrameMessage, FrameStart} from "./frameScript.ts";
import {harnessPython, type WorkerMessage, type WorkerStart} from "./harness.ts";
import {isSendable, type JsonValue} from "./json.ts";
import type {MicroPython} from "./pythonLoader.ts";

/** The result of a case: a value, or in a sentence why there is none. */
export type CaseOutcome = {value: JsonValue} | {thrown: string};

/** What a program did: the outcomes of the cases it reached, its printed lines, and why it was ended early, if it was. */
export interface ProgramReport {
  outcomes: readonly CaseOutcome[];
  printed: readonly string[];
  problem?: string;
}

/** A program to run, the function that is called, its arguments in each case, and the seconds that it has for all of them. */
interface ProgramRun {
  program: string;
  task: string;
  cases: readonly (readonly JsonValue[])[];
  seconds?: number;
}

/** Seconds for a program and all its cases, unless more are given. */
const DEFAULT_SECONDS = 2;
/** Milliseconds for its worker to begin, which takes long on a busy machine. */
const START_TIMEOUT = 10_000;

/**
 * Runs a reader's program in a frame of its own and calls its function with the arguments of each case. The frame is
 * removed when the cases are done, when the program throws, takes too long, or sends a message that the harness would not. A
 * program that managed to send the harness's messages itself would pass its own exercise, and no more than that.
 */
export function runProgram(
  {source, wasm}: MicroPython,
  {program, task, cases, seconds = DEFAULT_SECONDS}: ProgramRun,
  start = startInFrame,
): Promise<ProgramReport> {
  const texts = cases.map((args) => JSON.stringify(args));
  const first: WorkerStart = {wasm, harness: harnessPython, program, task, cases: texts};
  const progress: Progress = {outcomes: [], printed: [], messages: 0, isBegun: false};
  return new Promise((resolve) => {
    const end = (problem?: string) => {
      clearTimeout(timer);
      stop();
      resolve({outcomes: progress.outcomes, printed: progress.printed, problem});
    };
    let timer = setTimeout(
      () => end("The program did not begin within 10 seconds: this machine is busy. Run it again."),
      START_TIMEOUT,
    );
    const stop = start({source, first}, (message: FrameMessage) => {
      if ("refused" in message)
        return end("This browser does not let the page start a worker, so the program cannot run here.");
      if ("error" in message) return end(`Python could not start in this browser: ${message.error.slice(0, 200)}`);
      const step = advance(progress, message.said, {program, task, cases});
      if (step === "begun") {
        clearTimeout(timer);
        timer = setTimeout(() => end(lateText(progress, seconds)), seconds * 1000);
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
  {program, task, cases}: ProgramRun,
): "begun" | "running" | {problem?: string} {
  const message = ++progress.messages <= cases.length + 2 ? readMessage(data) : undefined;
  if (!message)
    return {problem: "The program sent messages of its own and was ended. Let the function return its result."};
  if ("begun" in message) {
    const isFirst = !progress.isBegun;
    progress.isBegun = true;
    return isFirst ? "begun" : "running";
  }
  progress.printed = message.printed;
  if ("missing" in message) return {problem: `There is no function named ${task}. Keep the name it had at the start.`};
  if ("stopped" in message) return {problem: stoppedText(message, program)};
  if ("done" in message) return {};
  if (message.at !== progress.outcomes.length || message.at >= cases.length)
    return {problem: "The program answered out of turn and was ended."};
  progress.outcomes.push(message.outcome);
  return "running";
}

/** Says that the program did not finish in time. */
const lateText = ({outcomes}: Progress, seconds: number): string =>
  outcomes.length > 0
    ? `Case ${outcomes.length + 1} was not done after ${seconds} seconds, and the program was ended. Is there a loop that never ends?`
    : `The program was not done after ${seconds} seconds and was ended. Is there a loop that never ends?`;

/** The lines that the harness keeps, and the one that counts the rest. */
const MAX_PRINTED_LINES = 21;

/** The most characters in a printed line or a sentence, with the words around it. */
const MAX_SENTENCE = 250;
/** The most characters in a result. */
const MAX_RESULT = 200_000;

const isText = (x: unknown, maxLength = MAX_SENTENCE): x is string => typeof x === "string" && x.length <= maxLength;

/** A message of the harness with its result parsed. */
type Message =
  | Extract<WorkerMessage, {begun: true} | {done: true} | {missing: true} | {stopped: true}>
  | {at: number; outcome: CaseOutcome; printed: readonly string[]};

/** A message as the harness sends it; undefined for anything else, since a program can send what it likes. */
function readMessage(data: unknown): Message | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const {begun, done, missing, stopped, text, line, at, json, thrown, printed} = data as Record<string, unknown>;
  if (begun === true) return {begun};
  if (!Array.isArray(printed) || printed.length > MAX_PRINTED_LINES || !printed.every((one) => isText(one)))
    return undefined;
  if (done === true) return {done, printed};
  if (missing === true) return {missing, printed};
  if (stopped === true && isText(text))
    return {stopped, text, ...(Number.isSafeInteger(line) && {line: line as number}), printed};
  if (typeof at !== "number") return undefined;
  if (isText(thrown)) return {at, outcome: {thrown}, printed};
  if (!isText(json, MAX_RESULT)) return undefined;
  try {
    const value = JSON.parse(json) as JsonValue;
    return isSendable(value) ? {at, outcome: {value}, printed} : undefined;
  } catch {
    return undefined;
  }
}

/** A line that begins like JavaScript and not like Python. */
const JAVASCRIPT = /^\s*(function\b|const\s|let\s|var\s|\/\/|\})/m;

/** Whether a text is a program in JavaScript, as readers wrote in an earlier edition and some still expect. */
const isJavaScript = (program: string): boolean => JAVASCRIPT.test(program) && !/^\s*def\s/m.test(program);

/** Why the program did not run to its end, with the line in it. */
function stoppedText({text, line}: {text: string; line?: number}, program: string): string {
  const other = isJavaScript(program) ? "This box runs Python. " : "";
  if (line !== undefined && line > program.trimEnd().split("\n").length && text.startsWith("SyntaxError"))
    return `${other}The program ends too early: ${text} Is a bracket or a quote still open?`;
  return `${other}${line === undefined ? "" : `Line ${line}: `}${text} No case was run.`;
}

/**
 * Starts a worker in a new frame (ProgramFrame.astro). `onMessage` gets the frame's messages, over a port that only
 * this frame was given, so nobody else can answer for it. Returns a function that removes the frame, which ends all that runs in it.
 */
function startInFrame(start: FrameStart, onMessage: (message: FrameMessage) => void): () => void {
  const {content} = document.querySelector<HTMLTemplateElement>("template.program-frame")!;
  const frame = document.importNode(content, true).querySelector("iframe")!;
  const {port1: ours, port2: theirs} = new MessageChannel();
  ours.onmessage = ({data}: MessageEvent<FrameMessage>) => onMessage(data);
  // A sandboxed frame has no origin that could be named in place of the star.
  frame.onload = () => frame.contentWindow!.postMessage(start, "*", [theirs]);
  document.body.append(frame);
  return () => {
    ours.close();
    frame.remove();
  };
}
