/** The reader's guess before a run: the question, and afterwards the guess beside the result. */

import {buttonRow} from "../../../figure/plot/buttonRow.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Act} from "../../../figure/widget.ts";
import {type LabGuess, type LabParams, labGuess, labSettings, runText, writeLabGuess} from "../controls.ts";
import {labScoreText} from "../format.ts";
import type {LabResult} from "../readings.ts";
import {isOfWords, LAB_STEPS} from "../settings.ts";

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

/** Asks where the reader wants to be asked. */
export function askGuess(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {task, ask} = params;
  const {isGuessDue} = result;
  const area = layer<HTMLElement>(box, "div", "guess");
  // A guess is kept with its run, and runs on own words are not kept.
  area.toggleAttribute("hidden", task === "own");
  area.toggleAttribute("data-asked", isGuessDue);
  const isWords = isOfWords(task);
  const band = bands[isWords ? "words" : "digits"];
  const outcome = isWords ? "the words it never saw" : "the answers to fresh inputs";
  const question = isGuessDue
    ? `Before you see it: what will 200 steps make of ${outcome}?`
    : guessOutcome(result, params, band);
  layer(area, "p", "said", question);
  const choice = (guess: LabGuess["guess"], text: string) => ({
    text,
    onPress: () => act.set({guess: writeLabGuess({guess, run: runText(labSettings(params))})}),
  });
  const choices = [
    ...(["little", "some", "much"] as const).map((guess) => choice(guess, band[guess])),
    choice("skipped", "Skip"),
  ];
  const toggle = {
    text: "Guess before each run",
    isPressed: ask === "first",
    onPress: () => act.set(({ask}) => ({ask: ask === "first" ? "" : "first"})),
  };
  buttonRow(area, [...(isGuessDue ? choices : []), toggle], "Your guess");
}

/** Empty if the reader made no guess. */
function guessOutcome(
  {now, setup, divergedAt}: LabResult,
  params: LabParams,
  band: Readonly<Record<"little" | "some" | "much", string>>,
): string {
  const {task} = params;
  const guess = labGuess(params);
  if (guess === undefined) return "";
  if (guess === "skipped") return "You skipped the guess for this run.";
  const isWords = isOfWords(task);
  const score = `${isWords ? `from ${labScoreText(task, setup.off.score)} ` : ""}to ${labScoreText(task, now.score)} ${isWords ? "nats a letter" : "of answers exact"}`;
  const outcome =
    divergedAt === undefined
      ? `${now.step === LAB_STEPS ? "It went" : `By step ${now.step} it went`} ${score}`
      : "The loss overflowed";
  return `Your guess: ${band[guess]}. ${outcome}.`;
}
