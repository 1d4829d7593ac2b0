import {buttonRow, type RowButton} from "../../../figure/plot/buttonRow.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Act} from "../../../figure/widget.ts";
import {type LabGuess, type LabParams, labSettings, runText, writeLabGuess} from "../controls.ts";
import {bandsOf, guessOutcome} from "../guess.ts";
import type {LabResult} from "../readings.ts";
import {isOfWords} from "../tasks.ts";

/** Asks for a guess before a run is shown, if the reader wants that; afterwards shows the guess next to the outcome. */
export function askGuess(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {task, ask} = params;
  const {isGuessDue} = result;
  const area = layer<HTMLElement>(box, "div", "guess");
  // A guess is kept with its run, and runs on own words are not kept.
  area.toggleAttribute("hidden", task === "own");
  area.toggleAttribute("data-asked", isGuessDue);
  const choice = (guess: LabGuess["guess"], text: string): RowButton => ({
    text,
    onPress: () => act.set({guess: writeLabGuess({guess, run: runText(labSettings(params))})}),
  });
  const bands = bandsOf(task);
  const choices = (["little", "some", "much"] as const).map((band) => choice(band, bands[band]));
  const outcome = isOfWords(task) ? "the words it never saw" : "the answers to fresh inputs";
  const said = isGuessDue ? `Before you see it: what will 200 steps make of ${outcome}?` : guessOutcome(result, params);
  layer(area, "p", "said", said);
  buttonRow(
    area,
    [
      ...(isGuessDue ? [...choices, choice("skipped", "Skip")] : []),
      {
        text: "Guess before each run",
        isPressed: ask === "first",
        onPress: () => act.set(({ask}) => ({ask: ask === "first" ? "" : "first"})),
      },
    ],
    "Your guess",
  );
}
