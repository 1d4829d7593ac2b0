import {thousandths as shown, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy} from "../../shell/widget.ts";
import {rescue} from "../shared/rescue.ts";
import {bounds, controls} from "./controls.ts";
import {entry, losses, matrices, shelfOfRuns, singularValues, VALUES} from "./panels.ts";
import {runs, see, type TrainResult} from "./readings.ts";
import {lossAt, NEAR, said, sentence, sizeOf} from "./sentences.ts";
import {SIDE, safe} from "./settings.ts";

/** The challenge wants LoRA's floor reached by this step. */
const SOON = 30;
/** Steps that always have rows in the table, up to the current one. */
const listed = [0, 1, 2, 5, 10, 20, 50, 100, 150];

const WHY =
  "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.";

/** Says why if one of the two runs has diverged or is about to. */
const diverged = ({lora, full}: TrainResult): string | undefined =>
  [lora, full].some(({losses, divergedAt}) => divergedAt !== undefined || losses.at(-1)! > 2 * losses[0])
    ? WHY
    : undefined;

export default heavy<typeof controls, TrainResult>({
  title: "Can two thin matrices find ΔW*?",
  guide:
    "One layer, one seed, trained twice: LoRA moves A and B, full fine-tuning all of ΔW. Press Play, or drag the step or the knob in the chart; going back trains nothing again. Point at an entry of ΔW to see its sum.",
  sources: ["Hu et al. 2021, §4.1", "Eckart and Young 1936", "Izenman 1975"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  bounds,
  main: ["r", "optimizer"],
  draw(picture, result, params, act, room) {
    matrices(picture, result, params, act, room);
    if (room.size === "dock" || room.size === "slide") return;
    losses(picture, result, params, act, room);
    singularValues(picture, result, params, room);
    if (room.size === "card") return;
    entry(picture, result, params);
    shelfOfRuns(picture, result, params, act);
    const isShown = diverged(result) !== undefined;
    const text = `Set η to ${safe.rate} and α to ${safe.alpha}`;
    rescue(picture, {isShown, why: WHY, text, onPress: () => act.set(safe)});
  },
  says: said,
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
      ...kept.map((run, i) => [
        `Run ${i + 1}, loss at step ${step}`,
        lossAt(run.losses, step),
        lossAt(run.full, step),
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
