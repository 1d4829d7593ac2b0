/** The figure “How thin is what LoRA trains?”: its picture, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {attributes, children} from "../../figure/plot/children.ts";
import type {Drawing, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {drawHandle} from "./handle.ts";
import {drawLayers} from "./layers.ts";
import {animateZoom, drawThreadLens} from "./lens.ts";
import {
  BREAK_EVEN,
  compute,
  controls,
  drawnThickness,
  isWholeModel,
  LAYER_COUNT,
  markOf,
  rankStops,
  SQUARE_SIDE,
  SQUARE_WEIGHTS,
  type ThreadsParams,
  type ThreadsResult,
} from "./model.ts";
import {drawMatrices, drawSquareWords, gapAt, geometryOf} from "./square.ts";
import {countBox, threeDigits, wordsOf} from "./words.ts";

/** The square and its threads to scale, the lens on their corner, and the handle. */
function threadsDrawing(result: ThreadsResult, params: ThreadsParams, act: Act): Drawing {
  const {r, zoom} = params;
  return {
    name: "threads",
    alt: isWholeModel(zoom)
      ? `${LAYER_COUNT} layers of six frozen matrices each, to scale, with B and A at two of the six`
      : `A square of ${whole(SQUARE_SIDE)} by ${whole(SQUARE_SIDE)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(SQUARE_SIDE / r, 4)} of the side thick`,
    height: {narrow: 300, mid: 323, wide: 480},
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) => drawThreads(g, result, params, act, sheet),
  };
}

/** Draws everything into a square in the middle of the picture. */
function drawThreads(plot: Element, {trained}: ThreadsResult, params: ThreadsParams, act: Act, {width, height}: Sheet) {
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
  const geometry = geometryOf(edge, r, 10 ** zoom);
  const visible = {left: 0, top: 0, right: edge, bottom: edge};
  const thickness = geometry.unit * drawnThickness(zoom, r);
  drawMatrices(plane, {...geometry, thickness, r, gap: gapAt(geometry.side)}, visible);
  if (layers) drawLayers(layers, geometry, {thickness, isMerged: mark === "merged", trained}, visible);
  attributes(words, {"aria-hidden": "true"});
  drawSquareWords(words, geometry, r);
  drawThreadLens(lens, geometry, {r, zoom, onPress: () => animateZoom(plot, zoom, controls.zoom.max, act)});
  drawHandle(hold, geometry, r, act);
}

export default figure<typeof controls, ThreadsResult>({
  title: "How thin is what LoRA trains?",
  guide:
    "Press the lens to fly to the corner; the round handle there changes r. All lengths are to scale except gaps and, from afar, the threads’ thickness. Zoomed out, you see six matrices for each layer of GPT-3, 99% of its weights; the two of the MLP lie on their sides.",
  sources: ["Hu et al. 2021, §4.2"],
  controls,
  compute,
  main: ["zoom"],
  picture: (result, params, act) => ({
    parts: [threadsDrawing(result, params, act), countBox(wordsOf(result, params))],
    columns: [480, 160],
  }),
  says: (result, params) => wordsOf(result, params).says,
  readouts: ({lora, ratio}, {r}) => [
    {
      label: [symbol.B, " and ", symbol.A],
      value: whole(lora),
      note: `${whole(r)} × (${whole(SQUARE_SIDE)} + ${whole(SQUARE_SIDE)})`,
    },
    {
      label: ["The square"],
      value: whole(SQUARE_WEIGHTS),
      note: `${whole(SQUARE_SIDE)} × ${whole(SQUARE_SIDE)}, frozen`,
    },
    {label: ["Trained"], value: `1 for ${threeDigits(ratio)}`, note: "weights of the square"},
    {label: ["A thread’s thickness"], value: `1/${significant(SQUARE_SIDE / r, 6)}`, note: "of the side"},
    {label: ["Break-even rank"], value: whole(BREAK_EVEN), note: "dk / (d + k)"},
  ],
  table: (_, {r}) => ({
    caption: `B and A beside one ${whole(SQUARE_SIDE)} × ${whole(SQUARE_SIDE)} matrix of ${whole(SQUARE_WEIGHTS)} weights`,
    columns: ["Rank", "B and A", "Weights for each of their parameters"],
    rows: [...new Set([...rankStops, r])]
      .sort((one, other) => one - other)
      .map((rank) => [
        whole(rank),
        whole(rank * 2 * SQUARE_SIDE),
        significant(SQUARE_WEIGHTS / (rank * 2 * SQUARE_SIDE), 6),
      ]),
  }),
  source: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "thicken the threads until they weigh as much as the square.",
    met: ({ratio}) => ratio === 1,
  },
});
