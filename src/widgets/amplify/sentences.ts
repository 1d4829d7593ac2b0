import {fixed, percent, significant} from "../../figures/text/format.ts";
import {placeSaid, RANKS, SKILLS, WIDTH} from "../shared/twins.ts";
import type {AmplifyParams} from "./controls.ts";
import type {Norms} from "./norms.ts";
import {PAPER_WIDTH, printed} from "./printed.ts";
import type {AmplifyResult, Measured} from "./readings.ts";

/** A norm, and a factor. */
export const shown = (x: number): string => fixed(x, 2);
export const factorText = (x: number): string => (x < 10 ? fixed(x, 1) : significant(x, 3));

/** What the figure shows of the chosen rank. */
export const chosen = ({low, high}: AmplifyResult, {rank}: AmplifyParams): Measured => (rank === "low" ? low : high);

/** Whether W has more in the directions of ΔW than in random ones, by two deviations of their draws. */
export const isMore = ({onDelta, onRandom, deviation}: Measured): boolean => onDelta > onRandom + 2 * deviation;

/** How many times random directions' share ΔW's directions hold. */
export const overRandom = ({onDelta, onRandom}: Norms): number => onDelta / onRandom;

/** What is measured, the factor, and which of the paper's findings show here. */
export function sentence(result: AmplifyResult, params: AmplifyParams): string {
  const one = chosen(result, params);
  const {rank, onDelta, onOwn, onRandom, delta, factor} = one;
  const paper = printed[params.rank === "low" ? 0 : 1];
  const found = `After ${result.step} steps on “${SKILLS[params.subject]}”, in ${placeSaid(params.weight)}, ΔW at rank ${rank} has norm ${shown(delta)}, and along its directions W₀ has ${shown(onDelta)}: a factor of ${factorText(factor)}`;
  const beside = `W₀ has ${shown(onOwn)} along its own first ${rank} and ${shown(onRandom)} along random ones`;
  const meaning = isMore(one)
    ? "so ΔW lies where W₀ has more than at random, as the paper finds"
    : `so ΔW lies where W₀ has no more than at random; in the paper it has ${Math.round(overRandom(paper!))} times as much`;
  return `${found}. ${beside[0]!.toUpperCase()}${beside.slice(1)}, ${meaning}.`;
}

/** "12.5%": the norm along random directions over ‖W‖, here and in the paper's matrix: r/d there, as the printed 0.02 has one digit. */
export const randomShare = ({expected, weight}: Measured): string => percent(expected / weight);
const printedShare = (): string => percent(RANKS.low / PAPER_WIDTH);

/** Why factors here are not to be held against the paper's. */
export const limits = (): string =>
  `Along ${RANKS.low} random directions of ${WIDTH} the norm is ${percent(RANKS.low / WIDTH)} of ‖W₀‖ already; in the paper’s matrix it is ${printedShare()}. So W₀ is less quiet along ΔW here. And a factor grows with ‖ΔW‖, that is with steps, rate and α: compare those of one length of run, and none with the paper’s.`;
