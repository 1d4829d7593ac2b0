import {layer} from "../../../figures/layer.ts";
import {type Press, presses} from "../../../figures/presses.ts";
import type {Act} from "../../../shell/widget.ts";
import {isList} from "../../shared/taskNames.ts";
import {type Guess, type LabParams, settingsOf, writeGuess, written} from "../controls.ts";
import {bandsOf, guessed} from "../guess.ts";
import type {LabResult} from "../readings.ts";

/** Asks for a guess before a run is shown, where the reader wants that, and shows it beside the outcome. */
export function guessBox(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {task, ask} = params;
  const {asked} = result;
  const area = layer<HTMLElement>(box, "div", "guess");
  area.toggleAttribute("data-asked", asked);
  const commit = (guess: Guess["guess"]) => () =>
    act.set({guess: writeGuess({guess, run: written(settingsOf(params))})});
  const own = bandsOf(task);
  const choices: Press[] = asked
    ? [
        ...(["little", "some", "much"] as const).map((band) => ({text: own[band], onPress: commit(band)})),
        {text: "Skip", onPress: commit("skipped")},
      ]
    : [];
  layer(
    area,
    "p",
    "said",
    asked
      ? `Before you see it: what will 200 steps make of ${isList(task) ? "the words it never saw" : "the answers to fresh inputs"}?`
      : guessed(result, params),
  );
  presses(
    area,
    [
      ...choices,
      {
        text: "Guess before each run",
        isPressed: ask === "first",
        onPress: () => act.set(({ask}) => ({ask: ask === "first" ? "" : "first"})),
      },
    ],
    "Your guess",
  );
}
