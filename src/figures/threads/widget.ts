/** The figure “How thin is what LoRA trains?”: its picture, sentences, readouts, table and challenge. */
import {countAt} from "../../figure/controls.ts";
import {figure} from "../../figure/declare.ts";
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box, Drawing, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {gapAt, geometry} from "./drawing/geometry.ts";
import {handle} from "./drawing/handle.ts";
import {allLayers} from "./drawing/layers.ts";
import {lensOpacity, threadLens} from "./drawing/lens.ts";
import {person, TALL} from "./drawing/person.ts";
import {matrixPieces} from "./drawing/pieces.ts";
import {factorNames, hasWords, SMALL, squareWords} from "./drawing/words.ts";
import {zoomGestures} from "./drawing/zoomGestures.ts";
import {markedCount, markedWords, markOf, millions} from "./marked.ts";
import {
  bounds,
  compute,
  controls,
  dragged,
  drawnThickness,
  isModel,
  LAYERS,
  MATRICES,
  PER_LAYER,
  ranks,
  stepped,
  type ThreadsParams,
  type ThreadsResult,
} from "./model.ts";
import {animateZoom, stopZoom} from "./zoomAnimation.ts";

/** A length of so many weights, at one weight per millimeter: "4 mm", "12.3 m". */
const length = (weights: number): string =>
  weights < 1000 ? `${whole(weights)} mm` : `${significant(weights / 1000, 3)} m`;

/** Three digits, or all before the point: "1,536", "1.5". */
const threeDigits = (x: number): string => (x < 100 ? significant(x, 3) : whole(x));

/** The factor of a zoom: "100", "3.2". */
function zoomText(zoom: number): string {
  const times = countAt(zoom);
  return times < 10 ? significant(times, 2) : whole(times);
}

/** The square and its threads to scale, the lens on their corner, and the handle. */
function toScale(result: ThreadsResult, params: ThreadsParams, act: Act): Drawing {
  const {d} = result;
  const {r, zoom} = params;
  const layers = `${LAYERS} layers of six frozen matrices each, to scale, with B and A at two of the six`;
  return {
    name: "threads",
    alt: isModel(zoom)
      ? `${layers}. Plus and minus zoom`
      : `A square of ${whole(d)} by ${whole(d)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(d / r, 4)} of the side thick. Plus and minus zoom`,
    height: {narrow: 300, mid: 323, wide: 480},
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) => drawSquare(g, result, params, act, sheet),
  };
}

type Parts = [plane: Element, words: Element, lens: Element, hold: Element, layers?: Element];

/** Draws into a square in the middle of the picture. */
function drawSquare(plot: Element, result: ThreadsResult, params: ThreadsParams, act: Act, {width, height}: Sheet) {
  const {d, breakEven, closest, farthest} = result;
  const {r, zoom} = params;
  const edge = Math.min(width, height);
  const [g] = children(plot, "g", ["square"]) as [Element];
  attributes(g, {transform: width > edge ? `translate(${rounded((width - edge) / 2)} 0)` : null});
  const at = geometry(edge, d, r, 10 ** zoom);
  const svg = plot.parentElement!;
  const mark = markOf(params);
  attributes(svg, {tabindex: 0, "data-mark": mark === "none" ? null : mark});
  const parts = ["plane", "words", "lens", "hold"];
  const [plane, words, lens, hold, others] = children(g, "g", zoom < 0 ? [...parts, "layers"] : parts) as Parts;
  const seen = {left: 0, top: 0, right: edge, bottom: edge};
  const thick = at.unit * drawnThickness(zoom, r, d);
  const pieces = {x: at.corner, y: at.corner, unit: at.unit, thick, r, d, gap: gapAt(at.side)};
  matrixPieces(plane, pieces, seen);
  if (others)
    allLayers(others, at, {count: LAYERS, row: MATRICES, thick, isMerged: mark === "merged", ...result}, seen);
  attributes(words, {"aria-hidden": "true"});
  squareWords(words, at, {d, hasLens: lensOpacity(zoom, at.thick) > 0});
  factorNames(words, at, {d, r});
  const foot = at.corner + at.side;
  const isSeen = d > 2 * TALL && foot < 1.5 * edge && edge >= SMALL && hasWords(at);
  person(words, {x: at.corner + 0.03 * at.side, foot, unit: at.unit, isSeen});
  threadLens(lens, at, {d, r, zoom, onPress: () => animateZoom(svg, zoom, closest, act)});
  handle(hold, at, {
    r,
    last: breakEven,
    onStep: (steps) => act.set((now) => ({r: stepped(Number(now.r), steps, breakEven)})),
    onPull: (from, distance) => act.set({r: dragged(from, distance, at.unit, breakEven)}),
    onCancel: (from) => act.set({r: from}),
  });
  zoomGestures(svg, zoom, (next) => {
    stopZoom(svg);
    act.set({zoom: Math.round(100 * Math.min(Math.max(next, farthest), closest)) / 100});
  });
}

