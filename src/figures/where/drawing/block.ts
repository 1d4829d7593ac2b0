/** A Transformer block, drawn from its plan. */
import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {texts} from "../../../figure/plot/text/texts.ts";
import {adapterLayerPath, attendedArea, biasBars, cellsOf, factorStrips, tokenSquares} from "./added.ts";
import {depthOf, headsOf, type PlanPart, wholeSquare} from "./parts.ts";
import type {BlockPlan, MatrixPlace, PlanNote, Square} from "./plan.ts";

interface BlockState {
  /** The method that adds something. */
  method: "biases" | "adapters" | "prefix" | "lora";
  /** The letters of the matrices that have a B and an A. */
  on: string;
  rank: number;
  isMerged: boolean;
  /** The attention weights of each token over those before it and itself. */
  attention: readonly (readonly number[])[];
  /** Whether LoRA changes them. */
  isAttentionChanged: boolean;
  /** Whether there is room for words. */
  isNamed: boolean;
}

/** Draws rectangles of the plan. */
function rects(parent: Element, name: string, all: readonly PlanPart[]) {
  select(layer(parent, "g", name))
    .selectChildren<SVGRectElement, PlanPart>("rect")
    .data(all)
    .join("rect")
    .attr("class", ({name}) => name)
    .attr("x", ({x}) => rounded(x, 2))
    .attr("y", ({y}) => rounded(y, 2))
    .attr("width", ({width}) => rounded(width, 2))
    .attr("height", ({height}) => rounded(height, 2))
    .attr("fill-opacity", ({strength}) => (strength === undefined ? null : rounded(strength, 2)))
    .attr("transform", ({moved}) => (moved ? `translate(${rounded(moved[0])} ${rounded(moved[1])})` : null));
}

/** The part of a merged matrix that is drawn in the update's color: its middle. */
function inside({x, y, size, out}: Square): Square {
  const edge = 0.16 * size;
  return {x: x + edge, y: y + edge, size: size - 2 * edge, out};
}

/** W with its index, in the middle of a square. */
function named(g: Element, {letter, x, y, size}: MatrixPlace) {
  const [cx, cy] = [x + size / 2, y + size / 2];
  label(g, `letter of-${letter}`, "W", {
    x: cx - 4,
    y: cy,
    anchor: "middle",
    dy: "0.3em",
  });
  label(g, `index of-${letter}`, letter, {
    x: cx + 7,
    y: cy + 4,
    anchor: "middle",
    dy: "0.3em",
  });
}

/** The sums on the stream, and the circle where attention mixes the values. */
function sums(g: Element, plan: BlockPlan) {
  const box = layer(g, "g", "sums");
  select(box)
    .selectChildren<SVGCircleElement, readonly [number, number, number]>("circle")
    .data([...plan.sums.map(([x, y]) => [x, y, 9] as const), plan.mix])
    .join("circle")
    .attr("cx", ([x]) => rounded(x))
    .attr("cy", ([, y]) => rounded(y))
    .attr("r", ([, , radius]) => rounded(radius));
  select(layer(box, "path", "plus")).attr(
    "d",
    plan.sums.map(([x, y]) => `M${rounded(x - 5)} ${rounded(y)}h10m-5 -5v10`).join(""),
  );
}

/**
 * Draws a Transformer block: attention with its four matrices, then the MLP, both beside the residual stream; and what the method
 * adds to it.
 */
