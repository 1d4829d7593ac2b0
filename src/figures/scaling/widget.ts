import {panels} from "../../figure/plot/chart.ts";
import {fixed, thousandths} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {heavy} from "../../figure/widget.ts";
import {rescue} from "../shared/rescue.ts";
import {controls, ruleNames, SCALING_RANKS, SCALING_RATES} from "./controls.ts";
import {FIRST_STEP_DRAWS} from "./firstStep.ts";
import {first, rates} from "./panels.ts";
import {runs, type ScalingResult, see} from "./readings.ts";
import {comparedRanks, says, scalingLossText, summary} from "./sentences.ts";

/** Which runs have diverged at this η, and why. */
function diverged({tuned}: ScalingResult): string | undefined {
  const lost = tuned.filter(({here}) => !Number.isFinite(here)).map(({r}) => `r = ${r}`);
  return lost.length
    ? `The loss overflowed at ${lost.join(", ")}: each step overshoots, and the loss grows instead of falling.`
    : undefined;
}

export default heavy<typeof controls, ScalingResult>({
  title: "Does one rate fit every rank?",
  guide:
    "The factor in front of BA decides how large the first step is at each rank, and so whether a rate that was tuned at one rank still fits another. Choose a factor and an optimizer, then drag η.",
  sources: ["Hu et al. 2021, §4.1", "Kalajdzievski 2023, §3"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "step", runs, see, grows: true},
  controls,
  main: ["rule", "optimizer"],
  draw(picture, result, params, act, room) {
    // The style sheet lays them out by both.
    panels(picture, ["tuning", "first"]);
    rates(picture, result, params, act, room);
    first(picture, result, params, room);
    if (room.size !== "full") return;
    const why = diverged(result) ?? "";
    const {bestRate} = comparedRanks(result)[1];
    const onPress = () => act.set({rate: bestRate});
    rescue(picture, {isShown: why !== "", why, text: `Set η to ${bestRate}`, onPress});
  },
  says,
  summary,
  diverged,
  readouts: (result, {rule}) => [
    {
      label: ["First step, ", ruleNames[rule], ": power of ", symbol.r],
      value: fixed(result.slopes[rule], 2),
      note: `mean of ${FIRST_STEP_DRAWS} draws of A`,
    },
    ...comparedRanks(result).map(({r, here, best, bestRate}) => ({
      label: ["Loss at ", symbol.r, ` = ${r}`],
      value: scalingLossText(here),
      note: `best η ${bestRate}: ${scalingLossText(best)}`,
    })),
  ],
  table: ({tuned, first, step}, {rule, measure}) => ({
    caption: `Loss at step ${step} by rank and rate, and before it the ${measure === "loss" ? "loss that the first step removes" : "size of ΔW after one step"}, per unit of η`,
    columns: ["r", "First step", ...SCALING_RATES.map((rate) => `η ${rate}`)],
    rows: tuned.map(({r, losses}) => [
      r,
      thousandths(first[rule][SCALING_RANKS.indexOf(r as (typeof SCALING_RANKS)[number])]),
      ...losses.map(scalingLossText),
    ]),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "leave out the /r, then find an optimizer and an η at which r = 1 does its best while the loss of r = 64 overflows.",
    met: ({tuned}, {rule, rate}) =>
      rule === "alone" &&
      tuned[0].bestRate === rate &&
      !Number.isFinite(tuned[3].here) &&
      Number.isFinite(tuned[0].here),
  },
});
