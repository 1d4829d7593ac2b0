import {thousandths as shown, whole} from "../../figures/format.ts";
import type {Tape} from "../widget.ts";
import {heavy} from "../widget.ts";
import {card, charts, works} from "./pictures.ts";
import {ALPHA, controls, type FamilyParams, type FamilyResult, RATES, type Run, SIDE} from "./settings.ts";
import {bestOf, bestText, lossAt, nameOf, sentence} from "./words.ts";

const floorText = ({floor}: Run): string => (floor === undefined ? "no formula" : shown(floor));

export default heavy<typeof controls, FamilyResult>({
  title: "What did each successor change?",
  guide: `Pick a work: its formula, what is new in it lit, and, where one layer of ${SIDE} × ${SIDE} can show it, a run beside LoRA’s from the same seed, the same W₀ and, where it draws one, the same first A. α is ${ALPHA} unless a start brings its own. Hollow points are described only. Drag the knobs: a step on the left, a rate on the right.`,
  sources: ["Hu et al. 2021, §4.1", "the works named in the figure"],
  player: () => import("../recorder.ts"),
  recording: {
    clock: "step",
    // The rate and the step choose among runs that are all there.
    runs: ({step, rate, ...rest}) => [rest],
    see: ([tape]: readonly Tape<FamilyResult>[]) => tape[0],
  },
  controls,
  draw(picture, result, params, act) {
    works(picture, params, act);
    card(picture, params);
    charts(picture, result, params, act);
  },
  summary: sentence,
  readouts({runs}, {rate, step}) {
    const at = RATES.indexOf(rate);
    const [lora, ...others] = runs as [Run, ...Run[]];
    return [
      ...runs.map((run) => ({
        label: [`${nameOf(run.who)}: loss`],
        value: lossAt(run.losses[at]!, step),
        note: `best of its rates ${bestText(bestOf(run, step))}`,
      })),
      {
        label: ["Trained numbers"],
        value: runs.map(({trained}) => whole(trained)).join(" · "),
        note: `of ${whole(SIDE * SIDE)}, in the order above`,
      },
      {label: ["Floor"], value: runs.map(floorText).join(" · "), note: "least loss there is, in the same order"},
      ...(others.length
        ? [
            {
              label: ["Start off W₀ by"],
              value: runs.map(({offset}) => shown(offset)).join(" · "),
              note: lora.offset === 0 ? "in the same order" : "",
            },
          ]
        : []),
    ];
  },
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then what each trains, where it starts and how far down it can get`,
    columns: ["What", ...runs.map(({who}) => nameOf(who))],
    rows: [
      ...RATES.map((rate, at) => [`η = ${rate}`, ...runs.map(({losses}) => lossAt(losses[at]!, step))]),
      ["Trained numbers", ...runs.map(({trained}) => whole(trained))],
      ["Start off W₀ by", ...runs.map(({offset}) => shown(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "find a change to be learned and a rank at which DoRA, tuned, gets below a tenth of LoRA’s tuned loss.",
    met: ({runs}, {work, step}: FamilyParams) => {
      const [one, two] = [bestOf(runs[0]!, step), bestOf(runs.at(-1)!, step)];
      return work === "dora" && step > 0 && !!one && !!two && two.loss < one.loss / 10;
    },
  },
});
