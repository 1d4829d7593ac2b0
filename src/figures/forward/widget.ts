/** One adapted layer with all its numbers, stage by stage from freezing to merging. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {figure} from "../../figure/declare.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, significant, thousandths, tiny, whole} from "../../figure/plot/text/format.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {crossHighlight} from "./drawing/crossHighlight.ts";
import {entryInFull, entryLine, exactText} from "./drawing/entry.ts";
import {roadHeight} from "./drawing/places.ts";
import {type Block, drawRoad} from "./drawing/road.ts";
import {symbolTokens} from "./drawing/tokens.ts";
import {flightsOf} from "./flights.ts";
import {
  bounds,
  compute,
  controls,
  DIVERGENCE_FACTOR,
  type ForwardParams,
  type ForwardResult,
  isByHand,
} from "./model.ts";
import {type ForwardStage, type LayerPart, type PlacedPart, partNames, partNumbers, stageParts} from "./parts.ts";
import {traceAt, tracedEntry} from "./trace.ts";

const normText = (x: number): string => (Number.isInteger(x) && x < 1e6 ? whole(x) : thousandths(x));
const cellText = (x: number): string => (x === 0 ? "0" : fixed(x, 2));
/** The name of a stage without its number. */
const stageName = (stage: ForwardStage): string => controls.stage.options[stage].slice(2);

/** The blocks of the stage, with their numbers and what of them goes into the traced entry. */
function blocksOf(result: ForwardResult, params: ForwardParams): (Block & PlacedPart)[] {
  const numbers = partNumbers(result);
  const {lit} = tracedEntry(result, params);
  const {stage} = params;
  const hasExamples = isByHand(params) && (stage === "forward" || stage === "backward");
  const example = hasExamples ? (result.step ? ", next" : ", first") : "";
  return stageParts(stage, params, significant(result.scaling, 3), example).map((block) =>
    block.empty ? block : {...block, matrix: numbers[block.part], lit: lit[block.part]},
  );
}

/** The blocks in words. */
const altText = (blocks: readonly Block[]): string =>
  blocks
    .flatMap(({matrix, label}) =>
      matrix
        ? label.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("") +
          (matrix.data.some(Boolean) ? "" : ", all 0")
        : [],
    )
    .join("; ");

function layerRoad(result: ForwardResult, params: ForwardParams, act: Act): Drawing {
  const {stage, d, k, r, trace, row, column} = params;
  const blocks = blocksOf(result, params);
  const height = (cell: number, most: number) => Math.min(roadHeight(params, cell), most);
  return {
    name: "road",
    height: {narrow: height(32, 300), mid: height(36, 320), wide: height(44, 360)},
    alt: altText(blocks),
    isElastic: true,
    draw: (g, sheet) =>
      drawRoad(g, sheet, {
        d,
        k,
        r,
        blocks,
        shown: `${stage} ${trace} ${row} ${column}`,
        isBack: stage === "backward",
        hasAdapter: stage !== "freeze" && stage !== "merge",
        flights: flightsOf(params),
        onPoint(part, row, column) {
          const to = traceAt(stage, part as LayerPart, row, column);
          if (Object.entries(to).some(([name, value]) => params[name as keyof ForwardParams] !== value)) act.set(to);
        },
      }),
  };
}

const entryOf = (result: ForwardResult, params: ForwardParams, isFull: boolean): Box => ({
  name: "entry",
  html(box) {
    (isFull ? entryInFull : entryLine)(box, tracedEntry(result, params));
    crossHighlight(box.closest(".plots")!);
  },
});

const vector = ({data}: Matrix): string =>
  `(${Array.from(data, (x) => (Number.isInteger(x) ? fixed(x, 0) : fixed(x, 2))).join(", ")})`;

