/** One layer drawn twelve times, as LoRA and eleven of its successors have it; nine of them also run. */
import {figure} from "../../figure/declare.ts";
import {counted, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {
  controls,
  FAMILY_RATES,
  type FamilyMethod,
  type FamilyParams,
  familyRunBy,
  isRun,
  stepOf,
  workName,
} from "./controls.ts";
import {
  bestOf,
  bestText,
  type FamilyResult,
  familyLossAt,
  familyLossText,
  floorText,
  type LowestLoss,
  SMALLEST_LOSS,
} from "./losses.ts";
import {familyPicture} from "./pictures.ts";
import {works} from "./works.ts";

/** Losses whose logarithms differ by less than this count as almost equal. */
const ALIKE = 0.1;

/** "LoRA’s", "full fine-tuning’s". */
const whose = (method: FamilyMethod): string => `${method === "full" ? "full fine-tuning" : workName(method)}’s`;

/** How two losses compare, each at its own best rate. */
function verdict(lora: LowestLoss, other: LowestLoss, method: FamilyMethod): string {
  const [one, two] = [lora.loss, other.loss].map((loss) => Math.max(loss, SMALLEST_LOSS));
  const ratio = two! / one!;
  if (ratio === 1) return "the same";
  if (Math.abs(Math.log(ratio)) < ALIKE) return "almost equal";
  return `${ratio < 1 ? whose(method) : "LoRA’s"} is lower`;
}

/** A warning if a best rate is the lowest or the highest that was tried. */
function edgeWarning(lora: LowestLoss, other: LowestLoss, method: FamilyMethod): string {
  const isEnd = ({at}: LowestLoss) => at === 0 || at === FAMILY_RATES.length - 1;
  const ends = [...(isEnd(lora) ? ["LoRA’s"] : []), ...(isEnd(other) ? [whose(method)] : [])];
  if (!ends.length) return "";
  return ` (${ends.join(" and ")} best rate is at an end of those tried, and a better one may lie beyond)`;
}

/** The moment and what the chosen work does; if its tile is enlarged and it is run here, also its loss beside LoRA's (LoRA's own beside full fine-tuning's). */
function cardSentence({runs}: FamilyResult, params: FamilyParams): string {
  const {work, moment, rate, enlarged} = params;
  const said = `${moment === "start" ? "Start" : "End"} of training: ${controls.work.options[work]} ${works[work].does}`;
  if (!isRun(work) || !enlarged) return `${said}.`;
  const now = stepOf(params);
  const [lora, other] = [runs[0]!, runs.at(-1)!].map(({losses}) =>
    familyLossAt(losses[FAMILY_RATES.indexOf(rate)]!, now),
  );
  const losses = work === "lora" ? `${lora}, full fine-tuning’s ${other}` : `${other}, LoRA’s ${lora}`;
  return `${said}; its loss at step ${now} is ${losses}.`;
}

/** What is set, and the losses of LoRA and the chosen work, each at its own best rate. */
function furtherSentence({runs}: FamilyResult, {r, step, rate}: FamilyParams): string {
  const [lora, other] = [runs[0]!, runs.at(-1)!];
  const set = `The rank is ${r} and η = ${rate}`;
  if (runs.length === 1)
    return `${set}; it is not run here, and LoRA’s loss at step ${step} is ${familyLossAt(lora.losses[FAMILY_RATES.indexOf(rate)]!, step)}.`;
  const [one, two] = [bestOf(lora, step), bestOf(other, step)];
  // Before the first step no rate has had any effect.
  if (!one || !two || step === 0) return `${set}.`;
  return `${set}; after step ${step}, each at its own best rate, LoRA’s loss is ${familyLossText(one.loss)} and ${whose(other.method)} ${familyLossText(two.loss)}: ${verdict(one, two, other.method)}${edgeWarning(one, two, other.method)}.`;
}

export default figure<typeof controls, FamilyResult>({
  title: "What did each successor change?",
  guide:
    "Each tile is one small layer: W₀ with A above it and B at its left. What differs from LoRA is in full color, the rest is pale. Press a tile to enlarge it; nine of the twelve also run here beside LoRA, from the same seed, the same W₀, and the same first A unless they start A in their own way.",
  sources: ["Hu et al. 2021, §4.1", "the works named in the figure"],
  controls,
  main: ["moment"],
  run: {clock: "step", by: familyRunBy, read: ([result]) => result!},
  picture: familyPicture,
  says: (result, params) => [cardSentence(result, params), furtherSentence(result, params)],
  readouts({runs}, {rate, step}) {
    const at = FAMILY_RATES.indexOf(rate);
    return [
      ...runs.map((run) => ({
        label: [`${workName(run.method)}: loss`],
        value: familyLossAt(run.losses[at]!, step),
        note: `at its best ${bestText(bestOf(run, step))}; floor ${floorText(run)}; ${counted(run.trained, "parameter")}`,
      })),
      ...runs
        .filter(({offset}) => offset)
        .map((run) => ({
          label: [`${workName(run.method)}: distance from `, symbol.W0, " at the start"],
          value: familyLossText(run.offset),
          note: "in norm; LoRA starts at W₀ itself",
        })),
    ];
  },
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then what each trains, how far from W₀ it starts and its floor`,
    columns: ["What", ...runs.map(({method}) => workName(method))],
    rows: [
      ...FAMILY_RATES.map((rate, at) => [`η = ${rate}`, ...runs.map(({losses}) => familyLossAt(losses[at]!, step))]),
      ["Trained parameters", ...runs.map(({trained}) => whole(trained))],
      ["Distance from W₀ at the start", ...runs.map(({offset}) => familyLossText(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
  source: ({seed}) => ({kind: "live", text: `runs of seed ${seed}; the layers are sketches`}),
  challenge: {
    text: "find a change to learn and a rank at which DoRA, at its best rate, gets below a tenth of LoRA’s best loss.",
    met: ({runs}, {work, step}) => {
      const [one, two] = [bestOf(runs[0]!, step), bestOf(runs.at(-1)!, step)];
      return work === "dora" && step > 0 && !!one && !!two && two.loss < one.loss / 10;
    },
  },
});
