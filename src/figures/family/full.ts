import {derivation} from "../../figure/plot/derivation.ts";
import {layer} from "../../figure/plot/layer.ts";
import {counted, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {full} from "../../figure/widget.ts";
import type {controls} from "./controls.ts";
import {raceConditions} from "./derivation.ts";
import {aboutWork, byRate, byStep, changedLayer} from "./fullPanels.ts";
import {raceLossAt, raceLossText} from "./losses.ts";
import {drawCard, workTimeline} from "./panels.ts";
import {bestOf, type FamilyResult, type MethodRuns, RACE_RATES} from "./race.ts";
import {bestText, summary, workName} from "./sentences.ts";

const floorText = ({floor}: MethodRuns): string => (floor === undefined ? "no formula" : raceLossText(floor));

export default full<typeof controls, FamilyResult>({
  draw(picture, result, params, act, room) {
    if (room.size !== "full") return drawCard(picture, result, params, act, room);
    workTimeline(picture, params, act);
    const side = layer(picture, "div", "successor");
    aboutWork(side, params);
    changedLayer(side, params, room);
    byStep(side, result, params, act, room);
    byRate(side, result, params, act, room);
    derivation(picture, "What is run, and how", raceConditions(params));
  },
  summary,
  readouts({runs}, {rate, step}) {
    const at = RACE_RATES.indexOf(rate);
    return [
      ...runs.map((run) => ({
        label: [`${workName(run.who)}: loss`],
        value: raceLossAt(run.losses[at]!, step),
        note: `at its best ${bestText(bestOf(run, step))}; floor ${floorText(run)}; ${counted(run.trained, "parameter")}`,
      })),
      ...runs
        .filter(({offset}) => offset)
        .map((run) => ({
          label: [`${workName(run.who)}: distance from `, symbol.W0, " at the start"],
          value: raceLossText(run.offset),
          note: "in norm; LoRA starts at W₀ itself",
        })),
    ];
  },
  table: ({runs}, {r, step}) => ({
    caption: `Loss after step ${step} by rate, r = ${r}; then what each trains, how far from W₀ it starts and its floor`,
    columns: ["What", ...runs.map(({who}) => workName(who))],
    rows: [
      ...RACE_RATES.map((rate, at) => [`η = ${rate}`, ...runs.map(({losses}) => raceLossAt(losses[at]!, step))]),
      ["Trained parameters", ...runs.map(({trained}) => whole(trained))],
      ["Distance from W₀ at the start", ...runs.map(({offset}) => raceLossText(offset))],
      ["Floor", ...runs.map(floorText)],
    ],
  }),
});
