import {parseHTML} from "linkedom";
import type {AnyParams} from "../controls.ts";
import {builtRoom, type FigureSize} from "../plot/room.ts";
import type {Act, AnyWhole} from "../widget.ts";
import {dataTable} from "./dataTable.ts";
import {note} from "./notice.ts";
import {writePaperLine} from "./paperLine.ts";
import {annotate, drawFigure, skeleton} from "./skeleton.ts";

/** Draws into an empty `<div class="picture">` and gives the HTML. */
export function still(draw: (picture: Element) => void): string {
  const {document} = parseHTML('<!doctype html><html><body><div><div class="picture"></div></div></body></html>');
  const root = document.querySelector("div") as unknown as Element;
  draw(root.firstElementChild!);
  return root.innerHTML;
}

const nobody: Act = {set() {}, say() {}};

interface PrerenderOptions {
  number?: string;
  page?: string;
  unseen?: readonly string[];
  size?: FigureSize;
  main?: readonly string[];
  notes?: readonly string[];
}

/**
 * The first frame of a widget as HTML: a real run at these parameters, its sentence and its table. `page`, the address of
 * the widget's own page, is for print. `unseen` are selectors of parts that are left out here, `main` the controls of a
 * card if they are not the widget's own, `notes` what its notice says from the start.
 */
export function prerender(
  w: AnyWhole,
  params: AnyParams,
  {number, page, unseen = [], size = "full", main, notes = []}: PrerenderOptions = {},
): string {
  const {document} = parseHTML("<!doctype html><html><body><div></div></body></html>");
  const root = document.querySelector("div") as unknown as Element;
  const parts = skeleton(root, w, params, {number, size, main});
  for (const selector of unseen) parts.figure.querySelector(selector)!.setAttribute("hidden", "");
  note(parts.notice, notes);
  const result = w.compute(params);
  drawFigure(parts, w, result, params, nobody, builtRoom(size));
  annotate(parts, w, result, params);
  writePaperLine(parts.figure, w, params, page);
  dataTable(parts, w.table(result, params));
  return root.innerHTML;
}
