import type {Derivation} from "../../figure/plot/derivation.ts";
import {count, fixed, percent} from "../../figure/plot/text/format.ts";
import type {Evidence} from "./evidence.ts";
import type {CountRange, PredictParams, PredictResult, Strategy, Table4Row} from "./model.ts";
import {lower, strategyName} from "./sentences.ts";

export const shareText = ({from, to}: CountRange, total: number): string =>
  from === to ? percent(to / total) : `${percent(from / total)}–${percent(to / total)}`;

export function originOf(trials: readonly Table4Row[], strategy: PredictParams["strategy"]): string {
  if (trials.length) return `${[...new Set(trials.map(({method}) => method))].join(", ")} in Table 4`;
  return strategy === "last" ? "counted, one layer" : "counted";
}

/** The choice and the two guesses, as the end of a sentence. */
export function guessWords({strategy}: PredictParams, {guess, slowdown, total}: PredictResult): string {
  const what =
    strategy === "unsure" ? "you have not chosen a part" : `you would train ${lower(strategyName(strategy))}`;
  const size = guess
    ? `your guess is ${count(guess.count)} of the ${count(total)} parameters (${percent(guess.share)}) to match full fine-tuning`
    : "you have not guessed how many parameters match full fine-tuning";
  const time =
    slowdown === undefined
      ? "you have not guessed how much latency new small layers add"
      : `you guess ${slowdown}% added latency for new small layers`;
  return `${what}; ${size}; ${time}`;
}

const line = (name: string, {count: trained, accuracy}: Table4Row): string =>
  `${name}, ${count(trained)} trained: ${fixed(accuracy, 1)}%`;

/** What the paper measured; empty while that is still closed. */
export function paperEvidence(evidence: Evidence | undefined): Derivation[] {
  if (!evidence) return [];
  const {full, trials, spread, slower} = evidence;
  const tried = (Object.keys(trials) as Strategy[]).flatMap((strategy) =>
    trials[strategy].map((trial) => line(`${strategyName(strategy)} (${trial.method})`, trial)),
  );
  return [
    {
      name: "Accuracy on WikiSQL, GPT-3",
      lines: [line("Full fine-tuning", full), ...tried],
      assumption: `As Table 4 prints it, which puts the typical fluctuation at ±${fixed(spread, 1)} points. The paper tried neither the last layer alone nor a random share on GPT-3.`,
    },
    {
      name: "Latency of one input with new small layers",
      lines: slower.map(({method, percent}) => `${method}: ${fixed(percent, 1)}% more`),
      assumption:
        "As Table 1 prints it: GPT-2 medium, one input of 128 tokens, one GPU. With more and longer inputs at once the share is smaller.",
    },
  ];
}
