import {counted, fixed, significant, whole} from "../../figures/text/format.ts";
import {widget} from "../../shell/widget.ts";
import {listed} from "../shared/listed.ts";
import {listingsOf} from "./code.ts";
import {places} from "./examples.ts";
import {listings} from "./figures/listings.ts";
import {formulas} from "./formulas.ts";
import {
  bounds,
  type Count,
  compute,
  controls,
  type FormulaParams,
  type FormulaResult,
  type ForwardPass,
  type Objective,
  type Similarity,
} from "./model.ts";
import {example, meaning, printed} from "./panels.ts";
import {entries, litOf, plainly} from "./symbolMeanings.ts";
import {entriesOf, valuesOf} from "./symbolValues.ts";

/** The sentence, then the readouts as label, value and note. */
type Summary = [sentence: string, readouts: string[][]];

function objective({start, sum, loss, trained, moved, kind}: Objective, {step}: FormulaParams): Summary {
  const isLora = kind === "lora-objective";
  const [from, to, mean, by] = [fixed(start, 3), fixed(sum, 3), fixed(loss, 3), significant(moved, 2)];
  return [
    `After ${counted(step, "step")} of training ${isLora ? "the" : "all"} ${whole(trained)} numbers of ${isLora ? "Θ" : "Φ"}, the sum of log-probabilities is ${to}, against ${from} at Φ₀. Its negative, over the ${places.length} tokens, is the loss that training minimizes, ${mean}.`,
    [["Sum of logs", to, `${from} at Φ₀`], ["Loss", mean], ...(isLora ? [["Φ₀ moved by", by]] : [])],
  ];
}

const forwardPass = ({h, base, update, scaling}: ForwardPass, {r, alpha}: FormulaParams): Summary => [
  `At r = ${r} and α = ${alpha}, h = W₀x + ΔWx = ${entriesOf(base)} + ${entriesOf(update)} = ${entriesOf(h)}. BAx is multiplied by α/r = ${significant(scaling, 6)}.`,
  [
    ["h", entriesOf(h)],
    ["α/r", significant(scaling, 6)],
  ],
];

const countOf = (
  {model, names, layers, matrices, width, total, perMatrix, full}: Count,
  {r}: FormulaParams,
): Summary => [
  `LoRA on ${names.join(", ")} in ${layers} layers of ${model}: |Θ| = 2 × ${matrices} × ${whole(width)} × ${r} = ${whole(total)}. Each adapted matrix trains ${whole(perMatrix)} numbers instead of ${whole(full)}.`,
  [
    ["|Θ|", whole(total)],
    ["For one matrix", whole(perMatrix)],
  ],
];

const similarity = ({phi, squares}: Similarity, {i, j}: FormulaParams): Summary => [
  `At i = ${i} and j = ${j} the squared cosines add up to ${fixed(squares, 3)}, of at most ${Math.min(i, j)}, so φ = ${fixed(phi, 3)}, the share of the smaller space that lies in the larger.`,
  [["φ", fixed(phi, 3)]],
];

function tell(result: FormulaResult, params: FormulaParams): Summary {
  if (result.kind === "forward") return forwardPass(result, params);
  if (result.kind === "count") return countOf(result, params);
  return result.kind === "similarity" ? similarity(result, params) : objective(result, params);
}

export default widget({
  title: "What does each symbol mean, and which line computes it?",
  guide: "Point at a symbol, or move with the arrow keys: it is explained and lights up everywhere.",
  sources: ["Hu et al. 2021, eq. 1–4, §4.1 and §5.1"],
  controls,
  bounds,
  compute,
  // Of these each formula has one or two.
  main: ["step", "matrices", "r", "i", "j"],
  draw(picture, result, params, act, room) {
    const {which, symbol, code} = params;
    const lit = litOf(which, symbol);
    const onPick = (picked: string) => {
      if (picked !== lit) act.set({symbol: picked});
    };
    printed(picture, which, lit, onPick);
    meaning(picture, entries[which][lit], lit, valuesOf(result, params)[lit]);
    if (room.size === "dock") return;
    example(picture, result, params, lit, onPick, room.size);
    if (room.size === "slide") return;
    listings(picture, listingsOf(params), {
      shown: code || "pytorch",
      lit,
      onShow: (name) => act.set({code: name}),
      onPick: (picked) => {
        if (entries[which][picked]) onPick(picked);
      },
    });
  },
  says(result, params) {
    if (result.kind === "forward") {
      const {base, update, h} = result;
      return `At r = ${params.r}, h = W₀x + ΔWx = ${entriesOf(base)} + ${entriesOf(update)} = ${entriesOf(h)}.`;
    }
    if (result.kind === "count")
      return `LoRA on ${listed(result.names)} in ${result.layers} layers of ${result.model} trains ${whole(result.total)} parameters.`;
    if (result.kind === "similarity")
      return `At i = ${params.i} and j = ${params.j}, φ is ${fixed(result.phi, 3)}: the share of the smaller space that lies in the larger.`;
    return `After ${counted(params.step, "step")} the log-probabilities add up to ${fixed(result.sum, 3)}; at Φ₀ the sum was ${fixed(result.start, 3)}.`;
  },
  summary: (result, params) => tell(result, params)[0],
  readouts: (result, params) => tell(result, params)[1].map(([label, value, note]) => ({label: [label], value, note})),
  table(result, params) {
    const values = valuesOf(result, params);
    return {
      caption: `Symbols of the formula: ${formulas[params.which].place}`,
      columns: ["Symbol", "Meaning", "Shape", "Here"],
      rows: Object.entries(entries[params.which]).map(([id, {text, name, note, shape}]) => [
        plainly(text),
        `${name}. ${note}`,
        shape,
        values[id],
      ]),
    };
  },
  provenance: () => ({kind: "live", text: "computed here"}),
  challenge: {
    text: "reach the goal of the example.",
    met(result, {matrices, r}) {
      if (result.kind === "forward") return r === 2 && result.scaling === r;
      // Half the rank on twice as many square matrices.
      if (result.kind === "count") return r === 2 && matrices === "qkvo";
      return result.kind === "similarity" ? result.phi === Math.max(...result.grid.data) : result.loss < 0.05;
    },
  },
});
