import type {AnyParams} from "../../../src/figure/controls.ts";
import {plainText} from "../../../src/figure/symbols.ts";
import type {ComputingWidget} from "../../../src/figure/widget.ts";

/** A state and what a figure says of it: sentence, readouts, then the table, a row a line. */
export function words(w: ComputingWidget, params: AnyParams): string {
  const result = w.compute(params);
  const {caption, columns, rows} = w.table(result, params);
  const readouts = w
    .readouts(result, params)
    .map(({label, value, note = ""}) => `${plainText(label)}: ${value} (${note})`);
  const table = [columns, ...rows].map((row) => row.join(" | "));
  return [JSON.stringify(params), w.summary(result, params), ...readouts, caption, ...table, ""].join("\n");
}

/**
 * The panels of a drawn figure, one under another in one SVG, a tag a line, so that a change shows as a few lines. Of a picture
 * that is drawn for several widths, the widest.
 */
export function golden(root: Element): string {
  let top = 0;
  const panels = [...root.querySelectorAll(".picture svg:not(.narrow, .mid)")].map((svg) => {
    const [width, height] = svg.getAttribute("viewBox")!.split(" ").slice(2).map(Number) as [number, number];
    const opening = `<svg ${attributesOf(svg)} x="0" y="${top}">`;
    top += height + 16;
    return {width, text: `${opening}\n${[...svg.children].map((child) => written(child)).join("")}</svg>\n`};
  });
  const width = Math.max(...panels.map((panel) => panel.width));
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top - 16}">\n${panels.map(({text}) => text).join("")}</svg>\n`;
  return whole.replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(3))));
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const attributesOf = (element: Element) =>
  [...element.attributes]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({name, value}) => `${name}="${escaped(value)}"`)
    .join(" ");

/** An element as text, a tag a line and the attributes in order of their names. */
export function written(element: Element): string {
  const {localName: tag} = element;
  const attributes = attributesOf(element);
  const open = `<${tag}${attributes && ` ${attributes}`}`;
  if (element.children.length) return `${open}>\n${[...element.children].map(written).join("")}</${tag}>\n`;
  return element.textContent ? `${open}>${escaped(element.textContent)}</${tag}>\n` : `${open}/>\n`;
}