/** What the stage shows at this step, and what it means. */
function says(result: ForwardResult, params: ForwardParams): readonly [string, string?] {
  const {stage, steps, rate, d} = params;
  const {frozen, trained, loss, lossOfW0, norms, difference, scaling, step, divergedAt, B, base, up, h} = result;
  const after = `After ${counted(step, "step")}`;
  const next = isByHand(params) ? ", on the next example," : "";
  if (divergedAt)
    return [
      `At step ${divergedAt} of ${steps} the loss is over ${DIVERGENCE_FACTOR} times that of W₀ alone: η·α/r = ${significant(Number(rate) * scaling, 3)} is too large. You see step ${step}; lower η or α.`,
    ];
  switch (stage) {
    case "freeze":
      return [
        `Training never changes the ${whole(frozen)} weights of W₀. They give h = W₀x, which is off from y: a loss of ${normText(lossOfW0)}.`,
      ];
    case "insert":
      return step === 0
        ? [
            "A starts with values and B with zeros, so BA is exactly 0 and h is what it was before.",
            `${whole(trained)} parameters to train are added to ${whole(frozen)} frozen ones${trained < frozen ? "" : ", which saves nothing in so small a layer"}.`,
          ]
        : [
            `${after} ${step === 1 ? "only B has moved" : "A and B have moved"}; W₀ is what it was.`,
            `‖ΔW‖ is ${normText(norms.delta)}: ${
              step === 1
                ? `only the ${whole(B.data.length)} entries of B have moved, as A had a gradient of exactly 0 with B at zero`
                : `all ${whole(trained)} entries of A and B have moved`
            }, and the ${whole(frozen)} weights of W₀ are as before.`,
          ];
    case "forward":
      if (step === 0)
        return [`B is zero, so the path through A and B adds exactly 0: h is W₀x. The loss is ${normText(loss)}.`];
      return [
        d === 2
          ? `${after}${next} W₀x is ${vector(base)}, and the path through A and B adds ${vector(up)}: h is ${vector(h)}.`
          : `${after} the path through A and B adds to W₀x a vector of length ${normText(norms.up)}.`,
        `The loss is ${normText(loss)}; with W₀ alone it is ${normText(lossOfW0)}.`,
      ];
    case "backward":
      return step === 0
        ? [
            "B is zero, so the gradient of A is exactly 0 and only B will move; none is stored for W₀.",
            `∂L/∂B has norm ${normText(norms.dB)}, and g flows on through W₀: ∂L/∂x has norm ${normText(norms.dx)}.`,
          ]
        : [
            `${after} B is no longer zero, so A gets a gradient too; none is stored for W₀.`,
            `The norm of ∂L/∂A is ${normText(norms.dA)}, that of ∂L/∂B ${normText(norms.dB)}, and g flows on through W₀ and A: ∂L/∂x has norm ${normText(norms.dx)}.`,
          ];
    case "merge":
      return [
        `Merging adds (α/r)BA into W: one matrix is left, and Wx equals h ${difference ? "up to rounding" : "to the last bit"}.`,
        `One product of ${whole(frozen)} multiply–adds replaces ${whole(frozen + trained)}${difference ? `; no output differs by more than ${tiny(difference)}` : ""}.`,
      ];
  }
}

function readouts(result: ForwardResult, params: ForwardParams) {
  const {formula, value} = tracedEntry(result, params);
  const {norms} = result;
  const {stage} = params;
  const trained: Rich = ["Trained parameters"];
  const readoutsByStage: Record<ForwardStage, readonly [label: Rich, value: string, note: string]> = {
    freeze: [trained, "0", `of ${whole(result.frozen)}`],
    insert: [trained, whole(result.trained), "r(d + k)"],
    forward: [["‖(α/r)", symbol.B, symbol.A, "x‖"], normText(norms.up), ""],
    backward: [["‖∂L/∂", symbol.A, "‖"], normText(norms.dA), norms.dA ? "" : "since B is zero"],
    merge: [["Merged against unmerged"], tiny(result.difference), "largest difference in h"],
  };
  const [label, stageValue, note] = readoutsByStage[stage];
  return [
    {label: symbolTokens(formula).slice(0, 1), value: exactText(value)},
    {label: ["Loss"], value: normText(stage === "freeze" ? result.lossOfW0 : result.loss), note: "½‖h − y‖²"},
    {label, value: stageValue, note},
  ];
}

function table(result: ForwardResult, params: ForwardParams) {
  const numbers = partNumbers(result);
  const drawnParts = blocksOf(result, params).flatMap(({part, matrix}) => (matrix ? [part] : []));
  // Terms of sums that the picture does not show.
  const others: readonly LayerPart[] = params.stage === "backward" ? ["h", "y"] : ["y"];
  const width = Math.max(params.d, params.k);
  const rows = [...new Set([...drawnParts, ...others])].flatMap((part) => {
    const {rows: count, cols, data} = numbers[part];
    return Array.from({length: count}, (_, i) => [
      count > 1 ? `${partNames[part]}, row ${i + 1}` : partNames[part],
      ...Array.from({length: width}, (_, j) => (j < cols ? cellText(data[i * cols + j]!) : "")),
    ]);
  });
  return {
    caption: `Every value at ${stageName(params.stage)}, step ${result.step}`,
    columns: ["What", ...Array.from({length: width}, (_, j) => String(j + 1))],
    rows,
  };
}

export default figure<typeof controls, ForwardResult>({
  title: "Where does x go?",
  guide:
    "Point at a number to see its sum, or at a name in the formula or the code (which counts from 0) to find it in the picture. Each step is SGD on one x with target y, so g = ∂L/∂h is h − y; the first step of the 2 × 2 layer has another x than those after it.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  main: ["stage", "steps"],
  picture: (result, params, act, size) => ({
    parts: [layerRoad(result, params, act), entryOf(result, params, size === "full")],
  }),
  says,
  readouts,
  table,
  source: (params) => ({kind: "live", text: isByHand(params) ? "by hand" : `seed ${params.seed}`}),
  challenge: {
    text: "at the start ∂L/∂A is exactly 0. Make it nonzero, and look at it in Backward.",
    met: ({norms}, {stage}) => stage === "backward" && norms.dA > 0,
  },
});
