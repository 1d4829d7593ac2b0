import {count, percent} from "../../figure/plot/text/format.ts";
import {type CountRange, controls, type PredictParams, type PredictResult, type Strategy} from "./model.ts";

/** Shown in place of a size until the reader has committed or skipped. */
export const UNTOLD = "?";

export const strategyName = (strategy: PredictParams["strategy"]): string => controls.strategy.options[strategy];

/** The same where there is little room. */
export const shortStrategyNames: Readonly<Record<Strategy, string>> = {
  last: "Last layer",
  random: "Random 0.01%",
  biases: "Biases",
  layers: "Small layers",
  prompt: "Prompt vectors",
  lowrank: "Low-rank change",
};

/** "4.7–37.7 M", or "14.2 M" if there is one count. */
export function sizeText({from, to}: CountRange): string {
  if (from === to) return count(to);
  const [least, most] = [count(from), count(to)];
  const [digits, unit] = least.split("\u2009");
  return `${most.endsWith(`\u2009${unit}`) ? digits : least}–${most}`;
}

export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The short sentence, for a card. */
export function says({guess, slowdown, total, slivers}: PredictResult, {strategy, committed}: PredictParams): string {
  if (committed === "skipped")
    return "You skipped the guess. Each bar shows how many parameters that part of GPT-3 has.";
  if (committed === "") {
    const what =
      strategy === "unsure"
        ? "Press a row to choose what you would train"
        : `You would train ${lower(strategyName(strategy))}`;
    if (!guess) return `${what}, and move the line to the number of parameters that you think is enough.`;
    return `${what}. Your guess: ${count(guess.count)} parameters, ${percent(guess.share)} of all${slowdown === undefined ? "" : `, and ${slowdown}% added latency`}.`;
  }
  const size = slivers.find((one) => one.strategy === strategy)?.size;
  const told = size && `${strategyName(strategy)}: ${sizeText(size)} parameters.`;
  // The measured times are left to the full size and that chapter: they would make this file too heavy.
  const reply = slowdown === undefined ? "" : ` Chapter 6 answers your guess of ${slowdown}% added latency.`;
  if (!guess) return (told ?? "You have not guessed a number of parameters.") + reply;
  return `You guessed ${count(guess.count)}${told ? `. ${told}` : ` of ${count(total)} parameters, or ${percent(guess.share)} of all.`}${reply}`;
}
