import {select} from "d3";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

interface Shelf {
  tasks: number;
  /** Sizes of a full copy, of the base that tasks share, and of one task's own file. */
  copy: number;
  base: number;
  slip: number;
  /** Below each shelf. The second is empty if there is one shelf alone. */
  words: readonly [copies: string, slips: string];
  /** Beside the lens. */
  lens(magnified: number): readonly [string, string];
}

/** The books of the first shelf, the second shelf with its lens, and a line of words below each. */
const [BOOK, WORDS, LENS] = [62, 24, 74];
export const SHELF_HEIGHT = BOOK + LENS + 2 * WORDS;
/** The least tasks that the shelf has places for. */
export const PLACES = 100;
const LEAST_SLIP = 3.4;

/** The magnification under which a slip can be seen: 1, 2 or 4 and zeros. */
export function magnification(slip: number): number {
  const due = LEAST_SLIP / slip;
  const power = 10 ** Math.floor(Math.log10(due));
  return [1, 2, 4, 10].map((n) => n * power).find((n) => n >= due)!;
}

/** Copies as books on a shelf; below it the one book that slips of paper go with. Dragging across the books sets their number. */
export function bookshelf(svg: Element, shelf: Shelf, width: number, onDrag: (tasks: number) => void) {
  const {tasks, words} = shelf;
  const wide = width / Math.max(PLACES, tasks);
  const books = layer(svg, "g", "books");
  const isApart = wide >= 2.2;
  const heights = [0, 3, 6, 2, 5, 1];
  const book = (n: number) => {
    const top = heights[n % heights.length]!;
    return `M${rounded(n * wide)} ${BOOK}V${top}h${rounded(wide - (isApart ? 0.7 : 0))}V${BOOK}z`;
  };
  select(layer(books, "path", "copies")).attr("d", Array.from({length: tasks}, (_, n) => book(n)).join(""));
  select(layer(books, "path", "edits")).attr("d", `M0 13H${rounded(tasks * wide)}`);
  board(layer(svg, "g", "upper"), BOOK, width, words[0]);
  const below = layer(svg, "g", "lower");
  if (words[1]) one(below, shelf, wide, width);
  else below.replaceChildren();
  const field = layer(svg, "rect", "field");
  select(field).attr("width", width).attr("height", BOOK);
  drags(field, svg, {
    onDrag: (x) => onDrag(Math.min(Math.max(Math.round(x / (width / PLACES)), 1), PLACES)),
    onCancel: () => onDrag(tasks),
  });
}

function board(g: Element, y: number, width: number, text: string) {
  select(layer(g, "line", "board"))
    .attr("x2", width)
    .attr("y1", y)
    .attr("y2", y);
  label(g, "words", text, {x: 0, y: y + 17});
}

/** The base as one book with its slips beside it, and where they are too thin to be seen, a lens on its edge. */
function one(g: Element, {tasks, copy, base, slip, words, lens}: Shelf, wide: number, width: number) {
  const foot = BOOK + WORDS + LENS;
  const [book, thin] = [(wide * base) / copy, (wide * slip) / copy];
  select(layer(g, "rect", "copies"))
    .attr("y", foot - BOOK)
    .attr("width", rounded(book))
    .attr("height", BOOK);
  select(layer(g, "rect", "slips"))
    .attr("x", rounded(book))
    .attr("y", foot - BOOK)
    .attr("width", rounded(Math.max(thin * tasks, 0.4)))
    .attr("height", BOOK);
  board(g, foot, width, words[1]);
  const box = layer(g, "g", "lens");
  if (thin * tasks > 30) return box.replaceChildren();
  const times = magnification(thin);
  const radius = LENS / 2 - 3;
  const [x, y] = [110, foot - radius - 2];
  const half = (side: 0 | 1, to: number) => {
    const height = Math.sqrt(Math.max(radius ** 2 - to ** 2, 0));
    return side
      ? `M${x} ${y - radius}A${radius} ${radius} 0 0 1 ${x} ${y + radius}z`
      : `M${x} ${y - height}A${radius} ${radius} 0 0 0 ${x} ${y + height}z`;
  };
  select(layer(box, "path", "sight")).attr("d", `M${rounded(book + 4)} ${foot - 34}L${x - radius} ${y}`);
  select(layer(box, "circle", "spot"))
    .attr("cx", rounded(book))
    .attr("cy", foot - 34)
    .attr("r", 4);
  select(layer(box, "path", "copies")).attr("d", half(0, 0));
  const step = thin * times;
  const count = Math.min(tasks, Math.floor(radius / step) + 1);
  const slips = Array.from({length: count}, (_, n) => {
    const [from, to] = [n * step, Math.min((n + 0.72) * step, radius)];
    const middle = (from + to) / 2;
    const high = middle < radius ? Math.sqrt(radius ** 2 - middle ** 2) : 0;
    return high > 0 && to > from
      ? `M${rounded(x + from)} ${rounded(y - high)}H${rounded(x + to)}V${rounded(y + high)}H${rounded(x + from)}z`
      : "";
  });
  select(layer(box, "path", "slips")).attr("d", slips.join(""));
  select(layer(box, "circle", "rim"))
    .attr("cx", x)
    .attr("cy", y)
    .attr("r", radius);
  const [first, second] = lens(times);
  label(box, "first", first, {x: x + radius + 12, y: y - 4});
  label(box, "second", second, {x: x + radius + 12, y: y + 14});
}
