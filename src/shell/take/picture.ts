import type {Caption} from "./caption.ts";
import {plainColors} from "./colors.ts";
import {linesOf} from "./lines.ts";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
/** Width (CSS px) below which the words around a picture would break too often. */
const LEAST = 480;

/** What a drawing's look depends on; written out where it is not what SVG assumes. */
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

/** Fields that only catch the pointer, and paths with nothing in them. */
const UNSEEN = ".cells, .field, .pad, path:not([d]), path[d='']";

const short = (length: number): number => Number(length.toFixed(2));

// What XML cannot hold, however it is escaped.
const unwritable = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * What is on screen as one SVG file: every drawing and every label at its place, colors and fonts as computed, the
 * question and the parameters above, the result and its source below.
 */
export function picture(root: HTMLElement, caption: Caption): string {
  const document = root.ownerDocument;
  const plain = plainColors(document);
  const frame = root.getBoundingClientRect();
  // A host may show the page scaled; the file is not.
  const scale = frame.width / root.offsetWidth || 1;
  const width = Math.max(root.offsetWidth, LEAST);
  const style = getComputedStyle(root);
  const measure = document.createElement("canvas").getContext("2d");

  const make = (parent: Element | null, tag: string, attributes: Readonly<Record<string, string | number>>) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    parent?.append(element);
    return element;
  };
  const svg = make(null, "svg", {role: "img"});
  make(svg, "title", {}).textContent = caption.title;
  make(svg, "desc", {}).textContent = `${caption.params}. ${caption.sentence}`;
  const ground = make(svg, "rect", {width: "100%", height: "100%", fill: plain(background(root))});

  let y = MARGIN;
  const paragraph = (text: string, size: number, weight: number, opacity: number) => {
    if (measure) measure.font = `${weight} ${size}px ${style.fontFamily}`;
    const fits = (line: string) => (measure ? measure.measureText(line).width : line.length * size * 0.55) <= width;
    for (const line of wrap(text, fits)) {
      y += size * 1.4;
      make(svg, "text", {
        x: MARGIN,
        y: short(y - size * 0.35),
        fill: plain(style.color),
        "fill-opacity": opacity,
        "font-family": style.fontFamily,
        "font-size": size,
        "font-weight": weight,
      }).textContent = line;
    }
  };

  paragraph(caption.title, 18, 650, 1);
  paragraph(caption.params, 13, 400, 0.75);
  y += 16;
  const drawings = [...root.querySelectorAll("svg")].filter((drawing) => drawing.getBoundingClientRect().width);
  const lines = linesOf(root);
  const boxes = [...drawings.map((drawing) => drawing.getBoundingClientRect()), ...lines.map(({box}) => box)];
  // Fields and buttons that stay behind leave no gap at either end.
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const place = (left: number, down: number) => ({
    x: short(MARGIN + (left - frame.left) / scale),
    y: short(y + (down - top) / scale),
  });
  for (const drawing of drawings) {
    const {left, top: down, width: across, height: deep} = drawing.getBoundingClientRect();
    const copy = freeze(drawing, plain);
    const at = {...place(left, down), width: short(across / scale), height: short(deep / scale)};
    for (const [name, value] of Object.entries(at)) copy.setAttribute(name, String(value));
    svg.append(copy);
  }
  for (const {text, box, baseline, style: look} of lines) {
    const label = make(svg, "text", place(box.left, baseline));
    write(label, look, plain, fonts);
    label.setAttribute("fill", plain(look.color));
    label.textContent = text;
  }
  y += (boxes.length ? (bottom - top) / scale : 0) + 16;
  paragraph(caption.sentence, 14, 400, 1);
  y += 6;
  paragraph(caption.source, 11, 400, 0.75);

  const size = {width: Math.ceil(width + 2 * MARGIN), height: Math.ceil(y + MARGIN)};
  for (const [name, value] of Object.entries(size)) svg.setAttribute(name, String(value));
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  svg.insertBefore(ground, svg.firstChild!.nextSibling);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg).replace(unwritable, "")}\n`;
}

/** A drawing whose look no longer depends on a style sheet, without what only catches the pointer. */
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

/** The color the picture stands on: the nearest one that is painted behind it. */
function background(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const {backgroundColor} = getComputedStyle(at);
    if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
  }
  return "rgb(255, 255, 255)";
}

/** Words into lines that fit; a word longer than a line gets one of its own. */
function wrap(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
