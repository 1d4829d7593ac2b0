/** A Transformer block, drawn from its plan, and what a method adds to it. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import type {BlockPlan, PlanNote, Square} from "./plan.ts";

interface BlockState {
  /** The method that adds something. */
  method: "biases" | "adapters" | "prefix" | "lora";
  /** The letters of the matrices that have a B and an A. */
  on: string;
  rank: number;
  isMerged: boolean;
  /** Whether LoRA changes who looks at whom. */
  isAttentionChanged: boolean;
  hasRoomForWords: boolean;
}

/** A rectangle and its class. */
interface Part {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** How far it has moved from there. */
  moved?: readonly [dx: number, dy: number];
  /** Opacity of its color. */
  strength?: number;
}

/** How many positions the prefix and the text have in the picture. */
const [PREFIX_LENGTH, TEXT_LENGTH] = [2, 4];

/** An example of attention weights: of each of four tokens over those before it and itself; frozen, and with W_q or W_k adapted. */
const ATTENTION = {
  frozen: [[1], [0.3, 0.7], [0.55, 0.15, 0.3], [0.1, 0.45, 0.2, 0.25]],
  adapted: [[1], [0.75, 0.25], [0.2, 0.6, 0.2], [0.5, 0.1, 0.1, 0.3]],
} as const;

/** As shares of a square's side: its distance from B and A, the gap between two of their columns or rows, and their thickness. */
const [DISTANCE, GAP, THICKNESS] = [0.07, 0.022, 0.045];
/** How far into a square its B and A move when they are merged, as a share of its side. */
const MERGED_SHIFT = 0.7;

/** The columns of B at the left edge and the rows of A at the top edge; merged, they have moved into the square. */
export function factorStrips({x, y, size}: Square, rank: number, isMerged = false): Part[] {
  const [thickness, moved] = [size * THICKNESS, isMerged ? MERGED_SHIFT * size : 0];
  return Array.from({length: rank}, (_, i): Part[] => {
    const away = size * (DISTANCE + THICKNESS + i * (THICKNESS + GAP));
    return [
      {name: "thread B", x: x - away, y, width: thickness, height: size, moved: [moved, 0]},
      {name: "thread A", x, y: y - away, width: size, height: thickness, moved: [0, moved]},
    ];
  }).flat();
}

/** A part that covers a square. */
const onSquare = (name: string, {x, y, size}: Square): Part => ({name, x, y, width: size, height: size});

/** The middle of a matrix, which is drawn in the update's color once it is merged. */
const middleOf = (place: Square): Part => {
  const edge = 0.16 * place.size;
  return onSquare("square merged", {...place, x: place.x + edge, y: place.y + edge, size: place.size - 2 * edge});
};

/**
 * The cells of the attention weights: a triangle, since a token attends to itself and to those before it, each as opaque as its
 * weight. A prefix comes before all tokens, so it adds rows above and columns at the left.
 */
function attentionCells({x, y, size}: Square, {method, isAttentionChanged}: BlockState): Part[] {
  const weights = ATTENTION[isAttentionChanged ? "adapted" : "frozen"];
  const side = size / TEXT_LENGTH;
  const added = method === "prefix" ? PREFIX_LENGTH : 0;
  const count = TEXT_LENGTH + added;
  return Array.from({length: count * count}, (_, n) => {
    const [row, column] = [Math.floor(n / count) - added, (n % count) - added];
    const place = {x: x + column * side + 0.5, y: y + row * side + 0.5, width: side - 1, height: side - 1};
    if (column > row) return {...place, name: "cell"};
    if (column < 0) return {...place, name: "cell added"};
    return {...place, name: "cell lit", strength: weights[row]![column]!};
  });
}

/** The area of the attention weights with a prefix. */
function attentionArea({x, y, size, out}: Square): Part {
  const extra = (PREFIX_LENGTH * size) / TEXT_LENGTH;
  return onSquare("ground", {x: x - extra, y: y - extra, size: size + extra, out});
}

