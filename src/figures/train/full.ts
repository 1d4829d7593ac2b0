import {layer} from "../../figure/plot/layer.ts";
import {termsOf} from "../../figure/plot/matrices/entryTerms.ts";
import {tracing} from "../../figure/plot/matrices/tracing.ts";
import {rescue} from "../../figure/plot/rescue.ts";
import {fixed, thousandths as shown, significant, whole} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Act, full as rest} from "../../figure/widget.ts";
import {MOST_KEPT} from "../shared/keptRuns.ts";
import {keptRunsPanel} from "../shared/keptRunsPanel.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {type controls, keptTrainRuns, settingsOf, type TrainParams} from "./controls.ts";
import {summary, trainRunLine} from "./fullSentences.ts";
import {drawCard, VALUES} from "./panels.ts";
import type {TrainResult} from "./readings.ts";
import {diverged, sizeOrOutOfRange, trainLossAt, WHY} from "./sentences.ts";
import {safe, TRAIN_SIDE} from "./settings.ts";

/** Steps that always have rows in the table, up to the current one. */
const listed = [0, 1, 2, 5, 10, 20, 50, 100, 150];

function shelfOfRuns(picture: Element, {kept, lora}: TrainResult, params: TrainParams, act: Act) {
  keptRunsPanel(
    picture,
    kept.map(({settings, losses}) => ({
      text: trainRunLine(settings),
      value: `loss ${trainLossAt(losses, params.step)}`,
    })),
    {
      title: "Kept runs",
      most: MOST_KEPT,
      keptRuns: keptTrainRuns,
      params,
      announced: `${trainRunLine(settingsOf(params))}, loss ${trainLossAt(lora.losses, params.step)}`,
    },
    act,
  );
}

/** The color scale, and the sum behind the traced entry. */
function entry(picture: Element, result: TrainResult, params: TrainParams) {
  legend(picture, largestEntry(result.deltaStar), "one scale for all five; larger values keep the last color");
  scaledEntry(picture, result, params);
  tracing(picture, {
    B: result.lora.B,
    A: result.lora.A,
    row: params.row,
    column: params.column,
    term: 0,
    most: 4,
    name: "BA",
    invitation: "Point at an entry, or set a row and a column under More, to see the sum behind it.",
  });
}

/** The traced entry of ΔW: α/r times its entry of BA, rounded as `tracing` prints it below. */
function scaledEntry(picture: Element, {lora, deltaStar}: TrainResult, {row, column, alpha, r}: TrainParams) {
  const line = layer(picture, "p", "entry");
  if (!row || !column) return write(line, []);
  const place = `[${row},${column}]`;
  const exact = termsOf(lora.B, lora.A, row, column).reduce((sum, {b, a}) => sum + b * a, 0);
  const product = Math.round(exact * 1e4) / 1e4;
  const due = deltaStar.data[(row - 1) * deltaStar.cols + column - 1];
  write(line, [
    {...symbol.dW, text: `ΔW${place}`},
    " = (",
    symbol.alpha,
    "/",
    symbol.r,
    ") ",
    {...symbol.BA, text: `BA${place}`},
    ` = ${significant(alpha / r, 3)} × ${fixed(product, 4)} ≈ ${fixed((alpha / r) * product, 2)}; the planted entry is `,
    {...symbol.dW, text: `ΔW*${place}`},
    ` = ${fixed(due, 2)}.`,
  ]);
}

export default rest<typeof controls, TrainResult>({
  draw(picture, result, params, act, room) {
    drawCard(picture, result, params, act, room);
    if (room.size !== "full") return;
    entry(picture, result, params);
    shelfOfRuns(picture, result, params, act);
    const isShown = diverged(result) !== undefined;
    const text = `Set η to ${safe.rate} and α to ${safe.alpha}`;
    rescue(picture, {isShown, why: WHY, text, onPress: () => act.set(safe)});
  },
  summary,
  readouts: ({lora, full}, {r, step}) => [
    {label: ["LoRA's loss"], value: trainLossAt(lora.losses, step), note: `floor ${shown(lora.floor)}`},
    {label: ["Full fine-tuning's loss"], value: trainLossAt(full.losses, step), note: `floor ${shown(full.floor)}`},
    {
      label: ["‖", symbol.dW, " − ", symbol.dW, "*‖"],
      value: sizeOrOutOfRange(lora, lora.distance),
      note: `full ${sizeOrOutOfRange(full, full.distance)}`,
    },
    {label: ["Trained parameters"], value: whole(2 * TRAIN_SIDE * r), note: `of ${whole(TRAIN_SIDE * TRAIN_SIDE)}`},
  ],
  table: ({lora, full, s, kept}, {step, r}) => ({
    caption: `Losses up to step ${step}, and what is found by then, r = ${r}`,
    columns: ["What", "LoRA", "Full", "ΔW*"],
    rows: [
      ...[...listed.filter((at) => at < step), step].map((at) => [
        `Loss at step ${at}`,
        trainLossAt(lora.losses, at),
        trainLossAt(full.losses, at),
        "",
      ]),
      ["Least loss there is", shown(lora.floor), shown(full.floor), ""],
      ["Distance from ΔW*", sizeOrOutOfRange(lora, lora.distance), sizeOrOutOfRange(full, full.distance), "0"],
      ...Array.from({length: VALUES}, (_, i) => [
        `Singular value ${i + 1}`,
        sizeOrOutOfRange(lora, lora.s[i] ?? 0),
        sizeOrOutOfRange(full, full.s[i]),
        shown(s[i] ?? 0),
      ]),
      ...kept.map((run, i) => [
        `Run ${i + 1}, loss at step ${step}`,
        trainLossAt(run.losses, step),
        trainLossAt(run.full, step),
        "",
      ]),
    ],
  }),
});
