import {select} from "d3";
import {layer} from "../layer.ts";
import {put, withText} from "./put.ts";

/** A symbol: its name, and how it is written, with `_` before a subscript and `^` before a superscript. */
export interface Glyph {
  symbol: string;
  text: string;
}

/**
 * A piece of a formula: an operator, a symbol, something with a subscript, a fraction, an operator with limits, a
 * matrix of printed numbers, or a part that no line may break.
 */
export type Piece =
  | string
  | Glyph
  | {base: Formula; below: Formula}
  | {over: Formula; under: Formula}
  | {limits: string; below: Formula; above: Formula}
  | {entries: readonly (readonly string[])[]; symbol: string}
  | {keep: Formula};
export type Formula = readonly Piece[];

export interface Typesetting {
  /** The highlighted symbol. */
  lit: string;
  /** What a symbol is called; with it, every symbol can be focused. */
  nameOf?(symbol: string): string;
  onPick(symbol: string): void;
}

/** The class of each kind of piece, by the member that only this kind has. */
const kinds = {text: "glyph", base: "scripted", over: "fraction", limits: "limits", entries: "matrix", keep: "keep"};

function kindOf(piece: Piece): string {
  if (typeof piece === "string") return "op";
  const [, kind = ""] = Object.entries(kinds).find(([member]) => member in piece) ?? [];
  return kind;
}

const SIGMA =
  "M1 1H18L19 6H18C17.4 3.6 16.3 2.6 13.4 2.6H5.4L12 10.7L4.4 19H13.6C16.8 19 17.9 17.8 18.6 15.2H19.6L18.4 21.5H1V20.4L9.4 11.2L1 2Z";
const BRACKETS = {open: "M5 1H1V19H5", close: "M1 1H5V19H1"};

/**
 * A formula as text that can be read, pointed at and saved: every piece is a `<span>`, a line in it an `<svg>`. The symbols
 * share one tab stop; arrow keys, Home and End move among them. If none can be focused, the box is one image, and screen
 * readers read its aria-label.
 */
export function typeset(box: Element, formula: Formula, options: Typesetting) {
  box.setAttribute("role", options.nameOf ? "toolbar" : "img");
  let stop: string | null = options.lit;
  const rows = (parent: Element, pieces: Formula) => {
    select(parent)
      .selectChildren<HTMLSpanElement, Piece>("span")
      .data(pieces)
      .join("span")
      .each(function (piece) {
        const name = classOf(piece);
        // The span may have held another kind of piece.
        if (this.getAttribute("class") !== name) this.textContent = "";
        const symbol = symbolOf(piece);
        const focusable = options.nameOf && symbol && "text" in (piece as object);
        const isLit = symbol === options.lit;
        select(this)
          .attr("class", name)
          .attr("data-symbol", symbol ?? null)
          .attr("data-on", symbol && isLit ? "" : null)
          .attr("role", focusable ? "button" : null)
          .attr("aria-pressed", focusable ? String(isLit) : null)
          .attr("aria-label", focusable ? options.nameOf!(symbol) : null)
          .attr("aria-hidden", parent === box && !options.nameOf ? "true" : null)
          .attr("tabindex", focusable ? (symbol === stop ? "0" : "-1") : null)
          .on("pointerenter click focus", () => symbol && options.onPick(symbol));
        if (focusable && symbol === stop) stop = null;
        draw(this, piece, rows);
      });
  };
  rows(box, formula);
  select(box).on("keydown", (event: KeyboardEvent) => walk(box, event));
}

const symbolOf = (piece: Piece): string | undefined =>
  typeof piece === "object" && "symbol" in piece ? piece.symbol : undefined;

/** The kind of piece and which parts it has: pieces of the same class differ in their words alone. */
function classOf(piece: Piece): string {
  const kind = kindOf(piece);
  if (typeof piece === "string") return kind;
  if ("limits" in piece) return piece.limits === "Σ" ? "limits of-sum" : kind;
  if (!("text" in piece)) return kind;
  return `${kind}${piece.text.includes("_") ? " has-below" : ""}${piece.text.includes("^") ? " has-above" : ""}`;
}

