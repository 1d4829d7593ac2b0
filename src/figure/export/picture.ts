/** A figure's picture as one SVG file, with its words. */
import {attributes} from "../plot/children.ts";
import type {Caption} from "./caption.ts";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** The room around the picture and its words, in CSS px. */
const MARGIN = 24;
/** The least width in CSS px. In a narrower file the text around a picture would have too many short lines. */
const MIN_WIDTH = 480;

/** In paragraphs, as shares of the font size: the height of a line, the part of it below the baseline, and about the width of a letter. */
const [LINE_HEIGHT, DESCENT, LETTER_WIDTH] = [1.4, 0.35, 0.55];

/** The style properties of drawings with SVG's defaults, which are not written out. */
const DEFAULT_STYLE: Readonly<Record<string, string>> = {
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
  "shape-rendering": "auto",
};
/** The style properties of text, which are always written out. */
const FONT_STYLE = ["font-family", "font-size", "font-weight", "font-style"] as const;

/** What is left out: areas that only catch the pointer, and empty paths. */
const INVISIBLE = ".cells, .field, .pad, .pull, path:not([d]), path[d='']";

/** A length with two decimals. */
const twoDecimals = (length: number): number => Number(length.toFixed(2));

/** Characters that XML cannot contain, however they are escaped. */
const UNWRITABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * Gives the text of an SVG file with what is on screen: every drawing and every label at its place, colors and fonts as computed,
 * the question and the parameters above, the result and its source below.
 */
export function pictureFile(root: HTMLElement, caption: Caption): string {
  const file = new PictureFile(root);
  file.addElement("title").textContent = caption.title;
  file.addElement("desc").textContent = `${caption.state}. ${caption.sentence}`;
  file.addParagraph(caption.title, 18, 650, 1);
  file.addParagraph(caption.state, 13, 400, 0.75);
  file.addGap(16);
  file.addDrawings();
  file.addGap(16);
  file.addParagraph(caption.sentence, 14, 400, 1);
  file.addGap(6);
  file.addParagraph(caption.source, 11, 400, 0.75);
  return file.toText();
}

/** An SVG file that is filled from top to bottom. */
class PictureFile {
  readonly #root: HTMLElement;
  readonly #svg: Element;
  readonly #background: Element;
  readonly #plainColor: (color: string) => string;
  readonly #style: CSSStyleDeclaration;
  readonly #width: number;
  readonly #canvas: CanvasRenderingContext2D | null;
  /** How far it is filled, from the top. */
  #y = MARGIN;

