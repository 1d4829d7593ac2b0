/** The list of runs that a reader keeps. */
import {select} from "d3";
import {inset} from "./inset.ts";
import {layer} from "./layer.ts";
import {withText} from "./text/put.ts";

/** A kept run: its class in the chart, its settings and its result. */
export interface KeptRunRow {
  name: string;
  title: string;
  text: string;
  value: string;
}

/** The sentence spoken after "Clear". */
export const CLEARED = "Kept runs cleared.";

interface KeptRunListOptions {
  title: string;
  /** Shown while nothing is kept. */
  invitation: string;
  /** Without it the button "Keep this run" is disabled. */
  onKeep?(): void;
  onClear?(): void;
  onBack(index: number): void;
}

/** Draws the kept runs, each with a sample of its line and a button back to it; below them, buttons to keep the present run and to clear all. */
export function keptRunList(figure: Element, all: readonly KeptRunRow[], options: KeptRunListOptions) {
  const {title, invitation, onKeep, onClear, onBack} = options;
  const box = layer(figure, "div", "shelf");
  layer(box, "p", "label", title);
  layer(box, "p", "invitation", all.length ? "" : invitation);
  select(layer(box, "ol", "kept"))
    .selectChildren<HTMLLIElement, KeptRunRow>("li")
    .data(all)
    .join("li")
    .each(function ({name, title, text, value}, i) {
      lineSample(this, name);
      layer(this, "b", "title", title);
      layer(this, "span", "text", text);
      layer(this, "span", "loss", value);
      button(this, "back", "Go back", () => onBack(i)).attr("aria-label", `Go back to ${title}`);
    });
  const bar = layer(box, "div", "bar");
  button(bar, "keep", "Keep this run", onKeep);
  button(bar, "clear", "Clear", onClear);
}

/** A button that is disabled without `press`. It can be focused even then; pressing it does nothing. */
const button = (parent: Element, name: string, text: string, press: (() => void) | undefined) =>
  select(layer<HTMLButtonElement>(parent, "button", name))
    .attr("type", "button")
    .attr("aria-disabled", press ? null : "true")
    .each(withText(text))
    .on("click", () => press?.());

/** Draws a short piece of the line that a run has in the chart. */
function lineSample(parent: Element, run: string) {
  select(layer(inset(parent, "sample", 32, 8), "path", "line"))
    .attr("class", `line ${run}`)
    .attr("d", "M0,4H32");
}
