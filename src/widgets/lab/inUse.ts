import {type LabParams, type WayChosen, wayOf} from "./controls.ts";
import type {LabResult} from "./readings.ts";
import type {Sample, Way} from "./snapshot.ts";

/** The way of a trained model that each position of the switch shows. */
const wayNames: Readonly<Record<WayChosen, Way["name"]>> = {
  off: "off",
  half: "scaled",
  on: "on",
  merged: "merged",
};

/** What the column After shows. */
interface After {
  samples: readonly Sample[];
  /** What it goes on with from the reader's letters; empty while it trains. */
  texts: readonly string[];
  /** The switch is on, or there is nothing to switch yet. */
  isOn: boolean;
  /** Nothing is trained, and it writes what Before writes. */
  isSame: boolean;
}

/** At the last step the switch decides; before it After is what the model writes at the step shown. */
export function afterOf({use, begun, going, written, step, setup, trained}: LabResult, params: LabParams): After {
  const chosen = wayOf(params);
  const way = trained && use?.ways.find(({name}) => name === wayNames[chosen]);
  if (way) return {samples: way.samples, texts: way.texts, isOn: chosen === "on" || chosen === "merged", isSame: false};
  const isSame = step === 0 && written.every(({text}, i) => text === setup.before[i]?.text);
  const texts = isSame ? begun?.ways[0]?.texts : going?.ways.find(({name}) => name === "on")?.texts;
  return {samples: written, texts: texts ?? [], isOn: true, isSame};
}