  constructor(root: HTMLElement) {
    const document = root.ownerDocument;
    this.#root = root;
    this.#plainColor = plainColors(document);
    this.#style = getComputedStyle(root);
    this.#width = Math.max(root.offsetWidth, MIN_WIDTH);
    this.#canvas = document.createElement("canvas").getContext("2d");
    this.#svg = document.createElementNS(SVG_NAMESPACE, "svg");
    this.#svg.setAttribute("role", "img");
    this.#background = this.addElement("rect", {
      width: "100%",
      height: "100%",
      fill: this.#plainColor(colorBehind(root)),
    });
  }

  addElement(tag: string, values: Readonly<Record<string, string | number>> = {}): Element {
    const element = this.#root.ownerDocument.createElementNS(SVG_NAMESPACE, tag);
    attributes(element, values);
    this.#svg.append(element);
    return element;
  }

  addGap(height: number) {
    this.#y += height;
  }

  addParagraph(text: string, size: number, weight: number, opacity: number) {
    const {color, fontFamily} = this.#style;
    const canvas = this.#canvas;
    if (canvas) canvas.font = `${weight} ${size}px ${fontFamily}`;
    const widthOf = (line: string) => canvas?.measureText(line).width ?? line.length * size * LETTER_WIDTH;
    for (const line of wrap(text, (one) => widthOf(one) <= this.#width)) {
      this.#y += size * LINE_HEIGHT;
      this.addElement("text", {
        x: MARGIN,
        y: twoDecimals(this.#y - size * DESCENT),
        fill: this.#plainColor(color),
        "fill-opacity": opacity,
        "font-family": fontFamily,
        "font-size": size,
        "font-weight": weight,
      }).textContent = line;
    }
  }

  /** Adds the visible drawings and the texts between them. */
  addDrawings() {
    const frame = this.#root.getBoundingClientRect();
    // A host may show the page scaled; the file is not.
    const scale = frame.width / this.#root.offsetWidth || 1;
    const drawings = [...this.#root.querySelectorAll("svg")].filter((one) => one.getBoundingClientRect().width);
    const lines = textLines(this.#root);
    const boxes = [...drawings.map((one) => one.getBoundingClientRect()), ...lines.map(({box}) => box)];
    if (!boxes.length) return;
    // Fields and buttons are left out. Above the first drawing and below the last they leave no gap.
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const place = (left: number, down: number) => ({
      x: twoDecimals(MARGIN + (left - frame.left) / scale),
      y: twoDecimals(this.#y + (down - top) / scale),
    });
    for (const drawing of drawings) {
      const {left, top: down, width, height} = drawing.getBoundingClientRect();
      const copy = standaloneCopy(drawing, this.#plainColor);
      attributes(copy, {...place(left, down), width: twoDecimals(width / scale), height: twoDecimals(height / scale)});
      this.#svg.append(copy);
    }
    for (const {text, box, baseline, style} of lines) {
      const label = this.addElement("text", place(box.left, baseline));
      writeStyle(label, style, this.#plainColor, FONT_STYLE);
      label.setAttribute("fill", this.#plainColor(style.color));
      label.textContent = text;
    }
    this.#y += (bottom - top) / scale;
  }

  toText(): string {
    const svg = this.#svg;
    const size = {width: Math.ceil(this.#width + 2 * MARGIN), height: Math.ceil(this.#y + MARGIN)};
    attributes(svg, {...size, viewBox: `0 0 ${size.width} ${size.height}`});
    // The title has to come first to name the picture.
    svg.querySelector("title")!.after(this.#background);
    const xml = new XMLSerializer().serializeToString(svg).replace(UNWRITABLE, "");
    return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
  }
}

/** A copy of a drawing that no longer depends on a style sheet. */
function standaloneCopy(drawing: Element, plain: (color: string) => string): Element {
  const copy = drawing.cloneNode(true) as Element;
  const from = drawing.querySelectorAll("*");
  const invisible = copy.querySelectorAll(INVISIBLE);
  for (const [i, element] of copy.querySelectorAll("*").entries()) {
    const style = getComputedStyle(from[i]!);
    const isText = element.localName === "text" || element.localName === "tspan";
    if (element.localName !== "title" && element.localName !== "g")
      writeStyle(element, style, plain, isText ? FONT_STYLE : []);
    for (const name of ["class", "tabindex", "role"]) element.removeAttribute(name);
  }
  for (const element of invisible) element.remove();
  for (const name of ["class", "role", "aria-label", "aria-hidden"]) copy.removeAttribute(name);
  copy.setAttribute("overflow", "visible");
  return copy;
}

/** Writes what an element looks like as attributes. `plain` gives colors that programs for SVG know. */
function writeStyle(
  element: Element,
  style: CSSStyleDeclaration,
  plain: (color: string) => string,
  fonts: readonly string[],
) {
  for (const [name, defaultValue] of Object.entries(DEFAULT_STYLE)) {
    const value = style.getPropertyValue(name);
    if (value && value !== defaultValue)
      element.setAttribute(name, name === "fill" || name === "stroke" ? plain(value) : value);
  }
  for (const name of fonts) element.setAttribute(name, style.getPropertyValue(name));
}

/** The nearest color that is painted behind the picture. */
function colorBehind(element: Element): string {
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
    const longerLine = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longerLine)) lines[lines.length - 1] = longerLine;
    else lines.push(word);
  }
  return lines;
}

/**
 * Gives a function that turns any CSS color into one that programs for SVG know: few of them know `oklab()` or `color()`. The
 * function paints one pixel and reads it back.
 */
function plainColors(document: Document): (color: string) => string {
  const plainByColor = new Map<string, string>();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pixel = canvas.getContext("2d", {willReadFrequently: true});
  const convert = (color: string): string => {
    if (!pixel || !/^(oklab|oklch|lab|lch|color|hsl)/.test(color)) return color;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha! / 255})`;
  };
  return (color) => {
    const plain = plainByColor.get(color) ?? convert(color);
    plainByColor.set(color, plain);
    return plain;
  };
}

/** One line of text as it appears on screen: the box of its first word and its baseline, in CSS px of the page. */
interface Line {
  text: string;
  box: DOMRect;
  baseline: number;
  style: CSSStyleDeclaration;
}

/** The share of a line box above the baseline; close enough for our fonts. */
const ASCENT = 0.78;

/** The lines of all visible text in `root`, apart from its drawings and controls. */
function textLines(root: Element): Line[] {
  const lines: Line[] = [];
  const visit = (element: Element) => {
    if (element.matches("svg, details, button, textarea, select, [hidden]")) return;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility !== "visible") return;
    if (element instanceof HTMLInputElement) {
      addLine(lines, element.value, element.getBoundingClientRect(), style);
      return;
    }
    for (const node of element.childNodes) {
      if (node instanceof Element) visit(node);
      else if (node instanceof Text) addLines(lines, node, style);
    }
  };
  visit(root);
  return lines;
}

/** Splits a text node where the browser broke it: words with the same top are one line. */
function addLines(lines: Line[], node: Text, style: CSSStyleDeclaration) {
  const range = node.ownerDocument.createRange();
  let line: {text: string; box: DOMRect} | undefined;
  let end = 0;
  for (const {0: word, index} of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getBoundingClientRect();
    if (line && Math.abs(line.box.top - box.top) < 2) line.text += `${index > end ? " " : ""}${word}`;
    else {
      if (line) addLine(lines, line.text, line.box, style);
      line = {text: word, box};
    }
    end = index + word.length;
  }
  if (line) addLine(lines, line.text, line.box, style);
}

function addLine(lines: Line[], text: string, box: DOMRect, style: CSSStyleDeclaration) {
  if (text && box.height) lines.push({text, box, baseline: box.top + box.height * ASCENT, style});
}
