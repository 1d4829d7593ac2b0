/** A bare document to draw in, and what it shows afterwards. */
import {parseHTML} from "linkedom";
import type {AnyParams, Controls} from "../../../src/figure/controls.ts";
import {drawDataTable} from "../../../src/figure/live/dataTable.ts";
import {annotate, drawFigure, skeleton} from "../../../src/figure/live/skeleton.ts";
import {parse} from "../../../src/figure/parse.ts";
import type {FigureSize, Room} from "../../../src/figure/plot/room.ts";
import type {Act, AnyWidget, ComputingWidget} from "../../../src/figure/widget.ts";

export const nobody: Act = {set() {}, say() {}};

/** The room of a whole figure at build. */
export const full: Room = {size: "full"};

/** An empty `<div>` in a document of its own. */
export function emptyRoot(): Element {
  const {document} = parseHTML("<!doctype html><html><body><div></div></body></html>");
  return document.querySelector("div") as unknown as Element;
}

/** An empty `<g>` of an `<svg>` in a document of its own. */
export function emptyGroup(): Element {
  const root = emptyRoot();
  const make = (name: string) => root.ownerDocument.createElementNS("http://www.w3.org/2000/svg", name);
  const svg = root.appendChild(make("svg"));
  return svg.appendChild(make("g"));
}

/** The whole figure of a widget at these parameters, drawn into `root`: what the page does at build and on each change. */
export function show(root: Element, w: ComputingWidget, params: AnyParams, size: FigureSize = "full") {
  const parts = skeleton(root, w, params, {size});
  const result = w.compute(params);
  drawFigure(parts, w, result, params, nobody, {size});
  annotate(parts, w, result, params);
  drawDataTable(parts, w.table(result, params));
  return {parts, result};
}

/** Parameters through the gate, as a link would bring them. */
export const through = (w: AnyWidget, raw: Readonly<Record<string, unknown>> = {}): AnyParams =>
  parse(w.controls as Controls, raw, {boundsOf: w.bounds}).params;

/** Every text below `root`: a text that is written again is another node. */
export const textsOf = (root: Node): Node[] =>
  [...root.childNodes].flatMap((node) => (node.nodeType === 3 ? [node] : textsOf(node)));

/** Every element below `root`, in order. */
export const nodesOf = (root: Element): Element[] => [...root.querySelectorAll("*")];
