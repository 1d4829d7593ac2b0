import {select} from "d3";
import {layer} from "../../figures/layer.ts";
import {put} from "../../figures/text/put.ts";
import {write} from "../../figures/text/symbol.ts";
import type {AnyParams} from "../controls.ts";
import type {AnyWidget, Readout} from "../widget.ts";
import {attributes, clockField, fields} from "./form.ts";
import {buttons} from "./toolbar.ts";

/** The parts of a figure, in the order a reader meets them. */
export interface Parts {
  figure: HTMLElement;
  form: HTMLFormElement;
  /** The form of a recorded run's clock. */
  clock?: HTMLFormElement;
  /** How fast a run is, where it is shown while it trains. */
  pace?: HTMLElement;
  picture: HTMLElement;
  notice: HTMLElement;
  spoken: HTMLElement;
  data: HTMLDetailsElement;
}

/** Makes the parts of a figure around its picture. Called at build, and again at hydration, when it finds every node there. */
export function skeleton(root: Element, w: AnyWidget, params: AnyParams, number?: string): Parts {
  const figure = layer<HTMLElement>(root, "figure", "widget");
  const head = layer(figure, "figcaption", "head");
  // Every figure has tools of the same names; its number tells them apart.
  const self = number ? `Figure ${number}` : "Figure";
  if (number) numbered(layer(head, "a", "number"), number, self);
  const title = layer(head, "span", "title");
  // A chapter may have put another question here.
  title.textContent ||= w.title;
  figure.setAttribute("aria-label", number ? `${self}: ${title.textContent}` : title.textContent);
  layer(head, "span", "mark");
  const form = layer<HTMLFormElement>(figure, "form", "controls");
  fields(form, w.controls, params);
  if (w.player && !w.recording) {
    // A progress bar without a value is animated, as if something ran.
    attributes(layer(runButtons(figure, self, w), "progress", "done"), {max: 1, value: 0, "aria-label": "Progress"});
  }
  const picture = layer<HTMLElement>(figure, "div", "picture");
  const time = w.recording && runButtons(figure, self, w);
  const clock = time && layer<HTMLFormElement>(time, "form", "clock");
  if (clock) clockField(clock, w.controls, params);
  const pace = time && w.recording?.grows ? layer<HTMLElement>(time, "span", "pace") : undefined;
  layer(figure, "dl", "readouts");
  layer(figure, "p", "sentence");
  layer(figure, "p", "stated");
  const spoken = layer<HTMLElement>(figure, "p", "spoken");
  spoken.setAttribute("role", "status");
  spoken.setAttribute("aria-atomic", "true");
  const notice = layer<HTMLElement>(figure, "div", "notice");
  notice.setAttribute("hidden", "");
  const caption = layer(figure, "p", "guide");
  layer(caption, "span", "how", `${w.guide} `);
  const challenge = layer(caption, "span", "try");
  layer(challenge, "b", "tag", "Try: ");
  layer(challenge, "span", "task", w.challenge.text);
  layer(challenge, "span", "verdict");
  const tools = layer(figure, "div", "tools");
  attributes(tools, {role: "toolbar", "aria-label": `${self}, tools`});
  buttons(tools, ["reset", "link", "embed", "svg", "png", "csv"]);
  const data = layer<HTMLDetailsElement>(figure, "details", "data");
  layer(data, "summary", "label", "Data");
  return {figure, form, clock, pace, picture, notice, spoken, data};
}

/** The figure's number is a link to it: "2.1" → #figure-2-1. */
function numbered(link: Element, number: string, self: string) {
  attributes(link, {href: `#${figureId(number)}`, "aria-label": `Link to ${self}`});
  put(link, self);
}

export const figureId = (number: string): string => `figure-${number.replace(".", "-")}`;

function runButtons(figure: Element, self: string, {tools}: AnyWidget): Element {
  const time = layer(figure, "div", "time");
  attributes(time, {role: "group", "aria-label": `${self}, run`});
  buttons(time, ["play", "step", "restart"], tools);
  return time;
}

/** Writes everything that follows from a result, but for the picture and the table. */
export function annotate({figure}: Parts, w: AnyWidget, result: unknown, params: AnyParams) {
  const {kind, text} = w.provenance(params, result);
  const mark = layer(layer(figure, "figcaption", "head"), "span", "mark");
  mark.setAttribute("data-kind", kind);
  put(mark, `${kind} · ${text}`);
  readouts(layer(figure, "dl", "readouts"), w.readouts(result, params));
  layer(figure, "p", "sentence", w.summary(result, params));
}

function readouts(list: Element, items: readonly Readout[]) {
  select(list)
    .selectChildren<HTMLDivElement, Readout>("div")
    .data(items)
    .join("div")
    .each(function ({label, value, note}) {
      write(layer(this, "dt", "name"), label);
      const definition = layer(this, "dd", "value");
      layer(definition, "b", "number", value);
      layer(definition, "span", "note", note ? ` ${note}` : "");
    });
}
