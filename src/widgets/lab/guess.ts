import type {Prediction} from "../../shell/widget.ts";
import {isList, type Task} from "../shared/taskNames.ts";
import {guessOf, type LabParams, STEPS, settingsOf, written} from "./controls.ts";
import {scored} from "./format.ts";
import type {LabResult} from "./readings.ts";

/** What a run may come to: against the base in nats a letter, or in the share of exact answers. */
const bands = {
  words: {
    little: "about as before, or worse",
    some: "better, by up to half a nat a letter",
    much: "better by more than that",
  },
  digits: {
    little: "right in fewer than 1 of 10 answers",
    some: "in between",
    much: "right in 9 of 10 or more",
  },
} as const;

export const bandsOf = (task: Task) => bands[isList(task) ? "words" : "digits"];

/** The guess at a run that is over, and its score: nats a letter, or the share of exact answers. Nothing is scored. */
export function predictions({now, asked}: LabResult, params: LabParams): Prediction[] {
  const guess = guessOf(params);
  if (asked || guess === undefined || guess === "skipped" || now.step < STEPS) return [];
  return [{item: written(settingsOf(params)), prediction: guess, actual: now.score, error: null}];
}

/** The guess beside what came of it; empty where none was made. Nothing is scored. */
export function guessed({now, ground, lost, asked}: LabResult, params: LabParams): string {
  const guess = guessOf(params);
  if (asked || guess === undefined) return "";
  if (guess === "skipped") return "You skipped the guess for this run.";
  const {task} = params;
  const isWords = isList(task);
  const score = `${isWords ? `from ${scored(task, ground.off.score)} ` : ""}to ${scored(task, now.score)} ${isWords ? "nats a letter" : "of answers exact"}`;
  const came =
    lost === undefined
      ? `${now.step === STEPS ? "It went" : `By step ${now.step} it went`} ${score}`
      : "It left the range of numbers";
  return `Your guess: ${bandsOf(task)[guess]}. ${came}.`;
}
