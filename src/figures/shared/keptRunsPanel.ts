/** The panel of a figure in which the reader keeps runs and goes back to them. */
import type {AnyParams} from "../../figure/controls.ts";
import {attributes, each, listen} from "../../figure/plot/children.ts";
import {inset} from "../../figure/plot/inset.ts";
import {layer} from "../../figure/plot/layer.ts";
import {put} from "../../figure/plot/text/put.ts";
import type {Act, Values} from "../../figure/widget.ts";
import type {KeptRuns} from "./keptRuns.ts";

/** A kept run in words: its settings and its result. */
interface KeptRunRow {
  text: string;
  value: string;
}

interface KeptRunsPanelOptions<Run> {
  title: string;
  /** The largest number of kept runs. */
  most: number;
  keptRuns: KeptRuns<Run>;
  /** The parameters of the picture; `kept` holds the kept runs as text. */
  params: Run & {kept: string};
  /** What is announced after "Run 3 kept: ". */
  announced: string;
  /** What going back sets besides the run. */
  back?: Values;
}

/**
 * Draws the kept runs, each with a sample of its line and a button back to it; below them, buttons to keep the run in the picture and
 * to clear all.
 */
export function keptRunsPanel<Run extends AnyParams>(
  picture: Element,
  rows: readonly KeptRunRow[],
  {title, most, keptRuns, params, announced, back}: KeptRunsPanelOptions<Run>,
  act: Act,
) {
  const runs = keptRuns.read(params.kept).runs ?? [];
  const current = keptRuns.settingsOf(params);
  const isKept = runs.some((run) => keptRuns.textOf(run) === keptRuns.textOf(current));
  const invitation = `Keep this run, then change one setting: both curves stay, and the sentence says what changed. Up to ${most} are kept.`;
  const box = layer(picture, "div", "shelf");
  layer(box, "p", "label", title);
  layer(box, "p", "invitation", rows.length ? "" : invitation);
  each(layer(box, "ol", "kept"), "li", rows, (item, {text, value}, i) => {
    const name = `Run ${i + 1}`;
    lineSample(item, `kept-${i + 1}`);
    layer(item, "b", "title", name);
    layer(item, "span", "text", text);
    layer(item, "span", "loss", value);
    const goBack = button(item, "back", "Go back", () => act.set({...runs[i], ...back}));
    attributes(goBack, {"aria-label": `Go back to ${name}`});
  });
  const bar = layer(box, "div", "bar");
  const keep = () => act.set({kept: keptRuns.write([...runs, current])}, `Run ${runs.length + 1} kept: ${announced}.`);
  button(bar, "keep", "Keep this run", isKept || runs.length >= most ? undefined : keep);
  button(bar, "clear", "Clear", runs.length ? () => act.set({kept: ""}, "Kept runs cleared.") : undefined);
}

/** A button that is disabled without `press`. It can be focused even then; pressing it does nothing. */
function button(parent: Element, name: string, text: string, press: (() => void) | undefined): Element {
  const one = layer(parent, "button", name);
  attributes(one, {type: "button", "aria-disabled": press ? null : "true"});
  put(one, text);
  listen(one, "click", () => press?.());
  return one;
}

/** Draws a short piece of the line that a run has in the chart. */
function lineSample(parent: Element, run: string) {
  const line = layer(inset(parent, "sample", 32, 8), "path", "line");
  attributes(line, {class: `line ${run}`, d: "M0,4H32"});
}
