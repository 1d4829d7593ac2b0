/** One layer drawn twelve times, as LoRA and eleven of its successors have it; nine of them also run. */
import {figure, type Size} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import {knob, lineY, type Mark, ruleY, type Tone, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing, Picture} from "../../figure/plot/picture.ts";
import {counted, whole} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import type {Act} from "../../figure/widget.ts";
import {
  controls,
  FAMILY_ALPHA,
  FAMILY_RATES,
  FAMILY_SIDE,
  FAMILY_STEPS,
  type FamilyParams,
  familyRunBy,
  isRunnable,
  workName,
} from "./controls.ts";
import {changesOf, drawLayer, drawnWorks, drawTiles} from "./layers.ts";
import {bestLoss, bestLossText, familyLossText, familyLossTextAt, floorText} from "./losses.ts";
import type {FamilyResult, MethodRuns} from "./model.ts";
import {works} from "./works.ts";

/** The loss of a run at the chosen rate and step. */
const lossText = ({losses}: MethodRuns, {rate, step}: FamilyParams): string =>
  familyLossTextAt(losses[FAMILY_RATES.indexOf(rate)]!, step);

/** The twelve layers. */
function tiles({work, step}: FamilyParams, act: Act): Drawing {
  const isStart = step === 0;
  const changed = changesOf(work, isStart);
  return {
    name: "tiles",
    isWide: true,
    isInteractive: true,
    isElastic: true,
    alt: `One layer, twelve times, ${isStart ? "before" : "in"} training${changed && `; ${controls.work.options[work]}: ${changed}`}`,
    height: {narrow: 244, mid: 172, wide: 236},
    draw: (g, sheet) => drawTiles(g, sheet, {chosen: work, isStart, press: (to) => act.set({work: to})}),
  };
}

/** The layer of the chosen work, large. */
const chosenLayer = ({work, step}: FamilyParams): Drawing => ({
  name: "chosen-layer",
  label: [`${controls.work.options[work]}, ${works[work].year}`],
  alt: `${controls.work.options[work]}: ${works[work].caption}`,
  isElastic: true,
  height: {narrow: 130, mid: 170, wide: 180},
  draw: (g, {width, height}) => drawLayer(layer(g, "g", "layer"), work, step === 0, {x: 0, y: 0, width, height}),
});

/** The tone of a run's line: LoRA is violet, full fine-tuning has its own, the chosen work is ink, and what it is compared with gray. */
const toneOf = ({method}: MethodRuns, {work}: FamilyParams): Tone =>
  method === "full" ? "full" : method === "lora" ? "dw" : method === work ? "ink" : "soft";

/** The losses of all runs over the steps at the chosen rate, with the floors that they cannot pass. */
function lossChart({runs}: FamilyResult, params: FamilyParams, act: Act): Chart {
  const {rate, step} = params;
  const nameOf = ({method}: MethodRuns): string => (method === "full" ? "full" : workName(method));
  // Equal floors are one line.
  const floors = runs.filter(
    (run, i) => run.floor && run.floor > 1e-3 && runs.findIndex((other) => floorText(other) === floorText(run)) === i,
  );
  return {
    name: "losses",
    label: [`Loss, log, by step at η = ${rate}`],
    alt: `Loss after step ${step} at η = ${rate}: ${runs.map((run) => `${workName(run.method)} ${lossText(run, params)}`).join(", ")}`,
    height: {narrow: 150, mid: 170, wide: 180},
    x: {type: "linear", domain: [0, FAMILY_STEPS], ticks: [0, 20, 40, FAMILY_STEPS]},
    y: {type: "log", domain: [1e-3, 10], tickFormat: String},
    marks: [
      ruleY(floors, {y: ({floor}) => floor, dashed: true, tone: (run) => toneOf(run, params)}),
      text(floors, {
        x: 0,
        y: ({floor}) => floor,
        text: (run) => `floor of ${nameOf(run)}`,
        anchor: "start",
        dx: 4,
        dy: 14,
      }),
      ...runs.map((run): Mark => {
        const values = run.losses[FAMILY_RATES.indexOf(rate)]!;
        // A run that ended early leaves the chart.
        const drawn = values.length > FAMILY_STEPS ? values : [...values, Number.POSITIVE_INFINITY];
        const strength = run === runs.at(-1) && runs.length > 1 ? 3 : undefined;
        return lineY(drawn, {end: nameOf(run), tone: toneOf(run, params), strength});
      }),
      knob(step, (to) => act.set({step: Math.min(Math.max(Math.round(to), 0), FAMILY_STEPS)}), {
        name: "Step",
        valueText: `step ${step} of ${FAMILY_STEPS}`,
        step: [1, 0],
      }),
    ],
  };
}

