/** One adapted layer with all its numbers, stage by stage from freezing to merging. */
import {figure} from "../../figure/declare.ts";
import {each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, significant, thousandths, whole} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {blocksOf, heightFor} from "./blocks.ts";
import {
  bounds,
  compute,
  controls,
  DIVERGENCE_FACTOR,
  type ForwardParams,
  type ForwardResult,
  isByHand,
  type LayerPart,
  normOf,
} from "./model.ts";
import {drawRoad} from "./road.ts";
import {traceAt, tracedEntry} from "./trace.ts";

/** The drawing of the layer, in which a reader traces an entry by pointing at it. */
function layerDrawing(result: ForwardResult, params: ForwardParams, act: Act): Drawing {
  const blocks = blocksOf(params.stage, params, significant(result.scaling, 3));
  const traced = tracedEntry(result, params);
  const height = (cell: number, max: number) => Math.min(heightFor(params, cell), max);
  return {
    name: "road",
    height: {narrow: height(32, 300), mid: height(36, 320), wide: height(44, 360)},
    alt: blocks
      .filter(({isEmpty}) => !isEmpty)
      .map(({label, part}) => label + (result.parts[part].data.some(Boolean) ? "" : ", all 0"))
      .join("; "),
    isElastic: true,
    draw: (g, sheet) =>
      drawRoad(g, sheet, {
        blocks,
        parts: result.parts,
        params,
        traced,
        onPoint(at) {
          const change = traceAt(params.stage, at);
          if (Object.entries(change).some(([name, value]) => params[name as keyof ForwardParams] !== value))
            act.set(change);
        },
      }),
  };
}

/** With more terms than this, a card shows the traced entry in symbols instead of numbers. */
const MAX_TERMS = 4;

/** The traced entry in one line; in Explore as a formula, in numbers and in code. */
function entryBox(result: ForwardResult, params: ForwardParams, isFull: boolean): Box {
  const {name, value, formula, numbers, code, termCount} = tracedEntry(result, params);
  const inNumbers: Rich = [...name, " = ", ...numbers, ` = ${value}`];
  const inSymbols: Rich = [...name, " = ", ...formula];
  const shortForm = termCount > MAX_TERMS ? [...inSymbols, ` = ${value}`] : inNumbers;
  return {
    name: "entry",
    html(box) {
      const entry = layer(box, "div", isFull ? "entryline" : "entryline short");
      each(entry, "p", isFull ? [inSymbols, inNumbers] : [shortForm], (line, text) => write(line, text));
      each(entry, "code", isFull ? [code] : [], (line, text) => write(line, [text]));
    },
  };
}

/** A norm or loss: exactly if it is whole, else to thousandths. */
const normText = (x: number): string => (Number.isInteger(x) && x < 1e6 ? whole(x) : thousandths(x));

/** A vector by its numbers if it has two, else by its length. */
function vectorText(result: ForwardResult, part: LayerPart): string {
  const {data} = result.parts[part];
  if (data.length > 2) return `a vector of length ${normText(normOf(result, part))}`;
  return `(${Array.from(data, (x) => fixed(x, Number.isInteger(x) ? 0 : 2)).join(", ")})`;
}

