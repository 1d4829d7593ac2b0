import {layer} from "../../figures/layer.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {factors} from "../../figures/matrices/factors.ts";
import {tracing} from "../../figures/matrices/tracing.ts";
import {panel} from "../../figures/panel.ts";
import {CLEARED, shelf} from "../../figures/shelf.ts";
import {counted, thousandths as shown, whole} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {write} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {descents} from "./figures/descents.ts";
import {spectra} from "./figures/spectra.ts";
import {largest, scaledEntry, square} from "./parts.ts";
import {diverged, rescue} from "./rescue.ts";
import {runs, see, type TrainResult} from "./see.ts";
import {bounds, controls, kept, MOST, settingsOf, type TrainParams, written} from "./settings.ts";
import {SIDE, STEPS} from "./size.ts";
import {described, lossAt, NEAR, sentence, sizeOf} from "./words.ts";

/** Edge of ΔW, and depth of the strips for B and A, eight rows of five units. */
const SQUARE = 192;
const STRIP = 40;
/** Singular values that are drawn and listed: as many as ΔW* can have. */
const VALUES = SIDE / 2;
/** The step by which the challenge wants its floor reached. */
const SOON = 30;
/** Steps whose losses are always in the table, up to the one that is looked at. */
const listed = [0, 1, 2, 5, 10, 20, 50, 100, 150];

function losses(picture: Element, result: TrainResult, params: TrainParams, act: Act) {
  const {lora, full, kept} = result;
  const {step, r} = params;
  const svg = panel(picture, "losses", {
    label: ["Loss by step, logarithmic"],
    width: 256,
    height: 254,
    alt: `At step ${step} LoRA at ${lossAt(lora.losses, step)}, full fine-tuning at ${lossAt(full.losses, step)}; the floor of rank ${r} is ${shown(lora.floor)}`,
  });
  descents(
    svg,
    [
      ...kept.map(({losses}, i) => ({name: `kept-${i + 1}`, label: `run ${i + 1}`, values: losses})),
      {name: "full", label: "full", values: full.losses},
      {name: "lora", label: `LoRA, r ${r}`, values: lora.losses},
    ],
    [
      {name: "level", label: "floor", value: lora.floor},
      {name: "level all", label: "floor, full", value: full.floor},
    ],
    {
      width: 142,
      height: 220,
      bottom: -4,
      top: lora.losses[0] > 10 ? 2 : 1,
      steps: STEPS,
      step,
      onMove: (to) => act.set({step: to}),
    },
  );
}

function keptRuns(picture: Element, result: TrainResult, params: TrainParams, act: Act) {
  const before = kept.read(params.kept).runs ?? [];
  const now = settingsOf(params);
  const isKept = before.some((run) => written(run) === written(now));
  shelf(
    picture,
    result.kept.map(({settings, losses}, i) => ({
      name: `kept-${i + 1}`,
      title: `Run ${i + 1}`,
      text: described(settings),
      value: `loss ${lossAt(losses, params.step)}`,
    })),
    {
      title: "Kept runs",
      invitation: `Keep this run, then change one setting: both curves stay, and the sentence says what changed. Up to ${MOST} are kept.`,
      onKeep:
        isKept || before.length >= MOST
          ? undefined
          : () =>
              act.set(
                {kept: kept.keep([...before, now])},
                `Run ${before.length + 1} kept: ${described(now)}, loss ${lossAt(result.lora.losses, params.step)}.`,
              ),
      onClear: before.length ? () => act.set({kept: ""}, CLEARED) : undefined,
      onBack: (index) => act.set(before[index]),
    },
  );
}

