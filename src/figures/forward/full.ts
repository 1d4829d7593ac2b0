import {fixed, thousandths as size, tiny, whole} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {full} from "../../figure/widget.ts";
import {crossHighlight} from "./drawing/crossHighlight.ts";
import {entryLine} from "./drawing/entryLine.ts";
import {exactText} from "./drawing/entryValue.ts";
import {summary} from "./fullSentence.ts";
import {controls, type ForwardResult} from "./model.ts";
import {drawCard, drawFlow, flowBlocks, limitOf, shownParts} from "./panels.ts";
import {type ForwardStage, type LayerPart, partNames, partNumbers} from "./parts.ts";
import {symbolTokens} from "./tokens.ts";
import {tracedEntry} from "./trace.ts";

const stageName = (stage: ForwardStage): string => controls.stage.options[stage].slice(2);

const cellText = (x: number): string => (x === 0 ? "0" : fixed(x, 2));

export default full<typeof controls, ForwardResult>({
  draw(picture, result, params, act, room) {
    if (room.size !== "full") return drawCard(picture, result, params, act, room);
    drawFlow(picture, result, params, act, room);
    const {formula, code, comment = "", ...spot} = tracedEntry(result, params);
    entryLine(picture, {
      ...spot,
      formula: symbolTokens(formula),
      code: symbolTokens(code),
      comment: symbolTokens(comment),
    });
    legend(picture, limitOf(flowBlocks(result, params)), "one scale for all");
    crossHighlight(picture);
  },
  summary,
  readouts(result, params) {
    const {formula, value} = tracedEntry(result, params);
    const {norms} = result;
    const {stage} = params;
    const trained: Rich = ["Trained parameters"];
    const each: Record<ForwardStage, readonly [label: Rich, value: string, note: string]> = {
      freeze: [trained, "0", `of ${whole(result.frozen)}`],
      insert: [trained, whole(result.trained), "r(d + k)"],
      forward: [["‖(α/r)", symbol.B, symbol.A, "x‖"], size(norms.up), ""],
      backward: [["‖∂L/∂", symbol.A, "‖"], size(norms.dA), norms.dA ? "" : "since B is zero"],
      merge: [["Merged against unmerged"], tiny(result.difference), "largest difference in h"],
    };
    const [label, due, note] = each[stage];
    return [
      {label: symbolTokens(formula).slice(0, 1), value: exactText(value)},
      {label: ["Loss"], value: size(stage === "freeze" ? result.untouched : result.loss), note: "½‖h − y‖²"},
      {label, value: due, note},
    ];
  },
  table(result, params) {
    const numbers = partNumbers(result);
    const drawn = shownParts(result, params).flatMap(({part, empty}) => (empty ? [] : [part]));
    // Parts that are terms of the sums but not in the picture.
    const others: readonly LayerPart[] = params.stage === "backward" ? ["A", "B", "h", "y"] : ["y"];
    const parts = [...new Set([...drawn, ...others])];
    const width = Math.max(params.d, params.k);
    const rows = parts.flatMap((part) => {
      const {rows: count, cols, data} = numbers[part];
      return Array.from({length: count}, (_, i) => [
        count > 1 ? `${partNames[part]}, row ${i + 1}` : partNames[part],
        ...Array.from({length: width}, (_, j) => (j < cols ? cellText(data[i * cols + j]) : "")),
      ]);
    });
    return {
      caption: `Every value at ${stageName(params.stage)}, step ${result.step}`,
      columns: ["What", ...Array.from({length: width}, (_, j) => String(j + 1))],
      rows,
    };
  },
});
