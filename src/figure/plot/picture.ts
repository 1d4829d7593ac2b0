/** A figure's picture as data: its parts, their places, and the one function that draws them, at build and live. */
import {attributes, children, each} from "./children.ts";
import type {Shape} from "./closed.ts";
import {closed} from "./closed.ts";
import {inset} from "./inset.ts";
import {layer} from "./layer.ts";
import {type Drawn, paint, type Tone} from "./marks.ts";
import {drawPlot, type Plot} from "./plot.ts";
import {put} from "./text/put.ts";
import {type Rich, write} from "./text/symbol.ts";

/**
 * The widths in units that a picture is drawn for, near those of a card on a phone, in a narrow column and beside the text. The
 * browser scales it by 0.92 to 1.37, so letters of 12 units have 11 to 16.5 px.
 */
export const FRAMES = {narrow: 300, mid: 450, wide: 660} as const;
export type Frame = keyof typeof FRAMES;
/** Narrowest rooms, in CSS pixels, of the wider frames; plots.css has them too. */
export const frameFor = (width: number): Frame => (width < 413 ? "narrow" : width < 605 ? "mid" : "wide");
/** Between two columns, in units. */
const GUTTER = 20;
/** A line of words above a part, in units. */
const LABEL = 28;

/** In units; one for all frames, or one for each. */
type Height = number | Readonly<Record<Frame, number>>;

interface Part {
  /** Its class. */
  name: string;
  /** Above it. */
  label?: Rich;
  /** It takes all columns. */
  isWide?: boolean;
}

/** A chart: axes and marks. */
export interface Chart extends Part, Plot {
  height: Height;
}

/** Where a drawing of a figure's own is drawn, in units. */
export interface Sheet {
  frame: Frame;
  width: number;
  height: number;
}

/** A drawing of the figure's own: matrices, blocks, words, roads. `draw` is idempotent and measures nothing. */
export interface Drawing extends Part {
  height: Height;
  /** What it shows in words. */
  alt: string;
  /** It holds something to focus; its texts are read then, too. */
  isInteractive?: boolean;
  /** It fits any height, and so a dock and a slide, which are low. */
  isElastic?: boolean;
  /** In the middle frame it is composed anew, so that this one is a first frame, too. */
  hasMid?: boolean;
  draw(g: Element, sheet: Sheet): void;
}

/** Words, buttons and lists among the drawings. Not what a dock shows. */
export interface Box extends Part {
  html(box: HTMLElement): void;
}

export interface Picture {
  /** In the order in which they are read. */
  parts: readonly (Chart | Drawing | Box)[];
  /** The name of the part that a dock shows, if not the first. */
  dock?: string;
  /** The names of the parts that a slide shows, if not all. */
  slide?: readonly string[];
  /** Shares of the columns in which parts stand side by side where the picture is not narrow, such as [1, 1]. */
  columns?: readonly number[];
  key?: readonly Sample[];
  /** Below the key. */
  note?: string;
}

/** A mark and what it means. */
export interface Sample {
  symbol: Shape;
  tone?: Tone;
  hollow?: boolean;
  dashed?: boolean;
  words: string;
}

/** Whether its narrow frame stands for the middle one. */
const isOfTwo = (part: Chart | Drawing): boolean => "draw" in part && !part.hasMid;
const isBox = (part: Chart | Drawing | Box): part is Box => "html" in part;
const heightAt = (height: Height, frame: Frame): number => (typeof height === "number" ? height : height[frame]);

/** The height of all drawn parts in the wide frame, in units. */
export function wideHeight({parts, columns}: Picture): number {
  const count = columns?.length ?? 1;
  let [sum, row, used] = [0, 0, 0];
  for (const part of parts) {
    const height = LABEL + (isBox(part) ? 0 : heightAt(part.height, "wide"));
    if (used === count || part.isWide) {
      sum += row;
      [row, used] = [0, 0];
    }
    row = Math.max(row, height);
    used = part.isWide ? count : used + 1;
  }
  return sum + row;
}

/** The width in units of a part at this place in its row. */
function widthOf(part: Part, at: number, columns: readonly number[] | undefined, frame: Frame): number {
  if (!columns || frame === "narrow" || part.isWide) return FRAMES[frame];
  const free = FRAMES[frame] - GUTTER * (columns.length - 1);
  return Math.round((free * columns[at % columns.length]!) / columns.reduce((sum, one) => sum + one, 0));
}

/** Draws a picture at these widths. The style sheet shows the one that its room asks for. */
export function drawPicture(root: Element, picture: Picture, frames: readonly Frame[]) {
  const {parts, columns, key, note} = picture;
  root.setAttribute("data-plots", "");
  // For rooms that are low: its width over its height.
  (root as HTMLElement).style.setProperty("--aspect", (FRAMES.wide / wideHeight(picture)).toFixed(2));
  const box = layer<HTMLElement>(root, "div", "plots");
  box.toggleAttribute("data-beside", !!columns);
  if (columns) box.style.setProperty("--columns", columns.map((share) => `minmax(0, ${share}fr)`).join(" "));
  const isReading = key || note;
  const names = [
    ...parts.map(({name, isWide}) => `panel ${name}${isWide ? " across" : ""}`),
    ...(isReading ? ["reading"] : []),
  ];
  const panels = children(box, "div", names);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const panel = panels[i]!;
    if (part.label) write(layer(panel, "p", "label"), part.label);
    if (isBox(part)) part.html(layer(panel, "div", "own"));
    else
      for (const frame of frames) {
        // A first frame of a drawing has two widths: the middle one shows the narrow, enlarged.
        if (isOfTwo(part) && frames.length > 1 && frame === "mid") continue;
        drawPart(panel, part, frame, widthOf(part, at, columns, frame));
      }
    at = part.isWide ? 0 : at + 1;
  }
  if (isReading) drawReading(panels.at(-1)!, key ?? [], note);
}

const holdsFocus = ({y, marks}: Chart): boolean =>
  (y.type === "rows" && !!y.press) || marks.some(({drag}) => drag?.keys);

function drawPart(panel: Element, part: Chart | Drawing, frame: Frame, width: number) {
  const height = Math.round(heightAt(part.height, frame));
  const isInteractive = "draw" in part ? !!part.isInteractive : holdsFocus(part);
  panel.toggleAttribute("data-two", isOfTwo(part));
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

/** The marks' meanings, and a line of words. */
function drawReading(panel: Element, key: readonly Sample[], note?: string) {
  each(layer(panel, "ul", "key"), "li", key, (item, {symbol, tone = "soft", hollow, dashed, words}) => {
    const path = layer(layer(inset(item, "sample", 14, 12), "g", "mark-dot"), "path", "drawn");
    const look: Drawn["look"] = {tone, ...(hollow && {hollow: ""}), ...(dashed && {dashed: ""})};
    paint(path, look);
    attributes(path, {d: closed(symbol, [7, 6])});
    layer(item, "span", "text", words);
  });
  const [line] = children(panel, "p", note === undefined ? [] : ["note"]);
  if (line) put(line, note!);
}
