import {fixed, significant, thousandths as size, tiny, whole} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import type {Rich} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import {widget} from "../../shell/widget.ts";
import {crossHighlight} from "./figures/crossHighlight.ts";
import {entryLine, entryValue, exactly} from "./figures/entryLine.ts";
import {type FlowBlock, flow} from "./figures/flow.ts";
import {bounds, compute, controls, type ForwardParams, type ForwardResult} from "./model.ts";
import {names, numbersOf, type Part, type Placed, placed, type Stage} from "./parts.ts";
import {said, sentence} from "./sentences.ts";
import {tokensOf} from "./tokens.ts";
import {traceAt, tracedEntry} from "./trace.ts";

const stageName = (stage: Stage): string => controls.stage.options[stage].slice(2);

/** The parts in the picture, in the order of the table. */
const shown = (result: ForwardResult, params: ForwardParams): readonly Placed[] =>
  placed(params.stage, params, significant(result.scaling, 3));

function blocksOf(result: ForwardResult, params: ForwardParams): FlowBlock[] {
  const numbers = numbersOf(result);
  const {lit} = tracedEntry(result, params);
  return shown(result, params).map(({empty, ...block}) => ({
    ...block,
    ...(empty ? {} : {m: numbers[block.part], lit: lit[block.part]}),
  }));
}

const limitOf = (blocks: readonly FlowBlock[]): number =>
  blocks.flatMap(({m}) => Array.from(m?.data ?? [])).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

export default widget({
  title: "Where does x go?",
  guide:
    "Each step is SGD on one x with target y, so g = ∂L/∂h is h − y. Point at a number to see its sum, or at a name in formula or code (which counts from 0) to find it.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  main: ["stage", "steps"],
  draw(picture, result, params, act, room) {
    const {stage, d, k, r} = params;
    const blocks = blocksOf(result, params);
    const limit = limitOf(blocks);
    flow(picture, {
      ...{d, k, r, blocks, limit},
      back: stage === "backward",
      pair: stage !== "freeze" && stage !== "merge",
      sum: stage !== "merge",
      room,
      numbers: room.size !== "dock" || room.width >= 480,
      onPoint(part, row, column) {
        const to = traceAt(stage, part as Part, row, column);
        if (Object.entries(to).some(([name, value]) => params[name as keyof ForwardParams] !== value)) act.set(to);
      },
    });
    const spot = tracedEntry(result, params);
    const formula = tokensOf(spot.formula);
    if (room.size === "full") {
      entryLine(picture, {...spot, formula, code: tokensOf(spot.code), comment: tokensOf(spot.comment ?? "")});
      legend(picture, limit, "one scale for all");
    } else if (room.size !== "dock") entryValue(picture, {...spot, formula});
    crossHighlight(picture);
  },
  says: said,
  summary: sentence,
  readouts(result, params) {
    const {formula, value} = tracedEntry(result, params);
    const {norms} = result;
    const {stage} = params;
    const trained: Rich = ["Trained"];
    const each: Record<Stage, readonly [label: Rich, value: string, note: string]> = {
      freeze: [trained, "0", `of ${whole(result.frozen)}`],
      insert: [trained, whole(result.trained), "r(d + k)"],
      forward: [["‖(α/r)", sign.B, sign.A, "x‖"], size(norms.up), ""],
      backward: [["‖∂L/∂", sign.A, "‖"], size(norms.dA), norms.dA ? "" : "since B is zero"],
      merge: [["Merged against unmerged"], tiny(result.difference), "largest difference of h"],
    };
    const [label, due, note] = each[stage];
    return [
      {label: tokensOf(formula).slice(0, 1), value: exactly(value)},
      {label: ["Loss"], value: size(stage === "freeze" ? result.untouched : result.loss), note: "½‖h − y‖²"},
      {label, value: due, note},
    ];
  },
  table(result, params) {
    const numbers = numbersOf(result);
    const drawn = shown(result, params).flatMap(({part, empty}) => (empty ? [] : [part]));
    // Parts that are terms of the sums but not in the picture.
    const others: readonly Part[] = params.stage === "backward" ? ["A", "B", "h", "y"] : ["y"];
    const parts = [...new Set([...drawn, ...others])];
    const width = Math.max(params.d, params.k);
    const rows = parts.flatMap((part) => {
      const {rows: count, cols, data} = numbers[part];
      return Array.from({length: count}, (_, i) => [
        count > 1 ? `${names[part]}, row ${i + 1}` : names[part],
        ...Array.from({length: width}, (_, j) => (j < cols ? cellText(data[i * cols + j]) : "")),
      ]);
    });
    return {
      caption: `Every number at ${stageName(params.stage)}, step ${result.step}`,
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
