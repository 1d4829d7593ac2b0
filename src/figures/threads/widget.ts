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
import {approach} from "./drawing/approach.ts";
import {GAP, geometry} from "./drawing/geometry.ts";
import {handle} from "./drawing/handle.ts";
import {presence, threadLens} from "./drawing/lens.ts";
import {person, TALL} from "./drawing/person.ts";
import {matrixPieces} from "./drawing/pieces.ts";
import {inside, SMALL, threadNames} from "./drawing/words.ts";
import {fly, land} from "./flight.ts";
import {bounds, compute, controls, pulled, ranks, stepped, type ThreadsParams, type ThreadsResult} from "./model.ts";

/** A length of so many weights, at one weight per millimeter: "4 mm", "12.3 m". */
const length = (weights: number): string =>
  weights < 1000 ? `${whole(weights)} mm` : `${significant(weights / 1000, 3)} m`;

/** How many weights of the matrix there are for one parameter of B and A: "1,536", "1.5". */
const weightsFor = (fewer: number): string => (fewer < 100 ? significant(fewer, 3) : whole(fewer));

/** How often the zoom enlarges: "100", "3.2". */
function enlarged(zoom: number): string {
  const times = countAt(zoom);
  return times < 10 ? significant(times, 2) : whole(times);
}

/** The square and its threads to scale, the lens on their corner, and the handle. */
function toScale(result: ThreadsResult, params: ThreadsParams, act: Act): Drawing {
  const {d} = result;
  const {r} = params;
  return {
    name: "threads",
    alt: `A square of ${whole(d)} by ${whole(d)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(d / r, 4)} of the side thick. Plus and minus zoom`,
    height: {narrow: 300, mid: 323, wide: 480},
    isInteractive: true,
    isElastic: true,
    hasMid: true,
    draw: (g, sheet) => drawSquare(g, result, params, act, sheet),
  };
}

function drawSquare(plot: Element, result: ThreadsResult, params: ThreadsParams, act: Act, {width, height}: Sheet) {
  const {d, breakEven, closest} = result;
  const {r, zoom} = params;
  const edge = Math.min(width, height);
  const [g] = children(plot, "g", ["square"]) as [Element];
  attributes(g, {transform: width > edge ? `translate(${rounded((width - edge) / 2)} 0)` : null});
  const at = geometry(edge, d, r, 10 ** zoom);
  const svg = plot.parentElement!;
  attributes(svg, {tabindex: 0});
  const [plane, words, lens] = children(g, "g", ["plane", "words", "lens", "hold"]) as [Element, Element, Element];
  const pieces = {x: at.corner, y: at.corner, unit: at.unit, r, d, gap: GAP};
  matrixPieces(plane, pieces, {left: 0, top: 0, right: edge, bottom: edge});
  attributes(words, {"aria-hidden": "true"});
  inside(words, at, {d, zoom, hasLens: presence(zoom, at.thick) > 0});
  threadNames(words, at, {d, r});
  const foot = at.corner + at.side;
  const isSeen = d > 2 * TALL && foot < 1.5 * edge && edge >= SMALL;
  person(words, {x: at.corner + 0.03 * at.side, foot, unit: at.unit, isSeen});
  threadLens(lens, at, {d, r, zoom, onPress: () => fly(svg, zoom, closest, act)});
  handle(g.lastElementChild!, at, {
    r,
    last: breakEven,
    onStep: (steps) => act.set((now) => ({r: stepped(Number(now.r), steps, breakEven)})),
    onPull: (from, way) => act.set({r: pulled(from, way, at.unit, breakEven)}),
    onCancel: (from) => act.set({r: from}),
  });
  approach(svg, zoom, (next) => {
    land(svg);
    act.set({zoom: Math.round(100 * Math.min(Math.max(next, 0), closest)) / 100});
  });
}

/** The count beside the picture: so many of so many, one in how many. */
const weighed = ({full, pair, fewer}: ThreadsResult, {r}: ThreadsParams): Box => ({
  name: "count",
  html(panel) {
    const box = layer(panel, "p", "weighed");
    const count = whole(pair);
    // Set as a property: a host with a strict policy takes no style attribute.
    layer<HTMLElement>(box, "span", "vast", count).style.setProperty("--letters", String(count.length));
    layer(box, "span", "of", `of ${whole(full)}`);
    layer(box, "span", "one-in", fewer === 1 ? "as many as the square" : `1 in ${weightsFor(fewer)}`);
    write(layer(box, "span", "at"), ["at ", symbol.r, ` = ${whole(r)}`]);
  },
});

function says({d, full, pair, fewer}: ThreadsResult, {zoom, r}: ThreadsParams): readonly [string, string] {
  // As long whatever the zoom, so that nothing below moves.
  const seen = zoom ? `seen here × ${enlarged(zoom)}` : "seen here whole";
  if (fewer === 1)
    return [
      `At r = ${whole(r)}, B and A weigh as much as the whole square, so low rank saves nothing; ${seen}.`,
      `They have ${whole(pair)} parameters, as many as the square.`,
    ];
  return [
    `If each weight were a millimeter wide, the square would be ${length(d)} high and its threads ${length(r)} thick; ${seen}.`,
    `At r = ${whole(r)}, B and A have ${whole(pair)} parameters, 1 for every ${weightsFor(fewer)} of the ${whole(full)} weights in the square.`,
  ];
}

export default figure<typeof controls, ThreadsResult>({
  title: "How thin is what LoRA trains?",
  guide:
    "Press the lens to fly to the corner; the round handle there changes r. All lengths are to scale except the gap between the threads and the square.",
  sources: ["Hu et al. 2021, §4.2"],
  controls,
  bounds,
  compute,
  main: ["zoom"],
  picture: (result, params, act) => ({
    parts: [toScale(result, params, act), weighed(result, params)],
    columns: [480, 160],
  }),
  says,
  readouts: ({d, full, pair, fewer, breakEven}, {r}) => [
    {label: [symbol.B, " and ", symbol.A], value: whole(pair), note: `${whole(r)} × (${whole(d)} + ${whole(d)})`},
    {label: ["The square"], value: whole(full), note: `${whole(d)} × ${whole(d)}, frozen`},
    {label: ["Trained"], value: `1 for ${weightsFor(fewer)}`, note: "weights of the square"},
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
