import {select} from "d3";
import {layer} from "../layer.ts";
import {put, withText} from "./put.ts";

/** A symbol: its name, and how it is written, with `_` before a subscript and `^` before a superscript. */
export interface Glyph {
  symbol: string;
  text: string;
}

/** An operator with limits, or a matrix of printed numbers: pieces that few formulas have. */
export type Rare =
  | {limits: string; below: Formula; above: Formula}
  | {entries: readonly (readonly string[])[]; symbol: string};

/** A piece of a formula: an operator, a symbol, something with a subscript, a fraction, or a part that no line may break. */
export type Piece =
  | string
  | Glyph
  | {base: Formula; below: Formula}
  | {over: Formula; under: Formula}
  | {keep: Formula}
  | Rare;
export type Formula = readonly Piece[];

export type DrawFormula = (parent: Element, pieces: Formula) => void;

/** `rare` draws what only some formulas have, so that others do not load it. */
export interface Typesetting {
  /** The highlighted symbol. */
  lit: string;
  /** The role of the box, if it is more than one image. */
  role?: string;
  /** Called for each piece once its class is set. */
  mark?(span: Element, piece: Piece): void;
  rare?(span: Element, piece: Rare, rows: DrawFormula): void;
}

/**
 * A formula as text that can be read, pointed at and saved: every piece is a `<span>`, a line in it an `<svg>`. Unless it has
 * another role, the box is one image, and screen readers read its aria-label.
 */
export function typeset(box: Element, formula: Formula, {lit, role, mark, rare}: Typesetting) {
  box.setAttribute("role", role ?? "img");
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
        select(this)
          .attr("class", name)
          .attr("data-symbol", symbol ?? null)
          .attr("data-on", symbol && symbol === lit ? "" : null)
          .attr("aria-hidden", parent === box && !role ? "true" : null);
        mark?.(this, piece);
        if (!draw(this, piece, rows)) rare?.(this, piece as Rare, rows);
      });
  };
  rows(box, formula);
}

export const symbolOf = (piece: Piece): string | undefined =>
  typeof piece === "object" && "symbol" in piece ? piece.symbol : undefined;

/** The kind of piece and which parts it has: pieces of the same class differ in their words alone. */
function classOf(piece: Piece): string {
  if (typeof piece === "string") return "op";
  if ("text" in piece)
    return `glyph${piece.text.includes("_") ? " has-below" : ""}${piece.text.includes("^") ? " has-above" : ""}`;
  if ("keep" in piece) return "keep";
  if ("base" in piece) return "scripted";
  if ("over" in piece) return "fraction";
  return "entries" in piece ? "matrix" : `limits${piece.limits === "Σ" ? " of-sum" : ""}`;
}

/** Draws a piece that any formula may have; gives false for others. */
function draw(span: Element, piece: Piece, rows: DrawFormula): boolean {
  if (typeof piece === "string") put(span, piece);
  else if ("text" in piece) letters(span, piece.text);
  else if ("keep" in piece) rows(span, piece.keep);
  else if ("base" in piece) {
    rows(layer(span, "span", "base"), piece.base);
    rows(layer(span, "sub", "below"), piece.below);
  } else if ("over" in piece) {
    rows(layer(span, "span", "over"), piece.over);
    line(layer(span, "svg", "bar"), "0 0 20 1", "M0 .5H20");
    rows(layer(span, "span", "under"), piece.under);
  } else return false;
  return true;
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
    // A combining hat needs a font that has both; a separate character can be placed above the letter.
    .each(withText((run) => (run === "\u0302" ? "ˆ" : run)));
}

/** A drawing that stretches to fill its place. */
export function line(svg: Element, viewBox: string, d: string) {
  select(svg).attr("viewBox", viewBox).attr("preserveAspectRatio", "none").attr("aria-hidden", "true");
  select(layer(svg, "path", "stroke"))
    .attr("d", d)
    .attr("vector-effect", "non-scaling-stroke");
}
