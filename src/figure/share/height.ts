import type {Controls} from "../controls.ts";
import {hiddenParts, locksOf} from "../state/locks.ts";

/** The width (CSS px) at which a frame's fixed height is measured: a column of text. */
export const COLUMN = 640;

/** A frame (CSS px) that fits most slides. A figure laid out as a slide fills whatever frame it gets, so nothing is measured. */
export const SLIDE = {width: 960, height: 600} as const;

/** Widths (CSS px) at which an element is measured; two that are one pixel apart are where figures stack their panels. */
export const WIDTHS = [320, 400, 448, 449, 500, 540, COLUMN, 720, 927, 928, 1280] as const;

/** A frame's height for its content, in steps of 20: with system fonts, or in another state, it may need a line more. */
export const roomFor = (height: number): number => Math.ceil((height + 24) / 20) * 20;

/** A selector for the parts of a figure that these options leave out. */
function absent(controls: Controls, options: Readonly<Record<string, string>>): string {
  const {unseen} = locksOf(controls, {lock: "", controls: options.controls ?? "all", hide: options.hide ?? ""});
  return [
    ".none",
    ...(options.title === "0" ? [".head .title"] : []),
    ...(options.caption === "0" ? [".guide"] : []),
    ...unseen.map((name) => `[data-name="${name}"]`),
  ].join();
}

/** The fonts of a figure in a frame or on a foreign page, which gets none from us; as in tokens.css. */
const fonts = {
  "--sans": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif',
  "--serif": 'Georgia, "Times New Roman", serif',
  "--mono": "ui-monospace, Menlo, Consolas, monospace",
};

/**
 * The height (CSS px) of a figure at each of these widths, without the parts left out, as it is on another page. `redraw` draws
 * it for the width it has. Nothing is painted meanwhile.
 */
export function heightsAt(
  figure: HTMLElement,
  redraw: () => void,
  widths: readonly number[],
  controls: Controls,
  options: Readonly<Record<string, string>>,
): number[] {
  const out = [...figure.querySelectorAll<HTMLElement>(absent(controls, options))];
  const displays = out.map(({style}) => style.display);
  // The style sheet's container queries ask for the width of the element around the figure.
  const place = figure.parentElement!;
  const {cssText} = figure.style;
  const {cssText: placeText} = place.style;
  const {size} = figure.dataset;
  if (hiddenParts(options.hide ?? "").parts.includes("explore")) figure.dataset.size = "card";
  for (const {style} of out) style.display = "none";
  for (const [name, value] of Object.entries(fonts)) figure.style.setProperty(name, value);
  // Our own pages limit a figure's width.
  figure.style.maxWidth = place.style.maxWidth = "none";
  const heights = widths.map((width) => {
    place.style.width = `${width}px`;
    redraw();
    return figure.offsetHeight;
  });
  figure.style.cssText = cssText;
  place.style.cssText = placeText;
  for (const [i, {style}] of out.entries()) style.display = displays[i]!;
  figure.dataset.size = size;
  redraw();
  return heights;
}