type Rows = (parent: Element, pieces: Formula) => void;

function draw(span: Element, piece: Piece, rows: Rows) {
  if (typeof piece === "string") put(span, piece);
  else if ("text" in piece) letters(span, piece.text);
  else if ("keep" in piece) rows(span, piece.keep);
  else if ("entries" in piece) matrix(span, piece.entries);
  else if ("base" in piece) {
    rows(layer(span, "span", "base"), piece.base);
    rows(layer(span, "sub", "below"), piece.below);
  } else if ("over" in piece) {
    rows(layer(span, "span", "over"), piece.over);
    line(layer(span, "svg", "bar"), "0 0 20 1", "M0 .5H20");
    rows(layer(span, "span", "under"), piece.under);
  } else {
    rows(layer(span, "span", "above"), piece.above);
    if (piece.limits === "Σ") line(layer(span, "svg", "sum"), "0 0 20 22", SIGMA);
    else layer(span, "span", "operator", piece.limits);
    rows(layer(span, "span", "below"), piece.below);
  }
}

/** "U_A_r=8^i": a letter with its scripts; a second subscript is a subscript of the first. */
function letters(span: Element, text: string) {
  const [letter, ...marks] = text.split(/(?=[_^])/);
  slant(marks.length ? layer(span, "span", "letter") : span, letter);
  if (!marks.length) return;
  const box = layer(span, "span", "scripts");
  const script = (parent: Element, tag: string, mark: string, texts: readonly string[]) => {
    if (!texts.length) return;
    const place = layer(parent, tag, mark);
    // The space separates letter and subscript in copied text; at the start of a line it is invisible.
    const text = texts[0].slice(1);
    slant(layer(place, "span", "letter"), text === "0" ? text : ` ${text}`);
    script(place, tag, mark, texts.slice(1));
  };
  for (const [tag, mark] of [
    ["sub", "_"],
    ["sup", "^"],
  ])
    script(
      box,
      tag,
      tag,
      marks.filter((one) => one.startsWith(mark)),
    );
}

/** Latin and small Greek letters are slanted; numbers, signs and capital Greek letters are upright. */
function slant(span: Element, text: string) {
  select(span)
    .selectChildren<HTMLSpanElement, string>("span")
    .data(text.split(/(\u0302)/).flatMap((part) => part.match(/[A-Za-zα-ωϕ]+|[^A-Za-zα-ωϕ]+/g) ?? []))
    .join("span")
    .attr("class", (run) => (run === "\u0302" ? "accent" : /[A-Za-zα-ωϕ]/.test(run) ? "slanted" : "upright"))
    // A combining hat needs a font that has both; as a character of its own it can be placed above the letter.
    .each(withText((run) => (run === "\u0302" ? "ˆ" : run)));
}

/** A drawing that stretches to fill its place. */
function line(svg: Element, viewBox: string, d: string) {
  select(svg).attr("viewBox", viewBox).attr("preserveAspectRatio", "none").attr("aria-hidden", "true");
  select(layer(svg, "path", "stroke"))
    .attr("d", d)
    .attr("vector-effect", "non-scaling-stroke");
}

function matrix(span: Element, entries: readonly (readonly string[])[]) {
  line(layer(span, "svg", "bracket open"), "0 0 6 20", BRACKETS.open);
  select(layer(span, "span", "rows"))
    .selectChildren<HTMLSpanElement, readonly string[]>("span")
    .data(entries)
    .join("span")
    .attr("class", "row")
    .selectChildren<HTMLSpanElement, string>("span")
    .data((row) => row)
    .join("span")
    .attr("class", "entry")
    .each(withText((entry) => entry));
  line(layer(span, "svg", "bracket close"), "0 0 6 20", BRACKETS.close);
}

/** Arrow keys move from symbol to symbol, in the order of the formula. */
function walk(box: Element, event: KeyboardEvent) {
  const all = Array.from(box.querySelectorAll<HTMLElement>("[role=button]"));
  const at = all.indexOf(event.target as HTMLElement);
  const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1}[
    event.key
  ];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  all[(to + all.length) % all.length]!.focus();
}
