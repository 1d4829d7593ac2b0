import {fixed, percent, significant} from "../../figures/text/format.ts";
import {matrixSaid, RANKS, SKILLS, WIDTH} from "../shared/twins.ts";
import type {AmplifyParams} from "./controls.ts";
import type {Norms} from "./norms.ts";
import {PAPER_WIDTH, printed, shown} from "./printed.ts";
import {printedSays, printedSentence} from "./printedSentences.ts";
import {type AmplifyResult, isPrinted, type Measured, type Printed} from "./readings.ts";

/** How a factor is written. */
export const factorText = (x: number): string => (x < 10 ? fixed(x, 1) : significant(x, 3));

/** The measurements at the chosen rank. */
export const chosen = ({low, high}: AmplifyResult, {rank}: AmplifyParams): Measured => (rank === "low" ? low : high);

/** Whether W₀ has more along the directions of ΔW than along random ones, by more than two deviations of the draws. */
export const isMore = ({onDelta, onRandom, deviation}: Measured): boolean => onDelta > onRandom + 2 * deviation;

/** How many times as much W₀ has along the directions of ΔW as along random ones. */
export const overRandom = ({onDelta, onRandom}: Norms): number => onDelta / onRandom;

/** What was measured, the factor, and whether the finding of the paper shows here. */
export function sentence(result: AmplifyResult | Printed, params: AmplifyParams): string {
  if (isPrinted(result)) return printedSentence(params);
  const one = chosen(result, params);
  const {rank, onDelta, onOwn, onRandom, delta, factor} = one;
  const paper = printed[params.rank === "low" ? 0 : 1];
  const found = `After ${result.step} steps on “${SKILLS[params.subject]}”, in ${matrixSaid(params.weight)}, ΔW at rank ${rank} has norm ${shown(delta)}, and along its directions W₀ has ${shown(onDelta)}: a factor of ${factorText(factor)}`;
  const beside = `W₀ has ${shown(onOwn)} along its own first ${rank} and ${shown(onRandom)} along random ones`;
  const meaning = isMore(one)
    ? "so ΔW lies where W₀ has more than at random, as the paper finds"
    : `so ΔW lies where W₀ has no more than at random; in the paper it has ${Math.round(overRandom(paper!))} times as much`;
  return `${found}. ${beside[0]!.toUpperCase()}${beside.slice(1)}, ${meaning}.`;
}

/** The same for the card. */
export function says(result: AmplifyResult | Printed, params: AmplifyParams): string {
  if (isPrinted(result)) return printedSays(params);
  const one = chosen(result, params);
  const {rank, onDelta, onRandom, delta, factor} = one;
  const beside = `${isMore(one) ? "above" : "about"} the ${shown(onRandom)} of random ones`;
  return `In ΔW’s ${rank} directions W₀ has norm ${shown(onDelta)}, ${beside}; ΔW has ${shown(delta)}, ${factorText(factor)} times as much.`;
}

/** "12.5%": the norm along random directions over ‖W₀‖. For the matrix of the paper it is r/d, as the printed 0.02 has only one digit. */
export const randomShare = ({expected, weight}: Measured): string => percent(expected / weight);
const printedShare = (): string => percent(RANKS.low / PAPER_WIDTH);

/** Why the factors here cannot be compared with those of the paper. */
export const limits = (): string =>
  `Along ${RANKS.low} random directions of ${WIDTH} the norm is ${percent(RANKS.low / WIDTH)} of ‖W₀‖ already; in the paper’s matrix it is ${printedShare()}. So W₀ is less quiet along ΔW here. And a factor grows with ‖ΔW‖, that is with steps, rate and α: compare those of one length of run, and none with the paper’s.`;
