import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";
import {withText} from "../../../figures/text/put.ts";
import type {Place, Plan, Square} from "./plan.ts";

export interface BlockState {
  /** The letters of the matrices that have a B and an A. */
  on: string;
  rank: number;
  isMerged: boolean;
  /** Whether there is room for words. */
  isNamed: boolean;
}

/** Between a square and its threads, and between two threads; a thread's thickness. Parts of a square's size. */
const [APART, BETWEEN, THICK] = [0.07, 0.022, 0.045];

interface Thread {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** B's columns at the left edge and A's rows at the top edge, as many as the rank. */
function threadsOf({x, y, size}: Square, rank: number): Thread[] {
  const at = (i: number) => size * (APART + THICK + i * (THICK + BETWEEN));
  return Array.from({length: rank}, (_, i) => [
    {name: "thread B", x: x - at(i), y, width: size * THICK, height: size},
    {name: "thread A", x, y: y - at(i), width: size, height: size * THICK},
  ]).flat();
}

function rects(parent: Element, name: string, all: readonly Thread[]) {
  select(layer(parent, "g", name))
    .selectChildren<SVGRectElement, Thread>("rect")
    .data(all)
    .join("rect")
    .attr("class", ({name}) => name)
    .attr("x", ({x}) => rounded(x, 2))
    .attr("y", ({y}) => rounded(y, 2))
    .attr("width", ({width}) => rounded(width, 2))
    .attr("height", ({height}) => rounded(height, 2));
}

const whole = (name: string, {x, y, size}: Square): Thread => ({name, x, y, width: size, height: size});

/** The part of a merged matrix that is drawn in the update's color: its middle. */
function inside({x, y, size}: Square): Square {
  const edge = 0.16 * size;
  return {x: x + edge, y: y + edge, size: size - 2 * edge};
}

/** Each token looks at itself and at those before it: a triangle. The figure knows no values, so a row's cells are alike. */
function cellsOf({x, y, size}: Square): Thread[] {
  const cell = size / 4;
  return Array.from({length: 16}, (_, n) => {
    const [row, column] = [Math.floor(n / 4), n % 4];
    return {
      name: column > row ? "cell" : `cell of-${row + 1}`,
      ...{x: x + column * cell + 0.5, y: y + row * cell + 0.5, width: cell - 1, height: cell - 1},
    };
  });
}

/** W with its index, in the middle of a square. */
function named(g: Element, {letter, x, y, size}: Place) {
  const [cx, cy] = [x + size / 2, y + size / 2];
  label(g, `letter of-${letter}`, "W", {x: cx - 4, y: cy, anchor: "middle", dy: "0.3em"});
  label(g, `index of-${letter}`, letter, {x: cx + 7, y: cy + 4, anchor: "middle", dy: "0.3em"});
}

/** A Transformer block: attention with its four matrices, then the MLP, beside the stream that passes by. */
export function block(g: Element, plan: Plan, {on, rank, isMerged, isNamed}: BlockState) {
  const adapted = plan.places.filter(({letter}) => on.includes(letter));
  select(layer(g, "path", "stream")).attr("d", plan.stream);
  select(layer(g, "path", "wires")).attr("d", plan.wires);
  rects(g, "attention", cellsOf(plan.attention));
  rects(g, "threads", isMerged ? [] : adapted.flatMap((place) => threadsOf(place, rank)));
  rects(g, "squares", [
    ...plan.places.map((place) => whole("square", place)),
    ...plan.mlp.map((square) => whole("square frozen", square)),
    ...(isMerged ? adapted.map((place) => whole("square merged", inside(place))) : []),
  ]);
  const sums = layer(g, "g", "sums");
  select(sums)
    .selectChildren<SVGCircleElement, readonly [number, number, number]>("circle")
    .data([...plan.sums.map(([x, y]) => [x, y, 9] as const), plan.mix])
    .join("circle")
    .attr("cx", ([x]) => rounded(x))
    .attr("cy", ([, y]) => rounded(y))
    .attr("r", ([, , radius]) => rounded(radius));
  select(layer(sums, "path", "plus")).attr(
    "d",
    plan.sums.map(([x, y]) => `M${rounded(x - 5)} ${rounded(y)}h10m-5 -5v10`).join(""),
  );
  for (const place of plan.places) named(g, place);
  words(g, plan, isNamed, isMerged ? [] : adapted, rank);
}

/** What the parts are called, and which threads are B and A at the first adapted matrix. */
function words(g: Element, plan: Plan, isNamed: boolean, adapted: readonly Place[], rank: number) {
  const first = adapted[0];
  const depth = first ? first.size * (APART + rank * (THICK + BETWEEN)) : 0;
  const factors = first
    ? [
        {text: "B", x: first.x - depth / 2, y: first.y + first.size + 13, anchor: "middle", name: "of-B"},
        {text: "A", x: first.x + first.size + 5, y: first.y - depth / 2 + 4, anchor: "start", name: "of-A"},
      ]
    : [];
  const all = [
    ...(isNamed ? [...plan.notes, ...plan.places.map(({role}) => role)] : []).map((one) => ({...one, name: "note"})),
    ...factors,
  ];
  const box = layer(g, "g", "words");
  select(box)
    .selectChildren<SVGTextElement, (typeof all)[number]>("text")
    .data(all)
    .join("text")
    .attr("class", ({name}) => name)
    .attr("x", ({x}) => rounded(x))
    .attr("y", ({y}) => rounded(y))
    .attr("text-anchor", ({anchor}) => anchor)
    .each(withText(({text}) => text));
}
