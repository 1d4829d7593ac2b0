import type {Prediction} from "../../figure/widget.ts";
import {guessOf, type LabParams, settingsOf, textOf} from "./controls.ts";
import {scored} from "./format.ts";
import type {LabResult} from "./readings.ts";
import {STEPS} from "./settings.ts";
import {isOfWords, type LabTask} from "./tasks.ts";

/** The guesses to choose from: compared with the base in nats a letter, or as a share of exact answers. */
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

export const bandsOf = (task: LabTask) => bands[isOfWords(task) ? "words" : "digits"];

/** For the host: the guess, and the score of the finished run. The guess itself gets no points. */
export function predictions({now, isGuessDue}: LabResult, params: LabParams): Prediction[] {
  const guess = guessOf(params);
  if (isGuessDue || guess === undefined || guess === "skipped" || now.step < STEPS) return [];
  return [{item: textOf(settingsOf(params)), prediction: guess, actual: now.score, error: null}];
}

/** The guess next to what came of it; empty if the reader made none. */
export function guessed({now, setup, divergedAt, isGuessDue}: LabResult, params: LabParams): string {
  const guess = guessOf(params);
  if (isGuessDue || guess === undefined) return "";
  if (guess === "skipped") return "You skipped the guess for this run.";
  const {task} = params;
  const isWords = isOfWords(task);
  const score = `${isWords ? `from ${scored(task, setup.off.score)} ` : ""}to ${scored(task, now.score)} ${isWords ? "nats a letter" : "of answers exact"}`;
  const came =
    divergedAt === undefined
      ? `${now.step === STEPS ? "It went" : `By step ${now.step} it went`} ${score}`
      : "The loss overflowed";
  return `Your guess: ${bandsOf(task)[guess]}. ${came}.`;
}