function matrices(picture: Element, result: TrainResult, params: TrainParams, act: Act) {
  const {lora, star} = result;
  const {row, column, r, step} = params;
  const limit = largest(star);
  const point = (at: {row?: number; column?: number}) =>
    act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)});
  const learned = layer(picture, "div", "learned");
  const beside = {row, column, limit, onPoint: point};
  square(learned, "star", star, [sign.dW, "* planted"], `ΔW*, ${SIDE} by ${SIDE}, rank ${params.planted}`, beside);
  const middle = layer(learned, "div", "middle");
  write(layer(middle, "p", "label"), [sign.dW, " = (", sign.alpha, "/", sign.r, ")", sign.B, sign.A, `, step ${step}`]);
  const edge = STRIP + 8 + SQUARE;
  const product = panel(middle, "product", {
    label: [sign.A, ` ${r}×${SIDE}→ `, sign.B, ` ${SIDE}×${r}↓`],
    width: edge,
    height: edge,
    alt: `B left of ΔW, A above it, r = ${r}, step ${step}; its distance from ΔW* is ${sizeOf(lora, lora.distance)}; ${extent(lora.delta)}`,
  });
  factors(product, {...lora, BA: lora.delta}, {size: SQUARE, strip: STRIP, factorLimit: limit, ...beside});
  const missing = "What is missing";
  square(learned, "rest", lora.rest, [sign.dW, " − ", sign.dW, "*"], missing, beside);
  legend(picture, limit, "one scale for all five; what is larger keeps the last color");
  scaledEntry(picture, result, params);
  tracing(picture, {
    B: lora.B,
    A: lora.A,
    row,
    column,
    term: 0,
    most: 4,
    name: "BA",
    invitation: "Point at an entry, or set a row and a column under More, to see the sum behind it.",
  });
}

function singular(picture: Element, {s, lora, full}: TrainResult, {planted}: TrainParams) {
  const met = Array.from(s, (due, i) => `${shown(due)} is met by ${sizeOf(lora, lora.s[i] ?? 0)}`);
  const svg = panel(picture, "values", {
    label: ["Singular values: box ", sign.dW, "*, filled LoRA’s ", sign.dW, ", line fully trained"],
    width: 256,
    height: 254,
    alt: `Of ${counted(planted, "singular value")} of ΔW*, ${met.join(", ")}`,
  });
  const all = Array.from({length: VALUES}, (_, i) => ({due: s[i] ?? 0, lora: lora.s[i] ?? 0, full: full.s[i]}));
  spectra(svg, all, {width: 232, height: 222, top: 1.15 * s[0]});
}

export default heavy<typeof controls, TrainResult>({
  title: "Can two thin matrices find ΔW*?",
  guide:
    "One layer, one seed, trained twice: LoRA moves A and B, full fine-tuning all of ΔW. Press Play, or drag the step or the knob in the chart; going back trains nothing again. Point at an entry of ΔW to see its sum.",
  sources: ["Hu et al. 2021, §4.1", "Eckart and Young 1936", "Izenman 1975"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  bounds,
  draw(picture, result, params, act) {
    matrices(picture, result, params, act);
    losses(picture, result, params, act);
    singular(picture, result, params);
    keptRuns(picture, result, params, act);
    rescue(picture, result, act);
  },
  summary: sentence,
  diverged,
  readouts: ({lora, full}, {r, step}) => [
    {label: ["LoRA's loss"], value: lossAt(lora.losses, step), note: `floor ${shown(lora.floor)}`},
    {label: ["Full fine-tuning's loss"], value: lossAt(full.losses, step), note: `floor ${shown(full.floor)}`},
    {
      label: ["‖", sign.dW, " − ", sign.dW, "*‖"],
      value: sizeOf(lora, lora.distance),
      note: `full ${sizeOf(full, full.distance)}`,
    },
    {label: ["Trained numbers"], value: whole(2 * SIDE * r), note: `of ${whole(SIDE * SIDE)}`},
  ],
  table: ({lora, full, s, kept}, {step, r}) => ({
    caption: `Losses up to step ${step}, and what is found by then, r = ${r}`,
    columns: ["What", "LoRA", "Full", "ΔW*"],
    rows: [
      ...[...listed.filter((at) => at < step), step].map((at) => [
        `Loss at step ${at}`,
        lossAt(lora.losses, at),
        lossAt(full.losses, at),
        "",
      ]),
      ["Least loss there is", shown(lora.floor), shown(full.floor), ""],
      ["Distance from ΔW*", sizeOf(lora, lora.distance), sizeOf(full, full.distance), "0"],
      ...Array.from({length: VALUES}, (_, i) => [
        `Singular value ${i + 1}`,
        sizeOf(lora, lora.s[i] ?? 0),
        sizeOf(full, full.s[i]),
        shown(s[i] ?? 0),
      ]),
      ...kept.map(({losses, full: fulls}, i) => [
        `Run ${i + 1}, loss at step ${step}`,
        lossAt(losses, step),
        lossAt(fulls, step),
        "",
      ]),
    ],
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `with r = 3, move the step back to ${SOON} and bring LoRA's loss within 5% of its floor there: change the optimizer, then η.`,
    met: ({lora}, {r, planted, step}) =>
      r === 3 && planted > r && step <= SOON && lora.losses[step] <= NEAR * lora.floor,
  },
});
