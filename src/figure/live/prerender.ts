/** A figure's first frame as HTML, for the build. */
import {parseHTML} from "linkedom";
import type {AnyParams} from "../controls.ts";
import type {FigureSize} from "../plot/room.ts";
import type {Act, ComputingWidget} from "../widget.ts";
import {drawDataTable} from "./dataTable.ts";
import {writePaperLine} from "./paperLine.ts";
import {annotate, drawFigure, skeleton} from "./skeleton.ts";
import {showNotice} from "./voice.ts";

/** At build time nobody acts. */
const noAct: Act = {set() {}, say() {}};

interface PrerenderOptions {
  /** The figure's number in its chapter, "2.1". */
  number?: string;
  /** The address of the figure's own page, for print. */
  page?: string;
  /** Selectors of parts that are hidden here. */
  unseen?: readonly string[];
  size?: FigureSize;
  /** The controls of the card, if they are not the widget's own. */
  main?: readonly string[];
  /** What the figure's notice says from the start. */
  notes?: readonly string[];
}

/** The first frame of a widget as HTML: the result at these parameters, its sentence and its table. */
export function prerender(
  w: ComputingWidget,
  params: AnyParams,
  {number, page, unseen = [], size = "full", main, notes = []}: PrerenderOptions = {},
): string {
  const {document} = parseHTML("<!doctype html><html><body><div></div></body></html>");
  const root = document.querySelector("div") as unknown as Element;
  const parts = skeleton(root, w, params, {number, size, main});
  for (const selector of unseen) parts.figure.querySelector(selector)!.setAttribute("hidden", "");
  showNotice(parts.notice, notes);
  const result = w.compute(params);
  drawFigure(parts, w, result, params, noAct, {size});
  annotate(parts, w, result, params);
  writePaperLine(parts.figure, w, params, page);
  drawDataTable(parts, w.table(result, params));
  return root.innerHTML;
}