/** The count beside the picture: the trained parameters, of how many, and one in how many they are. */
const countBox = ({full, lora, fewer, trained, all}: ThreadsResult, {r, zoom}: ThreadsParams): Box => ({
  name: "count",
  html(panel) {
    const box = layer(panel, "p", "weighed");
    const isAll = isModel(zoom);
    const count = whole(isAll ? trained : lora);
    // Set as a property: a host with a strict policy takes no style attribute.
    layer<HTMLElement>(box, "span", "vast", count).style.setProperty("--letters", String(count.length));
    layer(box, "span", "of", `of ${isAll ? millions(all) : whole(full)}`);
    layer(panel, "div", "lengths").replaceChildren();
    const oneIn = `1 in ${threeDigits(isAll ? all / trained : fewer)}`;
    layer(box, "span", "one-in", fewer === 1 && !isAll ? "as many as the square" : oneIn);
    write(layer(box, "span", "at"), ["at ", symbol.r, ` = ${whole(r)}`]);
  },
});

/** The area of a soccer field in square meters. */
const FIELD = 105 * 68;

/** The sentences about all layers: their area and that of B and A at one weight per square millimeter, and the counts. */
function saysAll({d, lora, threads, trained, all}: ThreadsResult, r: number, seen: string): readonly [string, string] {
  const fields = whole((LAYERS * PER_LAYER * d * d) / 1e6 / FIELD);
  const area = threeDigits(trained / 1e6);
  return [
    `At a millimeter a weight, GPT-3’s ${LAYERS} layers cover ${fields} soccer fields, ${threads} pairs of threads ${area} square meters; ${seen}.`,
    `At r = ${whole(r)}, ${threads} × ${whole(lora)} = ${whole(trained)} parameters, 1 for every ${threeDigits(all / trained)} of the model’s ${millions(all)}.`,
  ];
}

function says(result: ThreadsResult, params: ThreadsParams): readonly [string, string] {
  const {zoom, r} = params;
  const words = markedWords(result, params);
  if (words) return words.says;
  const {d, full, lora, fewer} = result;
  const tooThick = drawnThickness(zoom, r, d) / r;
  // About as long at every zoom, so that what stands below does not move.
  const scale = zoom ? `seen here × ${zoomText(zoom)}` : "seen here whole";
  const seen = tooThick < 1.05 ? scale : `drawn ${significant(tooThick, 2)} times too thick`;
  if (isModel(zoom)) return saysAll(result, r, seen);
  if (fewer === 1)
    return [
      `At r = ${whole(r)}, B and A weigh as much as the whole square, so low rank saves nothing; ${seen}.`,
      `They have ${whole(lora)} parameters, as many as the square.`,
    ];
  return [
    `If each weight were a millimeter wide, the square would be ${length(d)} high and its threads ${length(r)} thick; ${seen}.`,
    `At r = ${whole(r)}, B and A have ${whole(lora)} parameters, 1 for every ${threeDigits(fewer)} of the ${whole(full)} weights in the square.`,
  ];
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
  picture(result, params, act) {
    const words = markedWords(result, params);
    return {
      parts: [toScale(result, params, act), words ? markedCount(words) : countBox(result, params)],
      columns: [480, 160],
    };
  },
  says,
  readouts: ({d, full, lora, fewer, breakEven}, {r}) => [
    {label: [symbol.B, " and ", symbol.A], value: whole(lora), note: `${whole(r)} × (${whole(d)} + ${whole(d)})`},
    {label: ["The square"], value: whole(full), note: `${whole(d)} × ${whole(d)}, frozen`},
    {label: ["Trained"], value: `1 for ${threeDigits(fewer)}`, note: "weights of the square"},
    {label: ["A thread’s thickness"], value: `1/${significant(d / r, 6)}`, note: "of the side"},
    {label: ["Break-even rank"], value: whole(breakEven), note: "dk / (d + k)"},
  ],
  table: ({d, full, breakEven}, {r}) => ({
    caption: `B and A beside one ${whole(d)} × ${whole(d)} matrix of ${whole(full)} weights`,
    columns: ["Rank", "B and A", "Weights for each of their parameters"],
    rows: [...new Set([...ranks(breakEven), r])]
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * 2 * d), significant(full / (rank * 2 * d), 6)]),
  }),
  source: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "thicken the threads until they weigh as much as the square.",
    met: ({fewer}) => fewer === 1,
  },
});
