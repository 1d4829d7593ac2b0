import type {Matrix} from "../../engine/matrix.ts";
import {entryline, exactly} from "../../figures/entryline.ts";
import {type FlowBlock, flow} from "../../figures/flow.ts";
import {fixed, significant, tiny} from "../../figures/format.ts";
import {legend} from "../../figures/legend.ts";
import {lights} from "../../figures/lights.ts";
import type {Rich} from "../../figures/symbol.ts";
import {walk} from "../../figures/walk.ts";
import {sign} from "../signs.ts";
import {type Act, widget} from "../widget.ts";
import {bounds, compute, controls, type ForwardParams, type ForwardResult, STEPS} from "./model.ts";
import {names, numbersOf, own, type Part, type Placed, placed, type Stage} from "./parts.ts";
import {code, formula} from "./tokens.ts";
import {aim, type Span, spotOf} from "./trace.ts";
import {sentence, size} from "./words.ts";

const stages = Object.keys(controls.stage.options) as Stage[];
const stageName = (stage: Stage): string => controls.stage.options[stage].slice(2);

/** What stands in the picture, in its order; the table lists the same. */
const shown = (result: ForwardResult, params: ForwardParams): readonly Placed[] =>
  placed(params.stage, params, significant(result.scaling, 3));

/** Labels of the two halves, and what they show in words. */
const captions: Readonly<Record<Stage, {labels: readonly [Rich, Rich]; alts: readonly [string, string]}>> = {
  freeze: {
    labels: [
      [own.x, " meets ", sign.W0],
      [sign.W0, own.x, " is the output"],
    ],
    alts: ["The input x above the frozen W₀, with room for A between them", "W₀x goes straight to h"],
  },
  insert: {
    labels: [
      [sign.A, " starts at random, N(0, 1/", sign.k, ")"],
      [sign.B, " starts at zero, so ", sign.BA, " is 0"],
    ],
    alts: ["A above the frozen W₀, on the same columns", "B beside W₀, on the same rows; nothing runs yet"],
  },
  forward: {
    labels: [
      [own.x, " goes into ", sign.A, " and ", sign.W0],
      [sign.A, own.x, " goes into ", sign.B, "; the sum is ", own.h],
    ],
    alts: [
      "x runs down into A and along the edge into W₀",
      "Ax turns down into B; W₀x and (α/r)BAx are added and give h",
    ],
  },
  backward: {
    labels: [
      ["∂L/∂", sign.A, " is stored; ", sign.W0, " only passes ", own.g, " on"],
      [own.g, " = ∂L/∂", own.h, " runs back into both paths"],
    ],
    alts: [
      "Gradients run up from W₀ and A to ∂L/∂x; only A stores one",
      "g runs back from h into W₀x and into B, which stores a gradient, and on to A",
    ],
  },
  merge: {
    labels: [
      [own.x, " meets one matrix, ", own.W],
      [own.W, own.x, " and the unmerged ", own.h],
    ],
    alts: ["x runs into W; the places of A and B are empty", "Wx beside h as it was before merging"],
  },
};

/** Other names by which formula and code call what stands in a place: B's gradient stands where B is. */
const alsoCalled: Partial<Record<Part, Part>> = {da: "A", db: "B", w: "W0"};

function boxOf({row, column}: Span, m: Matrix, isColumn: boolean) {
  const [rows, cols] = isColumn ? [m.cols, m.rows] : [m.rows, m.cols];
  return {row: row ?? 1, column: column ?? 1, rows: row ? 1 : rows, cols: column ? 1 : cols};
}

function blocksOf(result: ForwardResult, params: ForwardParams): FlowBlock[] {
  const numbers = numbersOf(result);
  const {lit} = spotOf(result, params);
  return shown(result, params).map(({slot, part, symbol, label, empty}) => {
    const m = numbers[part];
    const span = empty ? undefined : lit[part];
    const isColumn = !["dx", "x", "A", "W0", "B"].includes(slot);
    const also = alsoCalled[part];
    return {
      ...{slot, symbol, label, m: empty ? undefined : m},
      part: also ? `${part} ${also}` : part,
      lit: span ? [boxOf(span, m, isColumn)] : [],
    };
  });
}

const limitOf = (blocks: readonly FlowBlock[]): number =>
  blocks.flatMap(({m}) => Array.from(m?.data ?? [])).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function strides({stage, steps}: ForwardParams, act: Act) {
  const at = stages.indexOf(stage);
  const [before, next] = [stages[at - 1], stages[at + 1]];
  return [
    {name: "before", text: before ? `← ${stageName(before)}` : "←", go: before && (() => act.set({stage: before}))},
    {name: "next", text: next ? `${stageName(next)} →` : "→", go: next && (() => act.set({stage: next}))},
    {
      name: "step",
      text: "Take a step of SGD",
      go: steps < STEPS ? () => act.set({steps: steps + 1}) : undefined,
    },
  ];
}

export default widget({
  title: "Where does x go?",
  guide:
    "Walk through the five stages, and take steps of SGD on one example x with target y, where L = ½‖h − y‖² and g = ∂L/∂h. Point at a number to see its sum, or at a name in the formula or the code to find it in the picture.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  draw(picture, result, params, act) {
    const {stage, d, k, r} = params;
    const blocks = blocksOf(result, params);
    const limit = limitOf(blocks);
    walk(picture, strides(params, act));
    flow(picture, {
      ...{d, k, r, blocks, limit},
      back: stage === "backward",
      pair: stage !== "freeze" && stage !== "merge",
      sum: stage !== "merge",
      ...captions[stage],
      onPoint(called, row, column) {
        const to = aim(stage, called.split(" ")[0] as Part, row, column);
        if (Object.entries(to).some(([name, value]) => params[name as keyof ForwardParams] !== value)) act.set(to);
      },
    });
    const spot = spotOf(result, params);
    entryline(picture, {...spot, formula: formula(spot.formula), code: code(spot.code)});
    legend(picture, limit, "one scale for all of them");
    lights(picture);
  },
  summary: sentence,
  readouts: (result, params) => [
    {label: formula(spotOf(result, params).formula).slice(0, 1), value: exactly(spotOf(result, params).value)},
    {label: ["Loss"], value: size(params.stage === "freeze" ? result.untouched : result.loss), note: "½‖h − y‖²"},
    {
      label: ["‖∂L/∂", sign.A, "‖"],
      value: size(result.norms.dA),
      note: result.norms.dA === 0 ? "exactly, since B is zero" : "",
    },
    {label: ["Merged against unmerged"], value: tiny(result.difference), note: "largest difference of h"},
  ],
  table(result, params) {
    const numbers = numbersOf(result);
    const parts = [...new Set(shown(result, params).flatMap(({part, empty}) => (empty ? [] : [part])))];
    const width = Math.max(params.d, params.k);
    const rows = parts.flatMap((part) => {
      const {rows: count, cols, data} = numbers[part];
      return Array.from({length: count}, (_, i) => [
        count > 1 ? `${names[part]}, row ${i + 1}` : names[part],
        ...Array.from({length: width}, (_, j) => (j < cols ? cellText(data[i * cols + j]) : "")),
      ]);
    });
    return {
      caption: `Every number of the picture at ${stageName(params.stage)}, step ${result.step}`,
      columns: ["What", ...Array.from({length: width}, (_, j) => String(j + 1))],
      rows,
    };
  },
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "at the start ∂L/∂A is exactly 0. Make it nonzero, and look at it in Backward.",
    met: ({norms}, {stage}) => stage === "backward" && norms.dA > 0,
  },
});

const cellText = (x: number): string => (x === 0 ? "0" : fixed(x, 2));
