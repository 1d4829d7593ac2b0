import {entryline, exactly} from "../../figures/entryline.ts";
import {type FlowBlock, flow} from "../../figures/flow.ts";
import {fixed, significant, tiny, whole} from "../../figures/format.ts";
import {legend} from "../../figures/legend.ts";
import {lights} from "../../figures/lights.ts";
import type {Rich} from "../../figures/symbol.ts";
import {plain, sign} from "../signs.ts";
import {widget} from "../widget.ts";
import {bounds, compute, controls, type ForwardParams, type ForwardResult} from "./model.ts";
import {names, numbersOf, own, type Part, type Placed, placed, type Stage} from "./parts.ts";
import {tokensOf} from "./tokens.ts";
import {aim, spotOf} from "./trace.ts";
import {sentence, size} from "./words.ts";

const stageName = (stage: Stage): string => controls.stage.options[stage].slice(2);

/** What stands in the picture, in its order; the table lists the same. */
const shown = (result: ForwardResult, params: ForwardParams): readonly Placed[] =>
  placed(params.stage, params, significant(result.scaling, 3));

/** The two halves of the picture: what is read along columns, and along rows. */
const labels: readonly [Rich, Rich] = [
  [own.x, ", ", sign.A, " and ", sign.W0, " share columns"],
  [sign.B, " and ", own.h, " share rows with ", sign.W0],
];

/** Other names by which formula and code call what stands in a place: B's gradient stands where B is. */
const alsoCalled: Partial<Record<Part, Part>> = {da: "A", db: "B", w: "W0"};

function blocksOf(result: ForwardResult, params: ForwardParams): FlowBlock[] {
  const numbers = numbersOf(result);
  const {lit} = spotOf(result, params);
  return shown(result, params).map(({slot, part, symbol, label, empty}) => {
    const also = alsoCalled[part];
    const called = also ? `${part} ${also}` : part;
    return {
      slot,
      symbol,
      label,
      part: called,
      m: empty ? undefined : numbers[part],
      lit: empty ? undefined : lit[part],
    };
  });
}

const limitOf = (blocks: readonly FlowBlock[]): number =>
  blocks.flatMap(({m}) => Array.from(m?.data ?? [])).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

export default widget({
  title: "Where does x go?",
  guide:
    "Go through the stages; each of the steps is SGD on one x with target y, and g is ∂L/∂h. Point at a number to see its sum, or at a name in formula or code to find it in the picture.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  draw(picture, result, params, act) {
    const {stage, d, k, r} = params;
    const blocks = blocksOf(result, params);
    const limit = limitOf(blocks);
    flow(picture, {
      ...{d, k, r, blocks, limit},
      back: stage === "backward",
      pair: stage !== "freeze" && stage !== "merge",
      sum: stage !== "merge",
      labels,
      alts: labels.map(plain),
      onPoint(called, row, column) {
        const to = aim(stage, called.split(" ")[0] as Part, row, column);
        if (Object.entries(to).some(([name, value]) => params[name as keyof ForwardParams] !== value)) act.set(to);
      },
    });
    const spot = spotOf(result, params);
    entryline(picture, {...spot, formula: tokensOf(spot.formula), code: tokensOf(spot.code)});
    legend(picture, limit, "one scale for all of them");
    lights(picture);
  },
  summary: sentence,
  readouts(result, params) {
    const {formula, value} = spotOf(result, params);
    const {norms} = result;
    const {stage} = params;
    return [
      {label: tokensOf(formula).slice(0, 1), value: exactly(value)},
      {label: ["Loss"], value: size(stage === "freeze" ? result.untouched : result.loss), note: "½‖h − y‖²"},
      ...(/freeze|insert/.test(stage)
        ? [
            {label: ["Frozen"], value: whole(result.frozen), note: "d·k"},
            {label: ["Trained"], value: whole(result.trained), note: "r(d + k)"},
          ]
        : [
            {label: ["‖∂L/∂", sign.A, "‖"], value: size(norms.dA), note: norms.dA ? "" : "exactly, since B is zero"},
            {label: ["Merged against unmerged"], value: tiny(result.difference), note: "largest difference of h"},
          ]),
    ];
  },
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
