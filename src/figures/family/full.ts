import {grounds} from "../../figure/plot/grounds.ts";
import {layer} from "../../figure/plot/layer.ts";
import {counted, whole} from "../../figure/plot/text/format.ts";
import {sign} from "../../figure/signs.ts";
import {full} from "../../figure/widget.ts";
import type {controls} from "./controls.ts";
import {about, byRate, byStep, layerOf} from "./fullPanels.ts";
import {groundsOf} from "./grounds.ts";
import {lossAt, lossText} from "./losses.ts";
import {drawCard, works} from "./panels.ts";
import {bestOf, type FamilyResult, RATES, type Run} from "./race.ts";
import {bestText, nameOf, summary} from "./sentences.ts";

const floorText = ({floor}: Run): string => (floor === undefined ? "no formula" : lossText(floor));

export default full<typeof controls, FamilyResult>({
  draw(picture, result, params, act, room) {
    if (room.size !== "full") return drawCard(picture, result, params, act, room);
    works(picture, params, act);
    const side = layer(picture, "div", "successor");
    about(side, params);
    layerOf(side, params, room);
    byStep(side, result, params, act, room);
    byRate(side, result, params, act, room);
    grounds(picture, "What is run, and how", groundsOf(params));
  },
  summary,
  readouts({runs}, {rate, step}) {
    const at = RATES.indexOf(rate);
    return [
      ...runs.map((run) => ({
        label: [`${nameOf(run.who)}: loss`],
        value: lossAt(run.losses[at]!, step),
        note: `at its best ${bestText(bestOf(run, step))}; floor ${floorText(run)}; ${counted(run.trained, "parameter")}`,
      })),
      ...runs
        .filter(({offset}) => offset)
        .map((run) => ({
          label: [`${nameOf(run.who)}: distance from `, sign.W0, " at the start"],
          value: lossText(run.offset),
          note: "in norm; LoRA starts at W₀ itself",
        })),
    ];
  },
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then what each trains, how far from W₀ it starts and its floor`,
    columns: ["What", ...runs.map(({who}) => nameOf(who))],
    rows: [
      ...RATES.map((rate, at) => [`η = ${rate}`, ...runs.map(({losses}) => lossAt(losses[at]!, step))]),
      ["Trained parameters", ...runs.map(({trained}) => whole(trained))],
      ["Distance from W₀ at the start", ...runs.map(({offset}) => lossText(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
});
