import {percent} from "../../figure/plot/text/format.ts";
import type {Readout} from "../../figure/widget.ts";
import {matrixSaid, SKILLS, TWIN_RANKS, WIDTH} from "../shared/twins.ts";
import type {AmplifyParams} from "./controls.ts";
import {FACTORS, normText, PAPER_WIDTH, printedNorms} from "./printed.ts";
import {half, heard, reachText, sixteen} from "./printedSentences.ts";
import {type AmplifyResult, isPrinted, type MeasuredNorms, type PrintedOnly} from "./readings.ts";
import {atChosenRank, factorText, isMoreThanRandom, overRandom} from "./sentences.ts";

/** What was measured, the factor, and whether the finding of the paper shows here. */
export function summary(result: AmplifyResult | PrintedOnly, params: AmplifyParams): string {
  if (isPrinted(result)) return printedSentence(params);
  const one = atChosenRank(result, params);
  const {rank, onDelta, onOwn, onRandom, delta, factor} = one;
  const paper = printedNorms[params.rank === "low" ? 0 : 1];
  const found = `After ${result.step} steps on “${SKILLS[params.subject]}”, in ${matrixSaid(params.weight)}, ΔW at rank ${rank} has norm ${normText(delta)}, and along its directions W₀ has ${normText(onDelta)}: a factor of ${factorText(factor)}`;
  const beside = `W₀ has ${normText(onOwn)} along its own first ${rank} and ${normText(onRandom)} along random ones`;
  const meaning = isMoreThanRandom(one)
    ? "so W₀ is stronger along ΔW’s directions than along random ones, as in the paper"
    : `so W₀ is no stronger along ΔW’s directions than along random ones; in the paper it is ${Math.round(overRandom(paper!))} times as strong`;
  return `${found}. ${beside[0]!.toUpperCase()}${beside.slice(1)}, ${meaning}.`;
}

/** "12.5%": the norm along random directions over ‖W₀‖. For the matrix of the paper it is r/d, as the printed 0.02 has only one digit. */
export const randomShare = ({expected, weight}: MeasuredNorms): string => percent(expected / weight);
const printedShare = (): string => percent(TWIN_RANKS.low / PAPER_WIDTH);

/** Why the factors here cannot be compared with the paper's. */
export const limits = (): string =>
  `Even along ${TWIN_RANKS.low} random directions of ${WIDTH} the norm here is ${percent(TWIN_RANKS.low / WIDTH)} of ‖W₀‖; in the paper’s matrix it is ${printedShare()}. That is why W₀ is less quiet along ΔW here. The factor also grows with ‖ΔW‖, and so with steps, rate and α: compare only runs of one length, and none of them with the paper’s.`;

export function printedSentence(params: AmplifyParams): string {
  const norms = half(params);
  const {rank, onDelta, onOwn, onRandom, delta} = norms;
  const {strength} = params;
  const found = `In Table 7, for the query matrix of GPT-3’s layer 48 at rank ${rank}, W₀ has norm ${normText(onOwn)} along its own top ${rank} directions, ${normText(onDelta)} along those of ΔW and ${normText(onRandom)} along random ones; ΔW has ${normText(delta)}, ${FACTORS[rank]!.said} times the ${normText(onDelta)} by the paper’s count`;
  const both = strength
    ? `with ${strength}% of ΔW the norm in its directions lies between ${reachText(norms, strength).replace("–", " and ")}, because norms do not add`
    : "here ΔW is switched off";
  return `${found}; ${both}. To the ear, that is ${heard(norms, strength)}.`;
}

export function printedReadouts(params: AmplifyParams): Readout[] {
  const norms = half(params);
  const {onDelta, onOwn, delta} = norms;
  return [
    {
      label: ["Amplification factor"],
      value: FACTORS[norms.rank]!.said,
      note: `as printed; ${normText(delta)} / ${normText(onDelta)} is ${normText(delta / onDelta)}`,
    },
    {label: ["With ΔW"], value: reachText(norms, params.strength), note: "a range, because norms do not add"},
    {label: ["Against random directions"], value: sixteen(norms), note: "more than chance"},
    {label: ["Beside W₀’s own directions"], value: `${normText(onDelta)} of ${normText(onOwn)}`},
  ];
}
