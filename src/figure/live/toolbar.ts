/** The buttons of a figure's toolbars, and how keys move among them. */
import {attributes, each} from "../plot/children.ts";
import {put} from "../plot/text/put.ts";

/** The buttons of a figure by the names in their `data-do`, with their labels. */
const toolTexts = {
  play: "Play",
  step: "Step",
  restart: "Restart",
  reset: "Reset",
  link: "Copy link",
  embed: "Embed",
  save: "Save as…",
  svg: "SVG",
  png: "PNG",
  csv: "CSV",
} as const;
export type Tool = keyof typeof toolTexts;

/** Longer labels, shown as tooltips. */
const tooltips: Partial<Record<Tool, string>> = {svg: "Save as SVG", png: "Save as PNG", csv: "Save the data as CSV"};

/** Draws the buttons of a group; `otherLabels` replace the labels of some. */
export function drawToolButtons(bar: Element, names: readonly Tool[], otherLabels: Partial<Record<Tool, string>> = {}) {
  each(bar, "button", names, (button, name) => {
    attributes(button, {type: "button", "data-do": name, title: tooltips[name]});
    put(button, otherLabels[name] ?? toolTexts[name]);
  });
}

/**
 * Makes an ARIA toolbar: one tab stop, arrows and Home/End move inside it, the last used button is remembered. `press` gets
 * the tool that was pressed.
 */
export function makeToolbar(bar: HTMLElement, press: (tool: Tool) => void) {
  const buttons = () => Array.from(bar.querySelectorAll<HTMLButtonElement>("button:not([hidden], [hidden] > *)"));
  const stop = (button: HTMLButtonElement) => {
    for (const other of buttons()) other.tabIndex = other === button ? 0 : -1;
  };
  stop(buttons()[0]!);
  bar.addEventListener("focusin", ({target}) => stop(target as HTMLButtonElement));
  bar.addEventListener("keydown", (event) => {
    const row = buttons();
    const at = row.indexOf(event.target as HTMLButtonElement);
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: row.length - 1}[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    row[(to + row.length) % row.length]!.focus();
  });
  bar.addEventListener("click", ({target}) => {
    const tool = (target as Element).closest<HTMLElement>("[data-do]")?.dataset.do as Tool | undefined;
    if (tool) press(tool);
  });
}

/** Shows the formats to save in, or hides them again. */
export function toggleFormats(figure: Element) {
  const button = figure.querySelector("[data-do=save]")!;
  const isOpen = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!isOpen));
  figure.querySelector(".formats")!.toggleAttribute("hidden", isOpen);
}
