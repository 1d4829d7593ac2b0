import {grounds} from "../../figures/grounds.ts";
import {layer} from "../../figures/layer.ts";
import {counted, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy, type Tape} from "../../shell/widget.ts";
import {controls, type FamilyParams, type FamilyResult, RATES, type Run} from "./controls.ts";
import {diagramOf} from "./diagrams.ts";
import {groundsOf} from "./grounds.ts";
import {byRate, byStep, card, layerOf, works} from "./panels.ts";
import {bestOf, bestText, lossAt, lossText, nameOf, sentence} from "./sentences.ts";
import {said} from "./short.ts";

const floorText = ({floor}: Run): string => (floor === undefined ? "no formula" : lossText(floor));

export default heavy<typeof controls, FamilyResult>({
  title: "What did each successor change?",
  guide:
    "Pick a work. Where one small layer can show it (full points), it runs beside LoRA from the same seed, with the same W₀ and the same first A. Drag the knobs: on the left a step, on the right a rate; a ring is the best of the seven rates, and where a point is missing the steps were too large.",
  sources: ["Hu et al. 2021, §4.1", "the works named in the figure"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {
    clock: "step",
    // Rate, step and moment only choose what is shown, so they start no new runs.
    runs: ({step, rate, moment, ...rest}) => [rest],
    see: ([tape]: readonly Tape<FamilyResult>[]) => tape[0],
  },
  controls,
  main: ["moment"],
  draw(picture, result, params, act, room) {
    const isFull = room.size === "full";
    if (room.size !== "dock") works(picture, params, act);
    const side = layer(picture, "div", "successor");
    if (!isFull) {
      diagramOf(side, params, act, room);
      if (room.size === "card") card(side, params, room);
      return;
    }
    card(side, params, room);
    layerOf(side, params, room);
    byStep(side, result, params, act, room);
    byRate(side, result, params, act, room);
    grounds(picture, "What is run, and how", groundsOf(params));
  },
  says: (_, {work}) => said(work),
  summary: sentence,
  readouts({runs}, {rate, step}) {
    const at = RATES.indexOf(rate);
    return [
      ...runs.map((run) => ({
        label: [`${nameOf(run.who)}: loss`],
        value: lossAt(run.losses[at]!, step),
        note: `at its best ${bestText(bestOf(run, step))}; floor ${floorText(run)}; ${counted(run.trained, "number")}`,
      })),
      ...runs
        .filter(({offset}) => offset)
        .map((run) => ({
          label: [`${nameOf(run.who)} starts off `, sign.W0, " by"],
          value: lossText(run.offset),
          note: "in norm; LoRA starts at W₀ itself",
        })),
    ];
  },
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then what each trains, where it starts and how far down it can get`,
    columns: ["What", ...runs.map(({who}) => nameOf(who))],
    rows: [
      ...RATES.map((rate, at) => [`η = ${rate}`, ...runs.map(({losses}) => lossAt(losses[at]!, step))]),
      ["Trained numbers", ...runs.map(({trained}) => whole(trained))],
      ["Start off W₀ by", ...runs.map(({offset}) => lossText(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
  provenance: ({seed}) => ({kind: "live", text: `runs of seed ${seed}; the diagram is a sketch`}),
  challenge: {
    text: "find a change to be learned and a rank at which DoRA, tuned, gets below a tenth of LoRA’s tuned loss.",
    met: ({runs}, {work, step}: FamilyParams) => {
      const [one, two] = [bestOf(runs[0]!, step), bestOf(runs.at(-1)!, step)];
      return work === "dora" && step > 0 && !!one && !!two && two.loss < one.loss / 10;
    },
  },
});
