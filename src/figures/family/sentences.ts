import {controls, type FamilyParams} from "./controls.ts";
import {LEAST, raceLossAt, raceLossText} from "./losses.ts";
import {bestOf, type FamilyResult, type LowestLoss, RACE_RATES, type Who} from "./race.ts";
import {members} from "./works.ts";

/** Tuned losses whose logarithms differ by less than this count as equal. */
const ALIKE = 0.1;

export const workName = (who: Who): string => (who === "full" ? "Full fine-tuning" : controls.work.options[who]);

/** "LoRA’s", "Full fine-tuning’s". */
const whose = (who: Who): string => `${who === "full" ? "full fine-tuning" : workName(who)}’s`;

export const bestText = (best: LowestLoss | undefined): string =>
  best ? `${raceLossText(best.loss)} at η = ${RACE_RATES[best.at]}` : "none";

/** How the tuned losses compare. */
function verdict(lora: LowestLoss, other: LowestLoss, who: Who): string {
  const [one, two] = [lora.loss, other.loss].map((loss) => Math.max(loss, LEAST));
  const ratio = two! / one!;
  if (ratio === 1) return "the same";
  if (Math.abs(Math.log(ratio)) < ALIKE) return "almost equal";
  return `${ratio < 1 ? whose(who) : "LoRA’s"} is lower`;
}

/** A warning if a best rate is the first or the last that was tried. */
function edge(lora: LowestLoss, other: LowestLoss, who: Who): string {
  const isEnd = ({at}: LowestLoss) => at === 0 || at === RACE_RATES.length - 1;
  const ends = [...(isEnd(lora) ? ["LoRA’s"] : []), ...(isEnd(other) ? [whose(who)] : [])];
  if (!ends.length) return "";
  return ` (${ends.join(" and ")} best rate is at an end of those tried, and a better one may lie beyond)`;
}

/** What is set, the losses at that rate and at each method’s best rate, and what they mean. */
export function summary({runs}: FamilyResult, {work, r, rate, step}: FamilyParams): string {
  const [lora, other] = [runs[0]!, runs.at(-1)!];
  const at = RACE_RATES.indexOf(rate);
  const name = controls.work.options[work];
  if (runs.length === 1)
    return `${name} (${members[work].year}) is described here and not run; what you see is LoRA alone, whose loss at rank ${r} is ${raceLossAt(lora.losses[at]!, step)} after step ${step}.`;
  const first = `After step ${step} at η = ${rate} and rank ${r}, LoRA’s loss is ${raceLossAt(lora.losses[at]!, step)}, ${whose(other.who)} ${raceLossAt(other.losses[at]!, step)}`;
  const [one, two] = [bestOf(lora, step), bestOf(other, step)];
  // Before the first step no rate has had any effect.
  if (!one || !two || step === 0) return `${first}.`;
  return `${first}. Each at its own best rate, they are ${raceLossText(one.loss)} and ${raceLossText(two.loss)}: ${verdict(one, two, other.who)}${edge(one, two, other.who)}.`;
}