/** What ΔW* is, for each choice of the change to learn. */
const changeWords: Readonly<Record<FamilyParams["learn"], string>> = {
  fresh: "four random directions on either side, with singular values 2, 1.4, 0.98 and 0.686",
  own: "the same singular values along W₀’s own first four directions, and a tenth as much in new ones",
  lengths: "each row of W₀ times a random factor, and a tenth as much in new directions, made to suit DoRA",
  columns: "each column of W₀ times a random factor, and a tenth as much in new directions",
};

/** The chosen work in words, and how the runs are made. */
const about = ({work, learn}: FamilyParams): Box => ({
  name: "about",
  isWide: true,
  html(box) {
    const {formula, idea, note, source} = works[work];
    write(layer(box, "p", "formula"), formula);
    const runs = `All runs learn W* = W₀ + ΔW*, ${FAMILY_SIDE} × ${FAMILY_SIDE}, from the loss ½‖W′ − W*‖² without decay. ΔW* is ${changeWords[learn]}; its norm is the same for all four. α is ${FAMILY_ALPHA}, and r for PiSSA and LoftQ. A run ends before the step at which its loss is over twice its first.`;
    for (const [name, words] of Object.entries({idea, note, source, runs})) layer(box, "p", name, words);
  },
});

function picture(result: FamilyResult, params: FamilyParams, act: Act, size: Size): Picture {
  const changed = changesOf(params.work, params.step === 0);
  return {
    columns: [2, 3],
    parts: [
      tiles(params, act),
      ...(drawnWorks.includes(params.work) ? [chosenLayer(params)] : []),
      lossChart(result, params, act),
      ...(size === "full" ? [about(params)] : []),
    ],
    note: changed && `In full color: ${changed}.`,
  };
}

/** The loss of the chosen work beside LoRA's (of LoRA, beside full fine-tuning's); then of each at its own best rate. */
function says({runs}: FamilyResult, params: FamilyParams): readonly [string, string] {
  const {work, r, rate, step, seed} = params;
  const [lora, last] = [runs[0]!, runs.at(-1)!];
  const name = `${controls.work.options[work]} (${works[work].caption})`;
  const settings = `The rank is ${r} and η = ${rate}`;
  if (!isRunnable(work))
    return [`At step ${step} LoRA’s loss is ${lossText(lora, params)}; ${name} is not run here.`, `${settings}.`];
  const beside = work === "lora" ? "full fine-tuning’s" : "LoRA’s";
  const [chosen, other] = work === "lora" ? [lora, last] : [last, lora];
  const [chosenBest, otherBest] = [bestLoss(chosen, step), bestLoss(other, step)];
  // Before the first step no rate has had any effect.
  const atBest =
    step && chosenBest && otherBest
      ? `; each at its own best rate, its loss is ${familyLossText(chosenBest.loss)}, ${beside} ${familyLossText(otherBest.loss)}`
      : "";
  return [
    `With seed ${seed} of nine, the loss of ${name} at step ${step} is ${lossText(chosen, params)}, ${beside} ${lossText(other, params)}.`,
    `${settings}${atBest}.`,
  ];
}

export default figure<typeof controls, FamilyResult>({
  title: "What did each successor change?",
  guide:
    "Each tile is one small layer: W₀ with A above it and B at its left. What differs from LoRA is in full color, the rest is pale. Press a tile to choose it; nine of the twelve, LoRA among them, also run here, from the same seed, the same W₀, and the same first A unless they start A in their own way.",
  sources: ["Hu et al. 2021, §4.1", "the works named in the figure"],
  controls,
  main: ["step"],
  run: {clock: "step", by: familyRunBy, read: ([result]) => result!},
  picture,
  says,
  readouts: ({runs}, params) =>
    runs.map((run) => ({
      label: [`${workName(run.method)}: loss`],
      value: lossText(run, params),
      note: `at its best ${bestLossText(bestLoss(run, params.step))}; floor ${floorText(run)}; ${counted(run.trained, "parameter")}`,
    })),
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then the parameters of each, how far from W₀ it starts, and its floor`,
    columns: ["What", ...runs.map(({method}) => workName(method))],
    rows: [
      ...FAMILY_RATES.map((rate, at) => [
        `η = ${rate}`,
        ...runs.map(({losses}) => familyLossTextAt(losses[at]!, step)),
      ]),
      ["Trained parameters", ...runs.map(({trained}) => whole(trained))],
      ["Distance from W₀ at the start", ...runs.map(({offset}) => familyLossText(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
  source: ({seed}) => ({kind: "live", text: `runs of seed ${seed}; the layers are sketches`}),
  challenge: {
    text: "find a change to learn and a rank at which DoRA, at its best rate, gets below a tenth of LoRA’s best loss.",
    met: ({runs}, {work, step}) => {
      const [lora, dora] = [bestLoss(runs[0]!, step), bestLoss(runs.at(-1)!, step)];
      return work === "dora" && step > 0 && !!lora && !!dora && dora.loss < lora.loss / 10;
    },
  },
});
