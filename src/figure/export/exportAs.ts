/** What a figure is exported as, and the buttons that do it. */
import {type AnyParams, defaults} from "../controls.ts";
import type {Tool} from "../live/toolbar.ts";
import type {PageContext} from "../pageContext.ts";
import {pageAddress} from "../state/pageAddress.ts";
import type {AnyWidget, Parts} from "../widget.ts";
import {captionOf} from "./caption.ts";
import {copyText, selectableField} from "./clipboard.ts";
import {csvText} from "./csv.ts";
import {pictureFile} from "./picture.ts";
import {fileName, save} from "./save.ts";

/** A figure in its present state, as its exports need it. */
export interface FigureNow {
  parts: Parts;
  name: string;
  w: AnyWidget;
  params: AnyParams;
  result: unknown;
  context: PageContext;
  /** Draws the same result for the width that the figure has now. */
  redraw: () => void;
}

/** What a figure can be exported as. */
export interface Exports {
  svg: string;
  png: Blob;
  csv: string;
  /** For programs: the state, and the sentence of its result. */
  json: string;
}

/** The files that buttons save, with their media types. */
const mediaTypes = {svg: "image/svg+xml", png: "image/png", csv: "text/csv"} as const;

/**
 * A figure's picture or data in its present state. Throws, in a plain sentence, if the page's policy forbids making a PNG.
 */
export async function exportAs<T extends keyof Exports>(format: T, figure: FigureNow): Promise<Exports[T]>;
export async function exportAs(format: keyof Exports, {parts, name, w, params, result, context}: FigureNow) {
  if (format === "csv") return csvText(w.table(result, params));
  if (format === "json") return JSON.stringify({widget: name, state: params, summary: w.summary(result, params)});
  const page = pageAddress({name, w, params: defaults(w.controls), home: context.home});
  const svg = pictureFile(parts.picture, captionOf(w, params, result, page));
  if (format === "svg") return svg;
  const png = await rasterize(parts.figure.ownerDocument, svg);
  if (!png) throw new Error("This page cannot make a PNG of the figure. Save it as SVG instead.");
  return png;
}

/** Does what a button of the toolbar says: copies the link, opens the embed dialog, or saves picture or data. */
export async function pressExport(tool: Tool, figure: FigureNow, say: (sentence: string) => void) {
  const {parts, name, w, params, context, redraw} = figure;
  const document = parts.figure.ownerDocument;
  const linked = {name, w, params, home: context.home};
  if (tool === "embed") return (await import("../share/dialog.ts")).openEmbedDialog(parts, linked, context, redraw);
  if (tool === "link") {
    const link = pageAddress(linked);
    if (await copyText(link)) return say("The link to this state is copied.");
    say("This page cannot copy by itself. The link is selected here: copy it with the keyboard.");
    const field = selectableField(document, link, "Link to this state");
    parts.notice.insertBefore(field, parts.notice.lastElementChild);
    return field.focus();
  }
  const format = tool as keyof typeof mediaTypes;
  try {
    const content = await exportAs(format, figure);
    save(document, `${fileName(name, w, params)}.${format}`, new Blob([content], {type: mediaTypes[format]}));
  } catch (error) {
    say((error as Error).message);
  }
}

/** Pixels of a PNG for each CSS px. */
const PNG_SCALE = 2;

/** An SVG file as PNG; null if the page's policy forbids images from data. */
async function rasterize(document: Document, svg: string): Promise<Blob | null> {
  const image = document.createElement("img");
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return null;
  }
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
