/** Storage as books on a shelf: tuned copies, and below them one base with a slip of paper for each task. */
import {attributes, children} from "../../figure/plot/children.ts";
import {drags} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../figure/plot/lens.ts";
import {type Look, paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {loudWidth} from "./strips.ts";

/** What is drawn. */
interface Shelf {
  tasks: number;
  /** Sizes of a full copy, of the base that tasks share, and of one task's own file. */
  copy: number;
  base: number;
  slip: number;
  /** The words below each shelf. The second text is empty if there is only one shelf. */
  words: readonly [copies: string, slips: string];
  /** How many slips are as thick as the book beside them. */
  slipsInBook: string;
  /** How many times smaller the second shelf is, and of what; left out where it is not. */
  answer?: readonly [loud: string, more: string];
  onDrag(tasks: number): void;
}

/** The shelf has room for at least this many tasks. */
const PLACES = 100;
/** The height of a line of words below a shelf, in units. */
const WORDS = 26;
/** How thick a slip is at most in the lens, in units. */
const SLIP_IN_LENS = 9;
/** Books are lower than the shelf by these shares of its height, in turn. */
const HEIGHT_LOSSES = [0, 0.05, 0.1, 0.03, 0.08, 0.02];
/** The height of the band across all copies that shows what training changed, as a share from the top. */
const BAND = 0.21;

/** Draws a path. */
function draw(parent: Element, name: string, d: string, look: Look) {
  const path = layer(parent, "path", name);
  attributes(path, {d});
  paint(path, look);
}

/** Draws both shelves. Dragging across the books sets their number. */
export function bookshelf(g: Element, shelf: Shelf, {width, height}: Sheet) {
  const {tasks, words, onDrag} = shelf;
  const shelfHeight = Math.round(0.42 * (height - 2 * WORDS));
  const copyWidth = width / Math.max(PLACES, tasks);
  const book = (n: number) => {
    const top = rounded(shelfHeight * HEIGHT_LOSSES[n % HEIGHT_LOSSES.length]!);
    return `M${rounded(n * copyWidth)} ${shelfHeight}V${top}h${rounded(copyWidth - (copyWidth >= 2.2 ? 0.7 : 0))}V${shelfHeight}z`;
  };
  const [copies, edits, boards, one, lens, textLayer] = children(g, "g", [
    "mark-bar copies",
    "mark-bar edits",
    "mark-rule boards",
    "mark-bar one",
    "lens",
    "mark-text",
  ]) as [Element, Element, Element, Element, Element, Element];
  draw(copies, "books", Array.from({length: tasks}, (_, n) => book(n)).join(""), {tone: "w0"});
  draw(
    edits,
    "band",
    `M0 ${rounded(BAND * shelfHeight)}h${rounded(tasks * copyWidth)}v4h${rounded(-tasks * copyWidth)}z`,
    {tone: "dw"},
  );
  const foot = height - WORDS;
  const isAlone = !words[1];
  draw(boards, "board", `M0 ${shelfHeight}H${width}${isAlone ? "" : `M0 ${foot}H${width}`}`, {
    tone: "ink",
    strength: "2",
  });
  const baseTexts = isAlone ? [] : drawBase(one, lens, shelf, {copyWidth, width, shelfHeight, foot});
  if (isAlone) for (const part of [one, lens]) part.replaceChildren();
  texts(textLayer, [
    {at: [0, shelfHeight + 18], text: words[0], tone: "ink"},
    ...(isAlone ? [] : [{at: [0, foot + 18] as const, text: words[1], tone: "ink"}]),
    ...baseTexts,
  ]);
  const field = layer(g, "path", "field");
  attributes(field, {d: `M0 0H${width}V${shelfHeight}H0Z`});
  drags(field, g, {
    onDrag: (x) => onDrag(Math.min(Math.max(Math.round(x / (width / PLACES)), 1), PLACES)),
    onCancel: () => onDrag(tasks),
  });
}

/** Sizes of the drawing in units. */
interface ShelfSizes {
  /** A copy's width. */
  copyWidth: number;
  width: number;
  shelfHeight: number;
  foot: number;
}

/** Draws the base as one book with its slips beside it, and if they are too thin to be seen, a lens on its edge. Gives the words. */
function drawBase(g: Element, lens: Element, shelf: Shelf, sizes: ShelfSizes): Text[] {
  const {tasks, copy, base, slip, slipsInBook, answer} = shelf;
  const {copyWidth, width, shelfHeight, foot} = sizes;
  const [book, thin] = [(copyWidth * base) / copy, (copyWidth * slip) / copy];
  const upright = (x: number, thickness: number) =>
    `M${rounded(x)} ${foot - shelfHeight}h${rounded(thickness)}v${shelfHeight}h${rounded(-thickness)}z`;
  draw(g, "book", upright(0, book), {tone: "w0"});
  draw(g, "slips", upright(book, Math.max(thin * tasks, 0.4)), {tone: "dw"});
  if (thin * tasks > 30) {
    lens.replaceChildren();
    return [];
  }
  const times = roundBelow(SLIP_IN_LENS / thin);
  // As large as the room above the second shelf, from the words of the first on.
  const radius = Math.min((foot - shelfHeight - WORDS) / 2 - 4, 0.14 * width + 20);
  const [x, y] = [rounded(book + 0.55 * radius + radius + 8), rounded(foot - radius - 4)];
  drawEdge(lens, {x, y, radius, step: thin * times, tasks, from: [rounded(book), rounded(foot - 0.5 * shelfHeight)]});
  const right = x + radius + 14;
  const slipSize = `${width < 400 ? "" : "a slip is "}1/${slipsInBook} of the base`;
  return [
    {at: [right, y + 14], text: `the edge, × ${whole(times)}`, tone: "soft", kind: "plain first"},
    {at: [right, y + 31], text: slipSize, tone: "soft", kind: "plain second"},
    ...(answer
      ? ([
          {at: [right, y - 12], text: answer[0], tone: "ink", kind: "answer"},
          {at: [right + loudWidth(answer[0]), y - 12], text: answer[1], tone: "ink", kind: "plain"},
        ] as const)
      : []),
  ];
}

/** The edge of the base under the lens. */
interface Edge {
  x: number;
  y: number;
  radius: number;
  /** The thickness of a slip in the lens. */
  step: number;
  tasks: number;
  /** The place that the lens magnifies. */
  from: readonly [x: number, y: number];
}

/** Draws the lens, with the book's edge at its left and the slips at its right. */
function drawEdge(g: Element, {x, y, radius, step, tasks, from}: Edge) {
  const [sight, ground, bars, rim] = children(g, "g", ["mark-rule", "mark-dot", "mark-bar", "mark-lineY"]) as [
    ...[Element, Element, Element, Element],
  ];
  const count = Math.min(tasks, Math.floor(radius / step));
  const slips = Array.from({length: count}, (_, n) => {
    const [left, right] = [n * step, (n + 0.72) * step];
    // The outer edge of a slip ends at the rim of the lens.
    const halfHeight = Math.sqrt(radius ** 2 - right ** 2);
    return `M${rounded(x + left)} ${rounded(y - halfHeight)}H${rounded(x + right)}V${rounded(y + halfHeight)}H${rounded(x + left)}z`;
  });
  const circle = shapePath("circle", [x, y], rounded(radius));
  draw(sight, "sight", cone(...from, x, y, radius), {tone: "ink", thin: ""});
  draw(ground, "ground", circle, {tone: "edge", hollow: ""});
  const half = `M${x} ${rounded(y - radius)}A${rounded(radius)} ${rounded(radius)} 0 0 0 ${x} ${rounded(y + radius)}z`;
  draw(bars, "book", half, {tone: "w0"});
  draw(bars, "slips", slips.join(""), {tone: "dw"});
  draw(rim, "rim", circle, {tone: "ink"});
}