/** The positions of the input, and a prefix's positions before them. */
const tokens = ([x, y, step]: BlockPlan["tokens"], hasPrefix: boolean): Part[] =>
  Array.from({length: PREFIX_LENGTH + TEXT_LENGTH}, (_, i): Part => {
    const side = 0.78 * step;
    return {name: i < PREFIX_LENGTH ? "token added" : "token", x: x + i * step, y, width: side, height: side};
  }).slice(hasPrefix ? 0 : PREFIX_LENGTH);

/** A thin bar for the bias of a matrix, at the edge where its output leaves. */
function biasBar({x, y, size, out}: Square): Part {
  const thickness = Math.max(0.09 * size, 4);
  return out === "right"
    ? {name: "sliver", x: x + size - thickness, y, width: thickness, height: size}
    : {name: "sliver", x, y: y + size - thickness, width: size, height: thickness};
}

/** The path of the adapter layers before each sum, narrow in the middle like their hidden layer. */
function adapterLayers({gates, gateSize: [along, across], isUpright}: BlockPlan): string {
  const corners = (direction: 1 | -1) => [
    [along * direction, -across],
    [along * direction, across],
    [3 * direction, 0.32 * across],
    [3 * direction, -0.32 * across],
  ];
  const halfOf = (x: number, y: number, direction: 1 | -1) =>
    `M${corners(direction)
      .map(([a, b]) => (isUpright ? `${x + b!} ${y + a!}` : `${x + a!} ${y + b!}`))
      .join("L")}z`;
  return gates.map(([x, y]) => halfOf(x, y, 1) + halfOf(x, y, -1)).join("");
}

const [HEAD_HALF_WIDTH, HEAD_LENGTH] = [4, 7];

/** Arrow heads at the ends of the lines of `path`, which has only M, H and V. */
export function headsOf(path: string): string {
  const head = (line: string) => {
    let [x, y, dx, dy] = [0, 0, 0, 0];
    for (const [, step, one, two] of line.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)) {
      const [toX, toY] = step === "V" ? [x, Number(one)] : [Number(one), step === "M" ? Number(two) : y];
      [dx, dy] = [Math.sign(toX - x), Math.sign(toY - y)];
      [x, y] = [toX, toY];
    }
    const [backX, backY] = [x - HEAD_LENGTH * dx, y - HEAD_LENGTH * dy];
    return `M${x} ${y}L${backX + HEAD_HALF_WIDTH * dy} ${backY + HEAD_HALF_WIDTH * dx}L${backX - HEAD_HALF_WIDTH * dy} ${backY - HEAD_HALF_WIDTH * dx}z`;
  };
  return path.split(/(?=M)/).map(head).join("");
}

const drawParts = (g: Element, parts: readonly Part[]) =>
  join(g, "rect", parts, {name: ({name}) => name}, (rect, {x, y, width, height, moved, strength}) =>
    attributes(rect, {
      x: rounded(x, 2),
      y: rounded(y, 2),
      width: rounded(width, 2),
      height: rounded(height, 2),
      "fill-opacity": strength,
      transform: moved && `translate(${rounded(moved[0])} ${rounded(moved[1])})`,
    }),
  );

/**
 * Draws a Transformer block: attention with its four matrices, then the MLP, both beside the residual stream; and what the method
 * adds to it.
 */
