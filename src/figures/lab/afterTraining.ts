import {chosenWay, type LabParams, type WayChosen} from "./controls.ts";
import type {LabResult} from "./readings.ts";
import type {Sample, Scores, Use, WayOfUse} from "./snapshot.ts";

/** The way of a trained model that each position of the switch shows. */
const wayNames: Readonly<Record<WayChosen, WayOfUse["name"]>> = {
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
  /** Nothing is trained, and it writes what Before writes. */
  isSame: boolean;
}

const wayIn = (use: Use | undefined, params: LabParams): WayOfUse | undefined =>
  use?.ways.find(({name}) => name === wayNames[chosenWay(params)]);

/** The scores of what After shows. */
export function scoresOf({use, now, setup, trained}: LabResult, params: LabParams): Scores {
  const way = trained && wayIn(use, params);
  return way?.scores ?? (way?.name === "off" ? setup.off : now);
}

/** At the last step the switch decides; before it After is what the model writes at the step shown. */
export function afterOf({use, begun, going, written, step, setup, trained}: LabResult, params: LabParams): After {
  const way = trained && wayIn(use, params);
  if (way) return {samples: way.samples, texts: way.texts, isSame: false};
  const isSame = step === 0 && written.every(({text}, i) => text === setup.before[i]?.text);
  const texts = isSame ? begun?.ways[0]?.texts : going?.ways.find(({name}) => name === "on")?.texts;
  return {samples: written, texts: texts ?? [], isSame};
}
