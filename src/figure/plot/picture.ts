/** A figure's picture as data: its parts and their places; and the one function that draws it, at build and live. */
import {attributes, children, each} from "./children.ts";
import {inset} from "./inset.ts";
import {layer} from "./layer.ts";
import {type Look, paint, type Tone} from "./marks.ts";
import {drawPlot, type Plot} from "./plot.ts";
import {type Shape, shapePath} from "./shapes.ts";
import {put} from "./text/put.ts";
import {type Rich, write} from "./text/symbol.ts";

/**
 * The widths, in units, for which a picture is drawn: about those of a card on a phone, in a narrow column, and beside the text. The
 * browser scales the picture by 0.92 to 1.37, so letters of 12 units have 11 to 16.5 px.
 */
export const FRAMES = {narrow: 300, mid: 450, wide: 660} as const;
export type Frame = keyof typeof FRAMES;
/** The frame for a room of this width in CSS pixels. plots.css has the same limits. */
export const frameFor = (width: number): Frame => (width < 413 ? "narrow" : width < 605 ? "mid" : "wide");
/** The distance between two columns, in units. */
const COLUMN_GAP = 20;
/** The height of a line of words above a part, in units. */
const LABEL_HEIGHT = 28;

/** A height in units, for all frames or for each. */
type Height = number | Readonly<Record<Frame, number>>;

/** What all parts have. */
interface Part {
  /** Its class. */
  name: string;
  /** Words above it. */
  label?: Rich;
  /** It is as wide as all columns together. */
  isWide?: boolean;
}

/** A chart: axes and marks. */
export interface Chart extends Part, Plot {
  height: Height;
}

/** The frame and the size, in units, for which a drawing is drawn. */
export interface Sheet {
  frame: Frame;
  width: number;
  height: number;
}

/** A drawing that the figure's own code makes: matrices, blocks, words. `draw` is idempotent and measures nothing. */
export interface Drawing extends Part {
  height: Height;
  /** What it shows in words. */
  alt: string;
  /** It has something to focus; screen readers then read its texts, too. */
  isInteractive?: boolean;
  /** It can be drawn at any height, and so for a dock or a slide, which are low. */
  isElastic?: boolean;
  draw(g: Element, sheet: Sheet): void;
}

/** A part in HTML: words, buttons, lists. A dock cannot show it. */
export interface Box extends Part {
  html(box: HTMLElement): void;
}

/** A figure's picture. */
export interface Picture {
  /** In the order in which they are read. */
  parts: readonly (Chart | Drawing | Box)[];
  /** The name of the part that a dock shows, if not the first. */
  dock?: string;
  /** The names of the parts that a slide shows, if not all. */
  slide?: readonly string[];
  /** Shares of the columns in which parts stand side by side where the picture is not narrow, such as [1, 1]. */
  columns?: readonly number[];
  /** What the marks mean. */
  key?: readonly KeyEntry[];
  /** A line of words below the key. */
  note?: string;
}

/** A mark and what it means. */
export interface KeyEntry {
  symbol: Shape;
  tone?: Tone;
  hollow?: boolean;
  dashed?: boolean;
  words: string;
}

const isBox = (part: Chart | Drawing | Box): part is Box => "html" in part;
const heightAt = (height: Height, frame: Frame): number => (typeof height === "number" ? height : height[frame]);

/** The height of all drawn parts in the wide frame, in units. */
export function wideHeight({parts, columns}: Picture): number {
  const count = columns?.length ?? 1;
  let [sum, row, usedColumns] = [0, 0, 0];
  for (const part of parts) {
    const height = LABEL_HEIGHT + (isBox(part) ? 0 : heightAt(part.height, "wide"));
    if (usedColumns === count || part.isWide) {
      sum += row;
      [row, usedColumns] = [0, 0];
    }
    row = Math.max(row, height);
    usedColumns = part.isWide ? count : usedColumns + 1;
  }
  return sum + row;
}

/** The width in units of a part in this column. `column` may go on counting from row to row. */
function widthOf(part: Part, column: number, columns: readonly number[] | undefined, frame: Frame): number {
  if (!columns || frame === "narrow" || part.isWide) return FRAMES[frame];
  const free = FRAMES[frame] - COLUMN_GAP * (columns.length - 1);
  return Math.round((free * columns[column % columns.length]!) / columns.reduce((sum, one) => sum + one, 0));
}

/** Draws a picture in these frames. The style sheet shows the one that fits its room. */
export function drawPicture(root: Element, picture: Picture, frames: readonly Frame[]) {
  const {parts, columns, key, note} = picture;
  root.setAttribute("data-plots", "");
  // Width over height, by which the style sheet fits the picture into low windows.
  (root as HTMLElement).style.setProperty("--aspect", (FRAMES.wide / wideHeight(picture)).toFixed(2));
  const box = layer<HTMLElement>(root, "div", "plots");
  box.toggleAttribute("data-beside", !!columns);
  const widths = columns?.map((share) => `minmax(0, ${share}fr)`).join(" ");
  if (widths) box.style.setProperty("--columns", widths);
  else box.removeAttribute("style");
  const hasKeyOrNote = key || note;
  const names = [
    ...parts.map(({name, isWide}) => `panel ${name}${isWide ? " across" : ""}`),
    ...(hasKeyOrNote ? ["reading"] : []),
  ];
  const panels = children(box, "div", names);
  let column = 0;
  for (const [i, part] of parts.entries()) {
    const panel = panels[i]!;
    if (part.label) write(layer(panel, "p", "label"), part.label);
    if (isBox(part)) part.html(layer(panel, "div", "own"));
    else for (const frame of frames) drawPart(panel, part, frame, widthOf(part, column, columns, frame));
    column = part.isWide ? 0 : column + 1;
  }
  if (hasKeyOrNote) drawKeyAndNote(panels.at(-1)!, key ?? [], note);
}

/** Whether a chart has something to focus: rows that are pressed, or a handle. */
const hasFocusable = ({y, marks}: Chart): boolean =>
  (y.type === "rows" && !!y.press) || marks.some(({drag}) => drag?.keys);

function drawPart(panel: Element, part: Chart | Drawing, frame: Frame, width: number) {
  const height = Math.round(heightAt(part.height, frame));
  const isInteractive = "draw" in part ? !!part.isInteractive : hasFocusable(part);
  const svg = layer(panel, "svg", `chart ${frame}`);
  attributes(svg, {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: isInteractive ? "group" : "img",
    "aria-label": part.alt,
  });
  const g = layer(svg, "g", "plot");
  attributes(g, {"aria-hidden": isInteractive ? null : "true"});
  if ("draw" in part) part.draw(g, {frame, width, height});
  else drawPlot(g, part, width, height);
}

/** Draws the key and the note. */
function drawKeyAndNote(panel: Element, key: readonly KeyEntry[], note?: string) {
  each(layer(panel, "ul", "key"), "li", key, (item, {symbol, tone = "soft", hollow, dashed, words}) => {
    const path = layer(layer(inset(item, "sample", 14, 12), "g", "mark-dot"), "path", "drawn");
    const look: Look = {tone, ...(hollow && {hollow: ""}), ...(dashed && {dashed: ""})};
    paint(path, look);
    attributes(path, {d: shapePath(symbol, [7, 6])});
    layer(item, "span", "text", words);
  });
  const [line] = children(panel, "p", note === undefined ? [] : ["note"]);
  if (line) put(line, note!);
}
