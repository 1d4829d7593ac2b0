/** The figure “When is r too small?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {areaY, barY, dot, knob, lineY, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {percent, significant, thousandths} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, FLOOR_SIDE, type FloorParams, type FloorResult, floorRunBy, readFloor} from "./model.ts";

/** The challenge asks for a floor below this share of the loss at rank 0. */
const CHALLENGE_SHARE = 0.05;
const spectrumWords = {flat: "nearly flat", power: "falling", step: "stepped"} as const;

/** How many ranks the letters of the share reach over. */
const LETTERS_OVER = 6;

/** Ranks 0 to 16. Both charts have the same axis and margins, so that bar i is below the step of rank i. */
const rankAxis = {
  domain: [-0.5, FLOOR_SIDE + 0.5],
  ticks: [0, 2, 4, 6, 8, 10, 12, 14, 16],
  tickFormat: String,
} as const;
const margins = {marginLeft: 24, marginRight: 62};

/** The loss of every rank as a dot above the floor to which it can fall. */
function lossByRankChart(result: FloorResult, {r, step, inputs}: FloorParams, act: Act): Chart {
  const {floors, cuts, losses, loss, floor} = result;
  const isLate = r > FLOOR_SIDE / 2;
  // The share stands on the floor: of this rank, or of a lower one where its letters go to the left, over a higher stair.
  const textY = floors[isLate ? r - LETTERS_OVER : r]!;
  return {
    name: "landing",
    label: ["Loss by rank, step ", String(step)],
    alt: `Floors fall from ${thousandths(floors[0])} at rank 0 to ${thousandths(floor)} at r = ${r}, where the run is at ${thousandths(loss)}`,
    height: {narrow: 230, mid: 250, wide: 330},
    x: rankAxis,
    y: {domain: [0, floors[0] * 1.04]},
    ...margins,
    marks: [
      areaY(Array.from(floors), {tone: "edge", glides: true}),
      lineY(Array.from(floors), {isStepped: true, tone: "edge", strength: 0, thin: true, end: "floor", glides: true}),
      ...(inputs === "uneven"
        ? [lineY(cuts, {isStepped: true, tone: "ink", thin: true, dashed: true, end: "ΔW* cut"})]
        : []),
      knob(r, (to) => act.set({r: Math.min(Math.max(Math.round(to), 1), FLOOR_SIDE)})),
      lineY([floor, floor], {x: (_, i) => r - 0.5 + i, tone: "ink", strength: 3}),
      dot(losses, {
        x: (_, i) => i + 1,
        r: (_, i) => (i + 1 === r ? 6 : 3),
        tone: "dw",
        title: (value, i) => `r = ${i + 1}: ${thousandths(value)}`,
      }),
      text([`${significant((100 * floor) / floors[0], 2)}% stays`], {
        x: r,
        y: textY,
        dx: isLate ? -12 : 12,
        dy: -14,
        anchor: isLate ? "end" : "start",
        text: String,
        kind: "answer",
        tone: "ink",
      }),
    ],
  };
}

/** The loss in each direction: the gray ones, which this rank cannot learn, add up to the floor. */
function lossByDirectionChart({spectrum, floor}: FloorResult, {r, inputs}: FloorParams): Chart {
  const losses = Array.from(spectrum, (sigma) => sigma ** 2 / 2);
  const weighting = inputs === "uneven" ? "*, as the inputs weigh it" : "*, direction by direction";
  return {
    name: "tail",
    label: ["½σ² of ", symbol.dW, `${weighting}: the gray ones add up to the floor, ${thousandths(floor)}`],
    alt: `From ${thousandths(losses[0])} down to ${thousandths(losses.at(-1)!)}; those after the first ${r} add up to the floor`,
    height: 120,
    x: rankAxis,
    y: {},
    ...margins,
    marks: [
      barY(losses, {
        x: (_, i) => i + 1,
        tone: (_, i) => (i < r ? "dw" : "edge"),
        title: (loss, i) => `½σ² of direction ${i + 1}: ${thousandths(loss)}`,
      }),
    ],
  };
}

export default figure<typeof controls, FloorResult>({
  title: "When is r too small?",
  guide:
    "One layer and one ΔW*, trained at all sixteen ranks at once: each dot is a run, and the stair below it is the least loss that its rank can have. Press Play to see the runs land; drag the knob to choose a rank.",
  sources: ["Eckart and Young 1936", "Izenman 1975", "Hu et al. 2021, §4.1 and §7.2"],
  controls,
  main: ["r", "spectrum"],
  run: {clock: "step", by: floorRunBy, read: readFloor},
  picture: (result, params, act, size) => ({
    parts: [lossByRankChart(result, params, act), ...(size === "full" ? [lossByDirectionChart(result, params)] : [])],
  }),
  says: ({loss, floor, floors, cut}, {r, step, spectrum}) => [
    `Rank ${r} never gets below a loss of ${thousandths(floor)}, ${percent(floor / floors[0])} of that at rank 0; at step ${step} it has ${thousandths(loss)}.`,
    `The spectrum is ${spectrumWords[spectrum]}; the SVD of ΔW*, cut at rank ${r}, has a loss of ${thousandths(cut)}.`,
  ],
  readouts: ({loss, floor, floors, cut}, {step, inputs}) => [
    {label: ["Loss of the run with this ", symbol.r], value: thousandths(loss), note: `step ${step}`},
    {label: ["Floor"], value: thousandths(floor), note: "the gray bars, added up"},
    {label: ["Floor, share of the loss at rank 0"], value: percent(floor / floors[0])},
    {
      label: [symbol.dW, "*’s own SVD, cut at ", symbol.r],
      value: thousandths(cut),
      note: inputs === "even" ? "the floor: all directions count alike" : "not the best of its rank on these inputs",
    },
  ],
  table: ({losses, floors, cuts, spectrum}, {step}) => ({
    caption: `Every rank at step ${step}`,
    columns: ["r", "σ", "Floor", "Run", "SVD of ΔW* cut at r"],
    rows: losses.map((loss, i) => [
      i + 1,
      thousandths(spectrum[i]),
      thousandths(floors[i + 1]),
      thousandths(loss),
      thousandths(cuts[i + 1]),
    ]),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "choose the stepped spectrum, and find the smallest rank whose floor is below 5% of the loss at rank 0.",
    met: ({floors}, {spectrum, r}) =>
      spectrum === "step" && floors[r] < CHALLENGE_SHARE * floors[0] && floors[r - 1] >= CHALLENGE_SHARE * floors[0],
  },
});
