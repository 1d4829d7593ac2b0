import type {Prediction} from "../../figure/widget.ts";
import {type LabParams, labGuess, labSettings, runText} from "./controls.ts";
import {labScoreText} from "./format.ts";
import type {LabResult} from "./readings.ts";
import {LAB_STEPS} from "./settings.ts";
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
  const guess = labGuess(params);
  if (isGuessDue || guess === undefined || guess === "skipped" || now.step < LAB_STEPS) return [];
  return [{item: runText(labSettings(params)), prediction: guess, actual: now.score, error: null}];
}

/** The guess next to what came of it; empty if the reader made none. */
export function guessOutcome({now, setup, divergedAt, isGuessDue}: LabResult, params: LabParams): string {
  const guess = labGuess(params);
  if (isGuessDue || guess === undefined) return "";
  if (guess === "skipped") return "You skipped the guess for this run.";
  const {task} = params;
  const isWords = isOfWords(task);
  const score = `${isWords ? `from ${labScoreText(task, setup.off.score)} ` : ""}to ${labScoreText(task, now.score)} ${isWords ? "nats a letter" : "of answers exact"}`;
  const came =
    divergedAt === undefined
      ? `${now.step === LAB_STEPS ? "It went" : `By step ${now.step} it went`} ${score}`
      : "The loss overflowed";
  return `Your guess: ${bandsOf(task)[guess]}. ${came}.`;
}
