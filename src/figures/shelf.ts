import {select} from "d3";
import {layer} from "./layer.ts";
import {worded} from "./text/worded.ts";

/** A run that is kept: its class in the chart, what it was, what came of it. */
export interface Shelved {
  name: string;
  title: string;
  text: string;
  value: string;
}

/** Said once the shelf is empty. */
export const CLEARED = "Kept runs cleared.";

export interface ShelfOptions {
  title: string;
  /** What stands there while nothing is kept. */
  invitation: string;
  /** Not given where nothing more can be kept. */
  onKeep?(): void;
  onClear?(): void;
  onBack(index: number): void;
}

/** Runs that are kept, each with a sample of its line and a way back to it; buttons to keep one more and to clear all. */
export function shelf(figure: Element, all: readonly Shelved[], options: ShelfOptions) {
  const {title, invitation, onKeep, onClear, onBack} = options;
  const box = layer(figure, "div", "shelf");
  layer(box, "p", "label", title);
  layer(box, "p", "invitation", all.length ? "" : invitation);
  select(layer(box, "ol", "kept"))
    .selectChildren<HTMLLIElement, Shelved>("li")
    .data(all)
    .join("li")
    .each(function ({name, title, text, value}, i) {
      const sample = layer(this, "svg", "sample");
      select(sample).attr("viewBox", "0 0 32 8").attr("width", 32).attr("height", 8).attr("aria-hidden", "true");
      select(layer(sample, "path", "line"))
        .attr("class", `line ${name}`)
        .attr("d", "M0,4H32");
      layer(this, "b", "title", title);
      layer(this, "span", "text", text);
      layer(this, "span", "loss", value);
      button(this, "back", "Go back", () => onBack(i)).attr("aria-label", `Go back to ${title}`);
    });
  const bar = layer(box, "div", "bar");
  button(bar, "keep", "Keep this run", onKeep);
  button(bar, "clear", "Clear", onClear);
}

/** A button that cannot be pressed stays in the order of the keys: pressing it does nothing. */
const button = (parent: Element, name: string, text: string, press: (() => void) | undefined) =>
  select(layer<HTMLButtonElement>(parent, "button", name))
    .attr("type", "button")
    .attr("aria-disabled", press ? null : "true")
    .each(worded(text))
    .on("click", () => press?.());