export function drawTransformerBlock(g: Element, plan: BlockPlan, state: BlockState) {
  const {method, on, rank, isMerged, isAttentionChanged} = state;
  const adapted = method === "lora" ? plan.places.filter(({letter}) => on.includes(letter)) : [];
  const hasPrefix = method === "prefix";
  attributes(layer(g, "path", "stream"), {d: plan.stream});
  attributes(layer(g, "path", "wires"), {d: plan.wires});
  attributes(layer(g, "path", "heads"), {d: headsOf(plan.wires)});
  drawParts(layer(g, "g", "tokens"), tokens(plan.tokens, hasPrefix));
  const attention = layer(g, "g", "attention");
  attention.toggleAttribute("data-changed", isAttentionChanged);
  // The area covers the wires that go on below a prefix's cells.
  drawParts(attention, [
    ...(hasPrefix ? [attentionArea(plan.attention)] : []),
    ...attentionCells(plan.attention, state),
  ]);
  const threads = layer(g, "g", "threads");
  threads.toggleAttribute("data-merged", isMerged);
  drawParts(
    threads,
    adapted.flatMap((place) => factorStrips(place, rank, isMerged)),
  );
  const squares = layer(g, "g", "squares");
  squares.toggleAttribute("data-merged", isMerged);
  drawParts(squares, [
    ...plan.places.map((place) => onSquare("square", place)),
    ...plan.mlp.map((square) => onSquare("square frozen", square)),
    ...adapted.map(middleOf),
    ...(method === "biases" ? [...plan.places, ...plan.mlp].map(biasBar) : []),
  ]);
  attributes(layer(g, "path", "gate"), {d: method === "adapters" ? adapterLayers(plan) : ""});
  const sums = layer(g, "g", "sums");
  const circles = [...plan.sums.map(([x, y]) => [x, y, 9] as const), plan.mix];
  each(sums, "circle", circles, (circle, [cx, cy, r]) => attributes(circle, {cx, cy, r}));
  attributes(layer(sums, "path", "plus"), {d: plan.sums.map(([x, y]) => `M${x - 5} ${y}h10m-5 -5v10`).join("")});
  texts(layer(g, "g", "words"), [
    ...plan.places.flatMap(({x, y, size, letter}): Text[] => [
      {kind: "letter", text: "W", at: [x + size / 2 - 4, y + size / 2 + 5], anchor: "middle"},
      {kind: "index", text: letter, at: [x + size / 2 + 7, y + size / 2 + 8], anchor: "middle"},
    ]),
    ...(state.hasRoomForWords ? notesOf(plan, state) : []),
    ...namesOf(plan, state, adapted[0]),
  ]);
}

/** The names of the parts; those that the method changes are violet. */
function notesOf(plan: BlockPlan, {method, on, isAttentionChanged}: BlockState): Text[] {
  const textOf = ({x, y, text, anchor}: PlanNote, isChanged = false): Text => ({
    kind: isChanged ? "note added" : "note",
    text,
    at: [x, y],
    anchor,
  });
  // "Frozen in the paper" would be wrong with biases, since the MLP's are trained.
  const fixedNotes = plan.notes.filter(({text}) => !(method === "biases" && text === "in the paper"));
  const attentionNote = {...plan.attentionNote, text: isAttentionChanged ? "changes" : "as before"};
  const additions = method === "adapters" || method === "prefix" ? plan.additionNotes[method] : [];
  return [
    ...fixedNotes.map((note) => textOf(note)),
    ...(method === "lora" ? [textOf(attentionNote, isAttentionChanged)] : []),
    ...plan.places.map(({role, letter}) => textOf(role, method === "lora" && on.includes(letter))),
    ...additions.map((note) => textOf(note, true)),
  ];
}

/** The letter b at the first bias, or B and A at the first matrix that has them. */
function namesOf({places}: BlockPlan, {method, rank, isMerged}: BlockState, first: Square | undefined): Text[] {
  if (method === "biases") {
    const {x, y, size, out} = places[0]!;
    return [{kind: "of-b", text: "b", at: out === "right" ? [x + size + 5, y + size - 3] : [x - 11, y + size]}];
  }
  if (!first || isMerged) return [];
  const {x, y, size, out} = first;
  const depth = size * (DISTANCE + rank * (THICKNESS + GAP));
  // Where the output leaves below, the input's line comes in at the right, between A and its name.
  const aside = out === "bottom" ? 12 : 5;
  return [
    {kind: "of-B", text: "B", at: [x - depth / 2, y - 5], anchor: "middle"},
    {kind: "of-A", text: "A", at: [x + size + aside, y - depth / 2 + 4]},
  ];
}