export function transformerBlock(g: Element, plan: BlockPlan, state: BlockState) {
  const {method, on, rank, isMerged, isNamed, attention, isAttentionChanged} = state;
  const adapted = method === "lora" ? plan.places.filter(({letter}) => on.includes(letter)) : [];
  select(layer(g, "path", "stream")).attr("d", plan.stream);
  select(layer(g, "path", "wires")).attr("d", plan.wires);
  rects(g, "tokens", tokenSquares(plan, method === "prefix"));
  // Behind the cells, because wires go on below a prefix's cells.
  rects(g, "ground", method === "prefix" ? [attendedArea(plan.attention)] : []);
  layer(g, "g", "attention").toggleAttribute("data-changed", isAttentionChanged);
  rects(g, "attention", cellsOf(plan.attention, attention, method === "prefix"));
  layer(g, "g", "threads").toggleAttribute("data-merged", isMerged);
  rects(
    g,
    "threads",
    adapted.flatMap((place) => factorStrips(place, rank, isMerged)),
  );
  rects(g, "squares", [
    ...plan.places.map((place) => wholeSquare("square", place)),
    ...plan.mlp.map((square) => wholeSquare("square frozen", square)),
    ...adapted.map((place) => wholeSquare("square soaked", inside(place))),
    ...(method === "biases" ? biasBars([...plan.places, ...plan.mlp]) : []),
  ]);
  layer(g, "g", "squares").toggleAttribute("data-merged", isMerged);
  // Outlines show where B, A and adapter layers would be.
  const places =
    method === "lora" || method === "biases" ? [] : plan.places.filter(({letter}) => "qv".includes(letter));
  rects(
    g,
    "vacant",
    places.flatMap((place) => factorStrips(place, OUTLINE_RANK)),
  );
  select(layer(g, "path", "gate"))
    .attr("d", method === "lora" ? "" : adapterLayerPath(plan))
    .attr("data-vacant", method === "adapters" ? null : "");
  sums(g, plan);
  select(layer(g, "path", "heads")).attr(
    "d",
    headsOf(method === "prefix" ? outside(plan.wires, attendedArea(plan.attention)) : plan.wires),
  );
  for (const place of plan.places) named(g, place);
  words(g, [...(isNamed ? notesOf(plan, state) : []), ...marksOf(plan, state, adapted)]);
}

/** The lines of `path` that do not end within an area, which would cover their arrow heads. */
function outside(path: string, {x, y, width, height}: PlanPart): string {
  const isWithin = (line: string) => {
    const [toX] = [...line.matchAll(/[MH]([\d.]+)/g)].map(([, value]) => Number(value)).slice(-1);
    const [toY] = [...line.matchAll(/(?:M[\d.]+ |V)([\d.]+)/g)].map(([, value]) => Number(value)).slice(-1);
    return toX! >= x && toX! <= x + width && toY! >= y && toY! <= y + height;
  };
  return path
    .split(/(?=M)/)
    .filter((line) => !isWithin(line))
    .join("");
}

/** The names of the parts; those that the method changes are violet. */
function notesOf(plan: BlockPlan, {method, on, isAttentionChanged}: BlockState): Word[] {
  const isOn = (letter: string) => method === "lora" && on.includes(letter);
  const called = (one: PlanNote, isChanged: boolean): Word => ({...one, name: isChanged ? "note added" : "note"});
  const looks = method === "lora" ? [{...plan.looks, text: isAttentionChanged ? "changes" : "as before"}] : [];
  return [
    // "Frozen in the paper" would be wrong with biases, since the MLP's are trained.
    ...plan.notes.filter(({text}) => !(method === "biases" && /paper/.test(text))).map((one) => called(one, false)),
    ...looks.map((one) => called(one, isAttentionChanged)),
    ...plan.places.map(({role, letter}) => called(role, isOn(letter))),
    ...(method === "adapters" || method === "prefix" ? plan.said[method] : []).map((one) => called(one, true)),
  ];
}

/** The letters b, or B and A, at the first matrix that has them. */
function marksOf(plan: BlockPlan, {method, rank, isMerged}: BlockState, adapted: readonly Square[]): Word[] {
  if (method === "biases") return [biasName(plan)];
  return adapted[0] && !isMerged ? factorNames(adapted[0], rank) : [];
}

/** The rank at which outlines show where B and A would be. */
const OUTLINE_RANK = 4;

type Word = PlanNote & {name: string};

/** The letters B and A at the first adapted matrix. */
function factorNames({x, y, size, out}: Square, rank: number): Word[] {
  const depth = depthOf(size, rank);
  // Where the output leaves below, the input's line comes in at the right, between A and its name.
  const aside = out === "bottom" ? 12 : 5;
  return [
    {text: "B", x: x - depth / 2, y: y - 5, anchor: "middle", name: "of-B"},
    {
      text: "A",
      x: x + size + aside,
      y: y - depth / 2 + 4,
      anchor: "start",
      name: "of-A",
    },
  ];
}

/** The letter b at the first bias. */
function biasName({places}: BlockPlan): Word {
  const {x, y, size, out} = places[0]!;
  const [dx, dy] = out === "right" ? [size + 5, size - 3] : [-11, size];
  return {text: "b", x: x + dx, y: y + dy, anchor: "start", name: "of-b"};
}

function words(g: Element, all: readonly Word[]) {
  texts(
    layer(g, "g", "words"),
    all.map(({x, y, name, ...word}) => ({...word, at: [x, y], kind: name})),
  );
}
