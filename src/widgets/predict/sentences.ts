import type {Ground} from "../../figures/grounds.ts";
import {count, fixed, percent} from "../../figures/text/format.ts";
import {
  controls,
  type Evidence,
  type PredictParams,
  type PredictResult,
  type Size,
  type Strategy,
  type Trial,
} from "./model.ts";

/** Shown in place of a size until the reader has committed or skipped. */
export const UNTOLD = "?";

export const nameOf = (strategy: PredictParams["strategy"]): string => controls.strategy.options[strategy];

/** The same where there is little room. */
export const shortNames: Readonly<Record<Strategy, string>> = {
  last: "Last layer",
  random: "Random 0.01%",
  biases: "Biases",
  layers: "Small layers",
  prompt: "Prompt vectors",
  lowrank: "Low-rank change",
};

/** "4.7–37.7 M", or "14.2 M" if there is one count. */
export function sizeText({from, to}: Size): string {
  if (from === to) return count(to);
  const [least, most] = [count(from), count(to)];
  const [digits, unit] = least.split("\u2009");
  return `${most.endsWith(`\u2009${unit}`) ? digits : least}–${most}`;
}

export const shareText = ({from, to}: Size, total: number): string =>
  from === to ? percent(to / total) : `${percent(from / total)}–${percent(to / total)}`;

export function originOf(trials: readonly Trial[], strategy: PredictParams["strategy"]): string {
  if (trials.length) return `${[...new Set(trials.map(({method}) => method))].join(", ")} in Table 4`;
  return strategy === "last" ? "counted, one layer" : "counted";
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The choice and the two guesses, as the end of a sentence. */
export function guessWords({strategy, latency}: PredictParams, {guess, total}: PredictResult): string {
  const what = strategy === "unsure" ? "you have chosen no sliver" : `you would train ${lower(nameOf(strategy))}`;
  return `${what}; your first guess is ${count(guess?.count ?? 0)} of the ${count(total)} numbers (${percent(guess?.share ?? 0)}) to match full fine-tuning, your second ${latency}% added latency for new small layers`;
}

/** The short sentence, for a card. */
export function brief({guess, total, slivers}: PredictResult, {strategy, committed}: PredictParams): string {
  if (!guess) return "You skipped the guess. Each bar shows how many parameters that part of GPT-3 has.";
  const yours = `${count(guess.count)} of ${count(total)} parameters, or ${percent(guess.share)} of all`;
  if (committed === "") {
    const what =
      strategy === "unsure"
        ? "Press a row to choose what you would train"
        : `You would train ${lower(nameOf(strategy))}`;
    return `${what}. Your guess: ${yours}.`;
  }
  const size = slivers.find((one) => one.strategy === strategy)?.size;
  return size
    ? `You guessed ${count(guess.count)}. ${nameOf(strategy)}: ${sizeText(size)} parameters.`
    : `You guessed ${yours}.`;
}

const line = (name: string, {count: trained, accuracy}: Trial): string =>
  `${name}, ${count(trained)} trained: ${fixed(accuracy, 1)}%`;

/** What the paper measured; empty while that is still closed. */
export function groundsOf(evidence: Evidence | undefined): Ground[] {
  if (!evidence) return [];
  const {full, trials, spread, slower} = evidence;
  const tried = (Object.keys(trials) as Strategy[]).flatMap((strategy) =>
    trials[strategy].map((trial) => line(`${nameOf(strategy)} (${trial.method})`, trial)),
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
        "As Table 1 prints it: GPT-2 medium, one input of 128 tokens, one GPU. With more and longer inputs at once it is less.",
    },
  ];
}
