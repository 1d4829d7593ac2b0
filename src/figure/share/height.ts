/** The height that a figure needs in a frame or on another page. */
import type {Controls} from "../controls.ts";
import {hiddenParts, locksOf} from "../state/locks.ts";

/** The width (CSS px) at which a frame's fixed height is measured: a column of text. */
export const COLUMN_WIDTH = 640;

/** A frame (CSS px) that fits most slides. A figure laid out as a slide fills whatever frame it gets, so nothing is measured. */
export const SLIDE_SIZE = {width: 960, height: 600} as const;

/** Widths (CSS px) at which an element is measured. At two that are a pixel apart, figures begin to stack their panels. */
export const ELEMENT_WIDTHS = [320, 360, 400, 448, 449, 500, 540, COLUMN_WIDTH, 720, 927, 928, 1280] as const;

/** A frame's height (CSS px) for a figure of this height, with room for another line: with system fonts, or in another state, it may need one. */
export const frameHeightFor = (height: number): number => Math.ceil((height + 24) / 20) * 20;

/** A selector of the parts of a figure that these options hide. */
function hiddenSelector(controls: Controls, options: Readonly<Record<string, string>>): string {
  const {unseen} = locksOf(controls, {lock: "", controls: options.controls ?? "all", hide: options.hide ?? ""});
  return [
    // Matches nothing: a selector may not be empty.
    ".none",
    ...(options.caption === "0" ? [".guide"] : []),
    ...unseen.map((name) => `[data-name="${name}"]`),
  ].join();
}

/** The fonts, as in tokens.css, of a figure in a frame or on a foreign page, which loads none of ours. */
const fonts = {
  "--sans": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif',
  "--serif": 'Georgia, "Times New Roman", serif',
  "--mono": "ui-monospace, Menlo, Consolas, monospace",
};

/**
 * The heights (CSS px) that a figure with these options has on another page, at `ELEMENT_WIDTHS`. `redraw` draws it for the width it has.
 * The browser paints nothing meanwhile.
 */
export function heightsAt(
  figure: HTMLElement,
  redraw: () => void,
  controls: Controls,
  options: Readonly<Record<string, string>>,
): number[] {
  const hidden = [...figure.querySelectorAll<HTMLElement>(hiddenSelector(controls, options))];
  const displays = hidden.map(({style}) => style.display);
  // The style sheet's container queries ask for the width of the element around the figure.
  const container = figure.parentElement!;
  const {cssText} = figure.style;
  const {cssText: containerText} = container.style;
  const {size, hides} = figure.dataset;
  // The figure's own page says its title, so its head is hidden there.
  const head = figure.querySelector<HTMLElement>(".head")!;
  if (options.title !== "0") head.style.display = "flex";
  const {parts} = hiddenParts(options.hide ?? "");
  if (parts.includes("explore")) figure.dataset.size = "card";
  figure.dataset.hides = parts.join(" ");
  for (const {style} of hidden) style.display = "none";
  for (const [name, value] of Object.entries(fonts)) figure.style.setProperty(name, value);
  // Our own pages limit a figure's width.
  figure.style.maxWidth = container.style.maxWidth = "none";
  const heights = ELEMENT_WIDTHS.map((width) => {
    container.style.width = `${width}px`;
    redraw();
    return figure.offsetHeight;
  });
  figure.style.cssText = cssText;
  container.style.cssText = containerText;
  for (const [i, {style}] of hidden.entries()) style.display = displays[i]!;
  Object.assign(figure.dataset, {size, hides});
  if (hides === undefined) delete figure.dataset.hides;
  head.style.display = "";
  redraw();
  return heights;
}
