import {fixed, significant, times, whole} from "../../figures/format.ts";
import {layer} from "../../figures/layer.ts";
import {listings} from "../../figures/listing.ts";
import {type Readout, widget} from "../widget.ts";
import {listingsOf} from "./code.ts";
import {formulas, litOf, symbolsOf} from "./formulas.ts";
import {entries, entriesOf, hereOf} from "./meanings.ts";
import {
  bounds,
  type Compared,
  type Counted,
  compute,
  controls,
  type FormulaParams,
  type Passed,
  type Tuned,
} from "./model.ts";
import {example, meaning, printed} from "./pictures.ts";

const count = (n: number, one: string, many: string): string => `${whole(n)} ${n === 1 ? one : many}`;

function tuned({start, sum, loss, trained, frozen, moved, kind}: Tuned, {step, r, alpha}: FormulaParams): string {
  const loss_ = `Training minimizes the mean of its negative, the loss, now ${fixed(loss, 3)}.`;
  const sums = `the sum of log-probabilities ${step ? `from ${fixed(start, 3)} to ${fixed(sum, 3)}` : `at ${fixed(sum, 3)}`}`;
  const after = `${count(step, "step", "steps")} of training`;
  if (kind === "objective")
    return `${step ? `After ${after} on all ${whole(trained)} numbers of Φ, Φ has brought` : `Before any training, all ${whole(trained)} numbers of Φ stand at Φ₀ and leave`} ${sums}. ${loss_}`;
  const adapter = `the ${whole(trained)} numbers of Θ (r = ${r}, α = ${alpha})`;
  return `${step ? `After ${after}, ${adapter} have brought` : `Before any training, ${adapter} leave`} ${sums}, and the ${whole(frozen)} of Φ₀ have moved by ${significant(moved, 2)}. ${loss_}`;
}

const passed = ({h, base, update, scaling}: Passed, {r}: FormulaParams): string =>
  `W₀x = ${entriesOf(base)} and, at r = ${r}, the update adds ${entriesOf(update)}, so h = ${entriesOf(h)}. The product BAx is multiplied by α/r = ${significant(scaling, 6)}.`;

const counted = (
  {model, names, layers, matrices, width, total, perMatrix, full}: Counted,
  {r}: FormulaParams,
): string =>
  `LoRA on ${names.join(", ")} in ${layers} layers of ${model} adapts ${matrices} matrices, so |Θ| = 2 × ${matrices} × ${whole(width)} × ${r} = ${whole(total)}. For each, A and B train ${whole(perMatrix)} numbers instead of ${whole(full)}.`;

function compared({phi, squares}: Compared, {i, j}: FormulaParams): string {
  const smaller = Math.min(i, j);
  return `With i = ${i} and j = ${j}, the squared cosines add up to ${fixed(squares, 3)} of the ${smaller} that ${smaller === 1 ? "is" : "are"} possible, so φ = ${fixed(phi, 3)}. ${i <= j ? "It says how much of the first space lies in the second." : "It says how much of the second space lies in the first."}`;
}

const readouts = {
  tuned: ({start, sum, loss, trained, frozen, moved, kind}: Tuned): Readout[] => [
    {label: ["Sum of log P"], value: fixed(sum, 3), note: `${fixed(start, 3)} at Φ₀`},
    {label: ["Loss"], value: fixed(loss, 3), note: "mean of −log P"},
    {label: ["Trained"], value: whole(trained), note: "numbers"},
    ...(kind === "objective"
      ? []
      : [{label: ["Φ₀ moved by"], value: significant(moved, 2), note: `${whole(frozen)} frozen numbers`}]),
  ],
  passed: ({h, scaling}: Passed): Readout[] => [
    {label: [{symbol: "h", text: "h"}], value: entriesOf(h)},
    {label: [{symbol: "alpha", text: "α"}, "/", {symbol: "r", text: "r"}], value: significant(scaling, 6)},
  ],
  counted: ({total, matrices, names, layers, perMatrix, full}: Counted): Readout[] => [
    {label: ["|Θ|"], value: whole(total), note: "trained parameters"},
    {label: ["Adapted matrices"], value: whole(matrices), note: `${names.length} × ${layers} layers`},
    {label: ["For one matrix"], value: whole(perMatrix), note: `of ${whole(full)}, ${times(full / perMatrix)} fewer`},
  ],
  compared: ({phi, squares}: Compared): Readout[] => [
    {label: ["φ"], value: fixed(phi, 3)},
    {label: ["Sum of squared cosines"], value: fixed(squares, 3)},
  ],
};

export default widget({
  title: "What does each symbol mean, and which line computes it?",
  guide:
    "Point at a symbol, or reach the formula with Tab and go on with the arrow keys: its meaning, its value here and its name in the code light up. Point at the code for the reverse.",
  sources: ["Hu et al. 2021, eq. 1–4, §4.1 and §5.1"],
  controls,
  bounds,
  compute,
  draw(picture, result, params, act) {
    const {which, symbol, code} = params;
    const lit = litOf(which, symbol);
    const onPick = (picked: string) => {
      if (picked !== lit) act.set({symbol: picked});
    };
    printed(picture, which, lit, onPick);
    meaning(picture, entries[which][lit], lit, hereOf(result, params)[lit]);
    example(picture, result, params, lit, onPick);
    listings(picture, listingsOf(params), {
      shown: code || "pytorch",
      lit,
      onShow: (name) => act.set({code: name}),
      onPick: (picked) => {
        if (entries[which][picked]) onPick(picked);
      },
    });
    layer(picture, "p", "aside").textContent = formulas[which].aside;
  },
  summary(result, params) {
    if (result.kind === "forward") return passed(result, params);
    if (result.kind === "count") return counted(result, params);
    return result.kind === "similarity" ? compared(result, params) : tuned(result, params);
  },
  readouts(result) {
    if (result.kind === "forward") return readouts.passed(result);
    if (result.kind === "count") return readouts.counted(result);
    return result.kind === "similarity" ? readouts.compared(result) : readouts.tuned(result);
  },
  table(result, params) {
    const here = hereOf(result, params);
    return {
      caption: `Symbols of the formula: ${formulas[params.which].place}`,
      columns: ["Symbol", "Meaning", "Shape", "Here"],
      rows: symbolsOf(formulas[params.which].pieces).map((id) => {
        const {text, name, note, shape} = entries[params.which][id];
        return [text, `${name}. ${note}`, shape, here[id]];
      }),
    };
  },
  provenance: () => ({kind: "live", text: "computed here"}),
  challenge: {
    text: "with the count, spend on all four attention matrices exactly what r = 4 on Wq and Wv takes in the same model.",
    met: (result, {matrices}) => result.kind === "count" && matrices === "qkvo" && result.total === result.budget,
  },
});
