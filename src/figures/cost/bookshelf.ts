/** Draws storage as books on a shelf: tuned copies, and below them one base with a slip of paper for each task. */
import {attributes, children} from "../../figure/plot/children.ts";
import {listenToDrags} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../figure/plot/lens.ts";
import {type Look, paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {answerWidth} from "./strips.ts";

interface ShelfOptions {
  tasks: number;
  /** Bytes of a full copy, of the base that tasks share, and of one task's own file. */
  copySize: number;
  baseSize: number;
  slipSize: number;
  /** The words below each shelf. The second text is empty if there is only one shelf. */
  words: readonly [copies: string, slips: string];
  /** How many slips are as thick as the base beside them. */
  slipsInBase: string;
  /** How many times smaller the second shelf is, and what that means; absent if it is not smaller. */
  answer?: readonly [number: string, more: string];
  onDrag(tasks: number): void;
}

/** The shelf has room for at least this many tasks. */
const MIN_PLACES = 100;
/** The height of a line of words below a shelf, in units. */
const WORDS_HEIGHT = 26;
/** How far apart slips are at most in the lens, in units, and the share of it that each fills. */
const [MAX_PITCH_IN_LENS, SLIP_SHARE] = [9, 0.72];

/** Draws the path of this class. */
function drawPath(parent: Element, name: string, d: string, look: Look) {
  const path = layer(parent, "path", name);
  attributes(path, {d});
  paint(path, look);
}

/** Draws both shelves. Dragging across the books sets their number. */
export function drawBookshelf(g: Element, shelf: ShelfOptions, {width, height}: Sheet) {
  const {tasks, words, onDrag} = shelf;
  const shelfHeight = Math.round(0.42 * (height - 2 * WORDS_HEIGHT));
  const places = Math.max(MIN_PLACES, tasks);
  const copyWidth = width / places;
  const bookWidth = rounded(copyWidth - (copyWidth >= 2.2 ? 0.7 : 0));
  const bookPath = (n: number) => `M${rounded(n * copyWidth)} ${shelfHeight}V0h${bookWidth}V${shelfHeight}z`;
  const [copies, boards, baseLayer, lens, textLayer] = children(g, "g", [
    "mark-bar copies",
    "mark-rule boards",
    "mark-bar base",
    "lens",
    "mark-text",
  ]) as [Element, Element, Element, Element, Element];
  // Full fine-tuning moves every weight of a copy.
  drawPath(copies, "books", Array.from({length: tasks}, (_, n) => bookPath(n)).join(""), {tone: "dw"});
  const foot = height - WORDS_HEIGHT;
  const hasOneShelf = !words[1];
  drawPath(boards, "board", `M0 ${shelfHeight}H${width}${hasOneShelf ? "" : `M0 ${foot}H${width}`}`, {
    tone: "ink",
    strength: "2",
  });
  const baseTexts = hasOneShelf ? [] : drawBase(baseLayer, lens, shelf, {copyWidth, width, shelfHeight, foot});
  if (hasOneShelf) for (const part of [baseLayer, lens]) part.replaceChildren();
  texts(textLayer, [
    {at: [0, shelfHeight + 18], text: words[0], tone: "ink"},
    ...(hasOneShelf ? [] : [{at: [0, foot + 18] as const, text: words[1], tone: "ink"}]),
    ...baseTexts,
  ]);
  const field = layer(g, "path", "field");
  attributes(field, {d: `M0 0H${width}V${shelfHeight}H0Z`});
  listenToDrags(field, g, {
    onDrag: (x) => onDrag(Math.min(Math.max(Math.round(x / copyWidth), 1), places)),
    onCancel: () => onDrag(tasks),
  });
}

/** Slips that are together thicker than this need no lens. */
const NO_LENS_FROM = 30;

/** Sizes of the drawing in units. */
interface ShelfSizes {
  /** A copy's width. */
  copyWidth: number;
  /** The width of the picture and the height of a shelf. */
  width: number;
  shelfHeight: number;
  /** The y of the second shelf's board. */
  foot: number;
}

/** Draws the base with its slips beside it and, if they are too thin to be seen, a lens on its edge. Returns the lens's texts. */
function drawBase(g: Element, lens: Element, shelf: ShelfOptions, sizes: ShelfSizes): Text[] {
  const {tasks, copySize, baseSize, slipSize, slipsInBase, answer} = shelf;
  const {copyWidth, width, shelfHeight, foot} = sizes;
  const [baseWidth, slipWidth] = [(copyWidth * baseSize) / copySize, (copyWidth * slipSize) / copySize];
  const uprightPath = (x: number, thickness: number) =>
    `M${rounded(x)} ${foot - shelfHeight}h${rounded(thickness)}v${shelfHeight}h${rounded(-thickness)}z`;
  drawPath(g, "book", uprightPath(0, baseWidth), {tone: "w0"});
  drawPath(g, "slips", uprightPath(baseWidth, Math.max(slipWidth * tasks, 0.4)), {tone: "dw"});
  if (slipWidth * tasks > NO_LENS_FROM) {
    lens.replaceChildren();
    return [];
  }
  const times = roundBelow(MAX_PITCH_IN_LENS / slipWidth);
  // As large as the room between the words of the first shelf and the second.
  const radius = Math.min((foot - shelfHeight - WORDS_HEIGHT) / 2 - 4, 0.14 * width + 20);
  const [x, y] = [rounded(baseWidth + 0.55 * radius + radius + 8), rounded(foot - radius - 4)];
  drawLens(lens, {
    x,
    y,
    radius,
    pitch: slipWidth * times,
    tasks,
    from: [rounded(baseWidth), rounded(foot - 0.5 * shelfHeight)],
  });
  const right = x + radius + 14;
  const slipText = `${width < 400 ? "" : "a slip is "}1/${slipsInBase} of the base`;
  return [
    {at: [right, y + 14], text: `the edge, × ${whole(times)}`, tone: "soft", kind: "plain first"},
    {at: [right, y + 31], text: slipText, tone: "soft", kind: "plain second"},
    ...(answer
      ? ([
          {at: [right, y - 12], text: answer[0], tone: "ink", kind: "answer"},
          {at: [right + answerWidth(answer[0]), y - 12], text: answer[1], tone: "ink", kind: "plain"},
        ] as const)
      : []),
  ];
}

/** The lens on the edge of the base. */
interface EdgeLens {
  /** Its middle. */
  x: number;
  y: number;
  radius: number;
  /** From one slip to the next in the lens. */
  pitch: number;
  tasks: number;
  /** The place that the lens magnifies. */
  from: readonly [x: number, y: number];
}

/** Draws the lens, with the book's edge at its left and the slips at its right. */
function drawLens(g: Element, {x, y, radius, pitch, tasks, from}: EdgeLens) {
  const [sight, ground, bars, rim] = children(g, "g", ["mark-rule", "mark-dot", "mark-bar", "mark-lineY"]) as [
    Element,
    Element,
    Element,
    Element,
  ];
  const count = Math.min(tasks, Math.floor(radius / pitch));
  const slips = Array.from({length: count}, (_, n) => {
    const [left, right] = [n * pitch, (n + SLIP_SHARE) * pitch];
    // The outer edge of a slip ends at the rim of the lens.
    const halfHeight = Math.sqrt(radius ** 2 - right ** 2);
    return `M${rounded(x + left)} ${rounded(y - halfHeight)}H${rounded(x + right)}V${rounded(y + halfHeight)}H${rounded(x + left)}z`;
  });
  const circle = shapePath("circle", [x, y], rounded(radius));
  drawPath(sight, "sight", cone(...from, x, y, radius), {tone: "ink", thin: ""});
  drawPath(ground, "ground", circle, {tone: "edge", hollow: ""});
  const halfCircle = `M${x} ${rounded(y - radius)}A${rounded(radius)} ${rounded(radius)} 0 0 0 ${x} ${rounded(y + radius)}z`;
  drawPath(bars, "book", halfCircle, {tone: "w0"});
  drawPath(bars, "slips", slips.join(""), {tone: "dw"});
  drawPath(rim, "rim", circle, {tone: "ink"});
}
