import {blockmap, type MatrixButton} from "../../figure/plot/blockmap.ts";
import {layer} from "../../figure/plot/layer.ts";
import {whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {ATTENTION_LETTERS, toggledMatrix} from "../shared/attentionMatrices.ts";
import type {BudgetParams} from "./controls.ts";
import {rowFindings} from "./fullSentences.ts";
import type {BudgetDrawing} from "./panels.ts";
import {type BudgetResult, matrixSum} from "./result.ts";

function choose(box: Element, {rank, cost, budget}: BudgetResult, {on}: BudgetParams, act: Act) {
  const size = rank === undefined ? "" : `r = ${rank}`;
  const attention = [...ATTENTION_LETTERS].map((letter): MatrixButton => {
    const isOn = on.includes(letter);
    const said = isOn ? `W${letter}${size && ` ${size}`}, adapted` : `W${letter}, frozen`;
    return {letter, index: letter, isOn, note: isOn ? size : "", said};
  });
  const mlp = ["1", "2"].map(
    (letter): MatrixButton => ({
      letter,
      index: letter,
      isOn: false,
      isFixed: true,
      note: "",
      said: `W${letter}, frozen`,
    }),
  );
  const left = budget - cost.large;
  const sum =
    rank === undefined
      ? `${whole(cost.large)} parameters of GPT-3 for each rank.`
      : `${whole(cost.large)} parameters of GPT-3${left && on ? `; ${whole(left)} of the budget are left over` : ""}.`;
  blockmap(box, [...attention, ...mlp], {
    label: "Press the matrices to adapt",
    foot: `In every layer. The MLP stays frozen, as in the paper. ${sum}`,
    between: "MLP",
    onToggle: (letter) => act.set((now) => ({on: toggledMatrix(String(now.on), letter)})),
  });
}

/** What only the whole figure shows: where the matrices are, what the marks mean, and what came out. */
export function meaningPanel({picture, result, params, act}: BudgetDrawing) {
  const box = layer(picture, "div", "meaning");
  choose(layer(box, "div", "choice"), result, params, act);
  const said = layer(box, "div", "said");
  const isRanks = params.by === "rank";
  layer(
    said,
    "p",
    "whose",
    isRanks
      ? `GPT-3: Table 6, the rank varied. Tiny model: the lab’s digit machine with ${matrixSum(params.on) || "no matrix"}, ${whole(result.cost.tiny)} parameters for each rank.`
      : `GPT-3: Table 5, ${whole(result.budget)} parameters in every row. Tiny model: the lab’s digit machine, the same matrices at the same ranks.`,
  );
  const [first, second] = isRanks ? rowFindings.rank : rowFindings.budget;
  layer(said, "p", "reason", first);
  layer(said, "p", "lesson", second);
}
