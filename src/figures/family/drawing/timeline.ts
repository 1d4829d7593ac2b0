import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";

/** A work: its name, what it changes, and whether the figure can run it. */
export interface Moment {
  name: string;
  year: number;
  title: string;
  aside: string;
  isShown: boolean;
}

export interface TimelineOptions {
  /** What the timeline lists. */
  label: string;
  /** The chosen moment. */
  at: string;
  onPick(name: string): void;
}

/** Works in the order of their years, each a button. They share one tab stop; arrow keys move among them. */
export function timeline(figure: Element, all: readonly Moment[], {label, at, onPick}: TimelineOptions) {
  const list = layer(figure, "ol", "timeline");
  list.setAttribute("aria-label", label);
  select(list)
    .selectChildren<HTMLLIElement, Moment>("li")
    .data(all)
    .join("li")
    .attr("class", ({name, isShown}) => `moment${isShown ? " shown" : ""}${name === at ? " at" : ""}`)
    .each(function ({name, year, title, aside}, i) {
      layer(this, "span", "year", i === 0 || all[i - 1]!.year !== year ? String(year) : "");
      const words = layer(this, "span", "words");
      layer(words, "b", "title", title);
      layer(words, "span", "aside", ` ${aside}`);
      // The button lies over the words, not around them: a saved picture keeps the words and drops the button.
      select(layer<HTMLButtonElement>(this, "button", "pick"))
        .attr("type", "button")
        .attr("aria-label", `${title}, ${aside}`)
        .attr("aria-pressed", String(name === at))
        .attr("tabindex", name === at ? "0" : "-1")
        .on("click", () => onPick(name));
    });
  select(list).on("keydown", (event: KeyboardEvent) => walk(list, event));
}

function walk(list: Element, event: KeyboardEvent) {
  const buttons = Array.from(list.querySelectorAll<HTMLElement>("button"));
  const from = buttons.indexOf(event.target as HTMLElement);
  const to = {ArrowDown: from + 1, ArrowRight: from + 1, ArrowUp: from - 1, ArrowLeft: from - 1}[event.key];
  if (to === undefined || from < 0) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length]!;
  next.focus();
  next.click();
}