/** The sentences: what the stage shows at this step, and what it means. */
function says(result: ForwardResult, params: ForwardParams): readonly [string, string?] {
  const {stage, steps, rate} = params;
  const {parts, loss, lossOfW0, difference, scaling, step, divergedAt} = result;
  const frozenCount = parts.W0.data.length;
  const trainedCount = parts.A.data.length + parts.B.data.length;
  const after = `After ${counted(step, "step")}`;
  const afterAtRate = `${after} at η = ${rate}`;
  // The layer by hand takes its first step from another example than all later ones.
  const byHand = isByHand(params);
  const start = byHand ? `On the first example, x = ${vectorText(result, "x")}, B` : "B";
  const next = byHand ? ", on the next example," : "";
  if (divergedAt)
    return [
      `At step ${divergedAt} of ${steps} the loss is over ${DIVERGENCE_FACTOR} times that of W₀ alone: η·α/r = ${significant(Number(rate) * scaling, 3)} is too large. You see step ${step}; lower η or α.`,
    ];
  switch (stage) {
    case "freeze":
      return [
        `Training never changes the ${whole(frozenCount)} weights of W₀. They give h = W₀x, which is off from y: a loss of ${normText(lossOfW0)}.`,
      ];
    case "insert":
      return [
        step
          ? `${afterAtRate} ${step === 1 ? "only B has moved" : "A and B have moved"}; W₀ is what it was.`
          : "A starts with values and B with zeros, so BA is exactly 0 and h is what it was before.",
        `${whole(trainedCount)} parameters to train are added to ${whole(frozenCount)} frozen ones.`,
      ];
    case "forward": {
      if (!step)
        return [
          `${start} is zero, so the path through A and B adds exactly 0: h is W₀x. The loss is ${normText(loss)}.`,
        ];
      return [
        `${after}${next} W₀x is ${vectorText(result, "base")}, and the path through A and B adds ${vectorText(result, "up")}: h is ${vectorText(result, "h")}.`,
        `The loss is ${normText(loss)}; with W₀ alone it is ${normText(lossOfW0)}.`,
      ];
    }
    case "backward":
      return [
        step
          ? `${afterAtRate}${next} B is no longer zero, so A gets a gradient too; none is stored for W₀.`
          : `${start} is zero, so the gradient of A is exactly 0 and only B will move; none is stored for W₀.`,
        `∂L/∂B has norm ${normText(normOf(result, "db"))}, and g flows on to x: ∂L/∂x has norm ${normText(normOf(result, "dx"))}.`,
      ];
    case "merge":
      return [
        `Merging adds (α/r)BA into W: one matrix is left, and Wx equals h ${difference ? "up to rounding" : "to the last bit"}.`,
        `One product of ${whole(frozenCount)} multiply–adds replaces ${whole(frozenCount + trainedCount)}.`,
      ];
  }
}

function readouts(result: ForwardResult, params: ForwardParams) {
  const {loss, lossOfW0} = result;
  const {name, value} = tracedEntry(result, params);
  return [
    {label: name, value},
    {label: ["Loss"], value: normText(params.stage === "freeze" ? lossOfW0 : loss), note: "½‖h − y‖²"},
    {
      label: ["‖∂L/∂", symbol.A, "‖"],
      value: normText(normOf(result, "da")),
      note: result.step ? "" : "since B is zero",
    },
  ];
}

/** The name of each part in the table, in the order of its rows. */
const partNames: Readonly<Record<LayerPart, string>> = {
  x: "x",
  W0: "W₀",
  A: "A",
  B: "B",
  base: "W₀x",
  down: "Ax",
  up: "(α/r)BAx",
  h: "h",
  y: "y",
  g: "g = h − y",
  du: "(α/r)Bᵀg",
  da: "∂L/∂A",
  db: "∂L/∂B",
  dx: "∂L/∂x",
  dw: "ΔW",
  w: "W",
  out: "Wx",
};

/** The table of every value of the layer; a part with one column is written as one row. */
function table({parts, step}: ForwardResult, {d, k}: ForwardParams) {
  const width = Math.max(d, k);
  const cellText = (x: number | undefined): string => (x === undefined ? "" : x === 0 ? "0" : fixed(x, 2));
  const rows = (Object.keys(partNames) as LayerPart[]).flatMap((part) => {
    const {rows, cols, data} = parts[part];
    const [count, length] = cols === 1 ? [1, rows] : [rows, cols];
    return Array.from({length: count}, (_, i) => [
      count > 1 ? `${partNames[part]}, row ${i + 1}` : partNames[part],
      ...Array.from({length: width}, (_, j) => cellText(j < length ? data[i * length + j] : undefined)),
    ]);
  });
  return {
    caption: `Every value of the layer at step ${step}`,
    columns: ["What", ...Array.from({length: width}, (_, j) => String(j + 1))],
    rows,
  };
}

export default figure<typeof controls, ForwardResult>({
  title: "Where does x go?",
  guide:
    "Point at a number to see its sum. Code counts from 0. Each step is SGD on one x with target y, so g = ∂L/∂h is h − y; the first step of the 2 × 2 layer has another x than those after it.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  main: ["stage", "steps"],
  picture: (result, params, act, size) => ({
    parts: [layerDrawing(result, params, act), entryBox(result, params, size === "full")],
  }),
  says,
  readouts,
  table,
  source: (params) => ({kind: "live", text: isByHand(params) ? "by hand" : `seed ${params.seed}`}),
  challenge: {
    text: "at the start ∂L/∂A is exactly 0. Make it nonzero, and look at it in Backward.",
    met: ({parts}, {stage}) => stage === "backward" && parts.da.data.some(Boolean),
  },
});
