/** The figure “How thin is what LoRA trains?”: its picture, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {attributes, children} from "../../figure/plot/children.ts";
import type {Drawing, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {gapAt, geometryOf} from "./geometry.ts";
import {drawHandle} from "./handle.ts";
import {drawLayers} from "./layers.ts";
import {animateZoom, drawThreadLens} from "./lens.ts";
import {drawMatrices} from "./matrices.ts";
import {
  bounds,
  compute,
  controls,
  draggedRank,
  drawnThickness,
  isWholeModel,
  LAYERS,
  markOf,
  rankStops,
  steppedRank,
  type ThreadsParams,
  type ThreadsResult,
} from "./model.ts";
import {drawSquareWords} from "./squareWords.ts";
import {countBox, threeDigits, wordsOf} from "./words.ts";

/** The square and its threads to scale, the lens on their corner, and the handle. */
function threadsDrawing(result: ThreadsResult, params: ThreadsParams, act: Act): Drawing {
  const {d} = result;
  const {r, zoom} = params;
  return {
    name: "threads",
    alt: isWholeModel(zoom)
      ? `${LAYERS} layers of six frozen matrices each, to scale, with B and A at two of the six`
      : `A square of ${whole(d)} by ${whole(d)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(d / r, 4)} of the side thick`,
    height: {narrow: 300, mid: 323, wide: 480},
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) => drawThreads(g, result, params, act, sheet),
  };
}

/** Draws everything into a square in the middle of the picture. */
function drawThreads(plot: Element, result: ThreadsResult, params: ThreadsParams, act: Act, {width, height}: Sheet) {
  const {d, breakEven, maxZoom} = result;
  const {r, zoom} = params;
  const mark = markOf(params);
  const edge = Math.min(width, height);
  const [g] = children(plot, "g", ["square"]) as [Element];
  attributes(g, {
    transform: width > edge ? `translate(${rounded((width - edge) / 2)} 0)` : null,
    "data-mark": mark === "none" ? null : mark,
  });
  const names = ["plane", "words", "lens", "hold", ...(zoom < 0 ? ["layers"] : [])];
  const groups = children(g, "g", names) as [Element, Element, Element, Element, Element?];
  const [plane, words, lens, hold, layers] = groups;
  const geometry = geometryOf(edge, d, r, 10 ** zoom);
  const visible = {left: 0, top: 0, right: edge, bottom: edge};
  const thickness = geometry.unit * drawnThickness(zoom, r, d);
  drawMatrices(
    plane,
    {corner: geometry.corner, unit: geometry.unit, thickness, r, d, gap: gapAt(geometry.side)},
    visible,
  );
  if (layers) drawLayers(layers, geometry, {thickness, isMerged: mark === "merged"}, result, visible);
  attributes(words, {"aria-hidden": "true"});
  drawSquareWords(words, geometry, {d, r});
  drawThreadLens(lens, geometry, {d, r, zoom, onPress: () => animateZoom(plot, zoom, maxZoom, act)});
  drawHandle(hold, geometry, {
    r,
    maxRank: breakEven,
    onStep: (steps) => act.set((now) => ({r: steppedRank(Number(now.r), steps, breakEven)})),
    onMove: (from, distance) => act.set({r: draggedRank(from, distance, geometry.unit, breakEven)}),
    onCancel: (from) => act.set({r: from}),
  });
}

export default figure<typeof controls, ThreadsResult>({
  title: "How thin is what LoRA trains?",
  guide:
    "Press the lens to fly to the corner; the round handle there changes r. All lengths are to scale except gaps and, from afar, the threads’ thickness. Zoomed out, you see six matrices for each layer of GPT-3, 99% of its weights; the two of the MLP lie on their sides.",
  sources: ["Hu et al. 2021, §4.2"],
  controls,
  bounds,
  compute,
  main: ["zoom"],
  picture: (result, params, act) => ({
    parts: [threadsDrawing(result, params, act), countBox(wordsOf(result, params))],
    columns: [480, 160],
  }),
  says: (result, params) => wordsOf(result, params).says,
  readouts: ({d, full, lora, ratio, breakEven}, {r}) => [
    {label: [symbol.B, " and ", symbol.A], value: whole(lora), note: `${whole(r)} × (${whole(d)} + ${whole(d)})`},
    {label: ["The square"], value: whole(full), note: `${whole(d)} × ${whole(d)}, frozen`},
    {label: ["Trained"], value: `1 for ${threeDigits(ratio)}`, note: "weights of the square"},
    {label: ["A thread’s thickness"], value: `1/${significant(d / r, 6)}`, note: "of the side"},
    {label: ["Break-even rank"], value: whole(breakEven), note: "dk / (d + k)"},
  ],
  table: ({d, full, breakEven}, {r}) => ({
    caption: `B and A beside one ${whole(d)} × ${whole(d)} matrix of ${whole(full)} weights`,
    columns: ["Rank", "B and A", "Weights for each of their parameters"],
    rows: [...new Set([...rankStops(breakEven), r])]
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * 2 * d), significant(full / (rank * 2 * d), 6)]),
  }),
  source: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "thicken the threads until they weigh as much as the square.",
    met: ({ratio}) => ratio === 1,
  },
});
