import type {Caption} from "./caption.ts";
import {plainColors} from "./colors.ts";
import {textLines} from "./textLines.ts";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
/** The least width (CSS px): below it, the text around a picture would break too often. */
const LEAST = 480;

/** The styles that a drawing depends on, with SVG's defaults: only others are written out. */
const looks: Readonly<Record<string, string>> = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "stroke-opacity": "1",
  opacity: "1",
  "paint-order": "normal",
  "text-anchor": "start",
  "dominant-baseline": "auto",
};
const fonts = ["font-family", "font-size", "font-weight", "font-style"] as const;

/** Left out: fields that only catch the pointer, and empty paths. */
const UNSEEN = ".cells, .field, .pad, .pull, path:not([d]), path[d='']";

const short = (length: number): number => Number(length.toFixed(2));

// Characters that XML cannot contain, however they are escaped.
const unwritable = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * What is on screen as one SVG file: every drawing and every label at its place, colors and fonts as computed, the
 * question and the parameters above, the result and its source below.
 */
export function picture(root: HTMLElement, caption: Caption): string {
  const sheet = new Sheet(root);
  sheet.make("title").textContent = caption.title;
  sheet.make("desc").textContent = `${caption.params}. ${caption.sentence}`;
  sheet.paragraph(caption.title, 18, 650, 1);
  sheet.paragraph(caption.params, 13, 400, 0.75);
  sheet.gap(16);
  sheet.drawings();
  sheet.gap(16);
  sheet.paragraph(caption.sentence, 14, 400, 1);
  sheet.gap(6);
  sheet.paragraph(caption.source, 11, 400, 0.75);
  return sheet.text();
}

/** An SVG that is filled from top to bottom. */
class Sheet {
  readonly #root: HTMLElement;
  readonly #svg: Element;
  readonly #ground: Element;
  readonly #plain: (color: string) => string;
  readonly #style: CSSStyleDeclaration;
  readonly #width: number;
  readonly #measure: CanvasRenderingContext2D | null;
  /** Where the next thing goes. */
  #y = MARGIN;

  constructor(root: HTMLElement) {
    const document = root.ownerDocument;
    this.#root = root;
    this.#plain = plainColors(document);
    this.#style = getComputedStyle(root);
    this.#width = Math.max(root.offsetWidth, LEAST);
    this.#measure = document.createElement("canvas").getContext("2d");
    this.#svg = document.createElementNS(SVG, "svg");
    this.#svg.setAttribute("role", "img");
    this.#ground = this.make("rect", {width: "100%", height: "100%", fill: this.#plain(background(root))});
  }

  make(tag: string, attributes: Readonly<Record<string, string | number>> = {}): Element {
    const element = this.#root.ownerDocument.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    this.#svg.append(element);
    return element;
  }

  gap(height: number) {
    this.#y += height;
  }

  paragraph(text: string, size: number, weight: number, opacity: number) {
    const {color, fontFamily} = this.#style;
    const measure = this.#measure;
    if (measure) measure.font = `${weight} ${size}px ${fontFamily}`;
    const widthOf = (line: string) => measure?.measureText(line).width ?? line.length * size * 0.55;
    for (const line of wrap(text, (one) => widthOf(one) <= this.#width)) {
      this.#y += size * 1.4;
      this.make("text", {
        x: MARGIN,
        y: short(this.#y - size * 0.35),
        fill: this.#plain(color),
        "fill-opacity": opacity,
        "font-family": fontFamily,
        "font-size": size,
        "font-weight": weight,
      }).textContent = line;
    }
  }

  /** The drawings and the texts between them, as far as they are seen. */
  drawings() {
    const frame = this.#root.getBoundingClientRect();
    // A host may show the page scaled; the file is not.
    const scale = frame.width / this.#root.offsetWidth || 1;
    const drawings = [...this.#root.querySelectorAll("svg")].filter((one) => one.getBoundingClientRect().width);
    const lines = textLines(this.#root);
    const boxes = [...drawings.map((one) => one.getBoundingClientRect()), ...lines.map(({box}) => box)];
    if (!boxes.length) return;
    // Fields and buttons are not taken along, and leave no gap at either end.
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const place = (left: number, down: number) => ({
      x: short(MARGIN + (left - frame.left) / scale),
      y: short(this.#y + (down - top) / scale),
    });
    for (const drawing of drawings) {
      const {left, top: down, width, height} = drawing.getBoundingClientRect();
      const copy = freeze(drawing, this.#plain);
      const at = {...place(left, down), width: short(width / scale), height: short(height / scale)};
      for (const [name, value] of Object.entries(at)) copy.setAttribute(name, String(value));
      this.#svg.append(copy);
    }
    for (const {text, box, baseline, style} of lines) {
      const label = this.make("text", place(box.left, baseline));
      write(label, style, this.#plain, fonts);
      label.setAttribute("fill", this.#plain(style.color));
      label.textContent = text;
    }
    this.#y += (bottom - top) / scale;
  }

  text(): string {
    const svg = this.#svg;
    const size = {width: Math.ceil(this.#width + 2 * MARGIN), height: Math.ceil(this.#y + MARGIN)};
    for (const [name, value] of Object.entries(size)) svg.setAttribute(name, String(value));
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    // The title has to come first to name the picture.
    svg.querySelector("title")!.after(this.#ground);
    const written = new XMLSerializer().serializeToString(svg).replace(unwritable, "");
    return `<?xml version="1.0" encoding="UTF-8"?>\n${written}\n`;
  }
}

/** A copy of a drawing that no longer depends on a style sheet. */
function freeze(drawing: Element, plain: (color: string) => string): Element {
  const copy = drawing.cloneNode(true) as Element;
  const from = drawing.querySelectorAll("*");
  const doomed = copy.querySelectorAll(UNSEEN);
  for (const [i, element] of copy.querySelectorAll("*").entries()) {
    const style = getComputedStyle(from[i]!);
    const isText = element.localName === "text" || element.localName === "tspan";
    if (element.localName !== "title" && element.localName !== "g") write(element, style, plain, isText ? fonts : []);
    for (const name of ["class", "tabindex", "role"]) element.removeAttribute(name);
  }
  for (const element of doomed) element.remove();
  for (const name of ["class", "role", "aria-label", "aria-hidden"]) copy.removeAttribute(name);
  copy.setAttribute("overflow", "visible");
  return copy;
}

function write(
  element: Element,
  style: CSSStyleDeclaration,
  plain: (color: string) => string,
  faces: readonly string[],
) {
  for (const [name, assumed] of Object.entries(looks)) {
    const value = style.getPropertyValue(name);
    if (value && value !== assumed)
      element.setAttribute(name, name === "fill" || name === "stroke" ? plain(value) : value);
  }
  for (const name of faces) element.setAttribute(name, style.getPropertyValue(name));
}

/** The nearest color that is painted behind the picture. */
function background(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const {backgroundColor} = getComputedStyle(at);
    if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
  }
  return "rgb(255, 255, 255)";
}

/** Breaks words into lines that fit; a word longer than a line gets its own. */
function wrap(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
