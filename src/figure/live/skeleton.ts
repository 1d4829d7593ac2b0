/** The elements of a figure around its picture, and the words that a result puts into them. */
import type {AnyParams} from "../controls.ts";
import {attributes, each} from "../plot/children.ts";
import {layer} from "../plot/layer.ts";
import type {FigureSize, Room} from "../plot/room.ts";
import {put} from "../plot/text/put.ts";
import {write} from "../plot/text/symbol.ts";
import {symbolsIn} from "../symbols.ts";
import type {Act, AnyWidget, Parts, Readout} from "../widget.ts";
import {drawClockField, drawFields} from "./form.ts";
import {drawToolButtons} from "./toolbar.ts";

interface SkeletonOptions {
  /** The figure's number in its chapter, "2.1". */
  number?: string;
  size?: FigureSize;
  /** The controls of the card, if they are not the widget's own. */
  main?: readonly string[];
}

/**
 * Makes the parts of a figure around its picture, in the order in which they are read: title, sentence, picture, controls, tools,
 * data, foot. Called at build, and again at hydration, when it finds every node there.
 */
export function skeleton(
  root: Element,
  w: AnyWidget,
  params: AnyParams,
  {number, size = "full", main = w.main}: SkeletonOptions = {},
): Parts {
  const figure = layer<HTMLElement>(root, "figure", "widget");
  figure.setAttribute("data-size", size);
  const head = layer(figure, "figcaption", "head");
  // All figures have tools of the same names; the number tells them apart for screen readers.
  const figureName = number ? `Figure ${number}` : "Figure";
  const title = layer(head, "span", "title");
  // A chapter may have put another question here.
  if (!title.textContent) write(title, symbolsIn(w.title));
  figure.setAttribute("aria-label", number ? `${figureName}: ${title.textContent}` : title.textContent);
  const undock = layer(head, "button", "undock", "×");
  attributes(undock, {type: "button", "aria-label": `Put ${figureName} back in the text`});
  layer(figure, "p", "says");
  layer(figure, "p", "sentence");
  w.training?.makePartsAbove(figure);
  const picture = layer<HTMLElement>(figure, "div", "picture");
  // The size that it is drawn for. A first frame may be docked before a script can draw it anew.
  if (!picture.hasAttribute("data-picture")) picture.setAttribute("data-picture", size);
  const clock = drawRunControls(figure, figureName, w, params);
  const form = layer<HTMLFormElement>(figure, "form", "controls");
  drawFields(form, w.controls, params, main);
  w.training?.showChoiceParts(form, w.controls, params);
  const boxes = w.training?.makeBoxes(figure, form);
  layer(figure, "dl", "readouts");
  layer(figure, "p", "stated");
  const liveRegion = layer<HTMLElement>(figure, "p", "spoken");
  liveRegion.setAttribute("role", "status");
  liveRegion.setAttribute("aria-atomic", "true");
  const notice = layer<HTMLElement>(figure, "div", "notice");
  // The build may have written one.
  notice.toggleAttribute("hidden", !notice.textContent);
  const caption = layer(figure, "p", "guide");
  layer(caption, "span", "how", `${w.guide} `);
  const challenge = layer(caption, "span", "try");
  layer(challenge, "b", "tag", "Try: ");
  layer(challenge, "span", "task", w.challenge.text);
  layer(challenge, "span", "verdict");
  const tools = layer(figure, "div", "tools");
  attributes(tools, {role: "toolbar", "aria-label": `${figureName}, tools`});
  drawToolButtons(tools, ["reset", "link", "embed", "save"]);
  // After the button that shows them, and in the same row.
  const formats = layer(tools, "span", "formats");
  formats.setAttribute("hidden", "");
  drawToolButtons(formats, ["svg", "png", "csv"]);
  tools.querySelector("[data-do=save]")!.setAttribute("aria-expanded", "false");
  const data = layer<HTMLDetailsElement>(figure, "details", "data");
  layer(data, "summary", "label", "Data");
  drawFoot(layer(figure, "div", "foot"), figureName, number);
  return {figure, form, clock, ...boxes, picture, notice, liveRegion, data};
}

/** Where the numbers come from, the figure's number, and the button that opens the whole figure over the page. */
function drawFoot(box: Element, figureName: string, number?: string) {
  layer(box, "span", "mark");
  if (number) {
    // A link to the figure: "2.1" → #figure-2-1.
    const link = layer(box, "a", "number", figureName);
    attributes(link, {href: `#${figureId(number)}`, "aria-label": `Link to ${figureName}`});
  }
  const explore = layer(box, "button", "explore", "Explore");
  attributes(explore, {type: "button", "aria-label": `Explore ${figureName}`, "aria-haspopup": "dialog"});
}

/** The id of a figure's element in its chapter, from its number. */
export const figureId = (number: string): string => `figure-${number.replace(".", "-")}`;

/** Draws the buttons of a run, with its clock or its progress. Gives the form of the clock, if there is one. */
function drawRunControls(
  figure: Element,
  figureName: string,
  w: AnyWidget,
  params: AnyParams,
): HTMLFormElement | undefined {
  if (!w.runs?.clock && !w.runs?.progress) return;
  const time = layer(figure, "div", "time");
  attributes(time, {role: "group", "aria-label": `${figureName}, run`});
  drawToolButtons(time, w.training ? ["play"] : ["play", "step", "restart"], w.tools);
  // A progress bar without a value is animated, as if something ran.
  if (w.runs.progress) attributes(layer(time, "progress", "done"), {max: 1, value: 0, "aria-label": "Progress"});
  if (!w.runs.clock) return;
  const clock = layer<HTMLFormElement>(time, "form", "clock");
  drawClockField(clock, w.controls, params);
  return clock;
}

/** Draws a result, and what the lab draws around it. */
export function drawFigure(parts: Parts, w: AnyWidget, result: unknown, params: AnyParams, act: Act, room: Room) {
  w.draw(parts.picture, result, params, act, room);
  w.training?.drawBoxes(parts, w, result, params, act, room);
}

/** Writes the words and numbers of a result: all that it shows except picture and table. */
export function annotate({figure}: Parts, w: AnyWidget, result: unknown, params: AnyParams) {
  const {kind, text} = w.provenance(params, result);
  const mark = layer(layer(figure, "div", "foot"), "span", "mark");
  mark.setAttribute("data-kind", kind);
  put(mark, `${kind} · ${text}`);
  w.training?.writeSettings(figure, w, result, params);
  drawReadouts(layer(figure, "dl", "readouts"), w.readouts(result, params));
  const sentence = w.summary(result, params);
  writeCardSentence(figure, w.says?.(result, params) ?? sentence);
  layer(figure, "p", "sentence", sentence);
}

/** A card's sentence of at most this many characters leaves the second of its two lines empty, or nearly so. */
const SHORT_LENGTH = 88;

/** Writes a card's sentence. A short one is marked, and set in a narrower measure. */
function writeCardSentence(figure: Element, text: string) {
  layer(figure, "p", "says", text).toggleAttribute("data-short", text.length <= SHORT_LENGTH);
}

function drawReadouts(list: Element, items: readonly Readout[]) {
  each(list, "div", items, (group, {label, value, note}) => {
    write(layer(group, "dt", "name"), label);
    const definition = layer(group, "dd", "value");
    layer(definition, "b", "number", value);
    layer(definition, "span", "note", note ? ` ${note}` : "");
  });
}
