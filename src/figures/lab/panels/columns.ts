/** Draws Before and After, side by side: what the model writes, and how it continues the reader's letters. */

import {attributes, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {FigureSize} from "../../../figure/plot/room.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {symbol} from "../../../figure/symbols.ts";
import type {Act} from "../../../figure/widget.ts";
import {chosenWay, INPUT_HINTS, isOfWords, type LabParams, WAYS, type WayChosen} from "../controls.ts";
import {isUnscored, scoreText, withUnit} from "../format.ts";
import {inputFor, type LabSetup, type Sample} from "../protocol.ts";
import {afterOf, type LabResult} from "../readings.ts";

/** Words that a card and a dock have room for. */
const CARD_WORDS = 4;

/** The sign behind what is written, and what it means. */
function markOf(isHit: boolean, isWords: boolean): {sign: string; meaning: string} {
  if (isWords) return isHit ? {sign: "·", meaning: "in the list"} : {sign: "", meaning: ""};
  return isHit ? {sign: " ✓", meaning: "right"} : {sign: " ✗", meaning: "wrong"};
}

/** Neighboring letters that are all the same as in Before, or all new: "shina" on "slotcher" → "s" as before, "hina" new. */
function piecesOf(text: string, before: string): {text: string; isNew: boolean}[] {
  const all: {text: string; isNew: boolean}[] = [];
  for (const [i, letter] of Array.from(text).entries()) {
    const isNew = letter !== before[i];
    const last = all.at(-1);
    if (last?.isNew === isNew) last.text += letter;
    else all.push({text: letter, isNew});
  }
  return all;
}

interface Column {
  name: string;
  /** Its name for screen readers. */
  label: string;
  list: readonly Sample[];
  /** What is in the column Before. */
  before: readonly Sample[];
  isWords: boolean;
  /** What was asked, in front of each answer. */
  questions?: LabSetup["questions"];
}

/** Draws what a model writes. Letters that Before does not have in their place are marked. */
function drawColumn(box: Element, {name, label, list, before, isWords, questions}: Column) {
  const items = layer(box, "ol", name);
  items.setAttribute("aria-label", label);
  each(items, "li", list, (item, {text, isHit}, i) => {
    layer(item, "span", "asked", questions ? `${questions[i]!.input} → ` : "");
    const pieces = text ? piecesOf(text, before[i]?.text ?? "") : [{text: "–", isNew: false}];
    join(layer(item, "span", "word"), "span", pieces, {name: ({isNew}) => (isNew ? "new" : "")}, (piece, {text}) =>
      put(piece, text),
    );
    const {sign, meaning} = markOf(isHit, isWords);
    layer(item, "span", "sign", sign).setAttribute("aria-hidden", "true");
    layer(item, "span", "said", meaning);
  });
}

/** Draws the head of a column: its title, the model as a formula, and its score. */
function drawColumnHead(box: Element, title: "Before" | "After", formula: Rich, note: string) {
  const head = layer(box, "div", `side ${title.toLowerCase()}`);
  layer(head, "p", "title", title);
  write(layer(head, "p", "formula"), formula);
  layer(head, "p", "note", note);
}

/** The model of the column After. */
function formulaOf(method: LabParams["method"], way: WayChosen): Rich {
  if (way === "off") return [symbol.W0];
  if (way === "merged") return ["merged"];
  if (way === "half") return [symbol.W0, " + ½", symbol.dW];
  return {
    lora: [symbol.W0, " + ", symbol.dW],
    full: ["every weight trained"],
    bottleneck: [symbol.W0, " + adapter layers"],
    prefix: [symbol.W0, " + a prefix"],
  }[method];
}

/**
 * Draws the switch Off, Half, On, Merged for the trained adapter. Only a LoRA can be halved or merged. Before training nothing
 * is chosen.
 */
function drawWaySwitch(box: Element, params: LabParams, isTrained: boolean, act: Act) {
  const fieldset = layer(box, "fieldset", "switch");
  fieldset.toggleAttribute("disabled", !isTrained);
  layer(fieldset, "legend", "unseen", "Adapter");
  const ways: readonly WayChosen[] = params.method === "lora" ? ["off", "half", "on", "merged"] : ["off", "on"];
  each(layer(fieldset, "div", "options"), "label", ways, (label, way) => {
    const isChosen = isTrained && way === chosenWay(params);
    const radio = layer<HTMLInputElement>(label, "input", "radio");
    attributes(radio, {type: "radio", name: "way", value: way, checked: isChosen ? "" : null});
    radio.checked = isChosen;
    radio.onchange = () => act.set({applied: way});
    layer(label, "span", "text", WAYS[way]);
  });
}

/** Draws both columns; at full size also the switch and the reader's input. */
export function drawColumns(box: Element, result: LabResult, params: LabParams, act: Act, size: FigureSize) {
  const {setup, baseUse, use, trained} = result;
  const {task, method} = params;
  const isFull = size === "full";
  const isWords = isOfWords(task);
  const after = afterOf(result, params);
  const isTrained = !!(trained && use);
  const scoreWithUnit = (score: number) => withUnit(task, scoreText(task, score));
  const area = layer(layer(box, "div", "trial"), "div", "sides");
  area.toggleAttribute("data-same", after.isSame);
  drawColumnHead(area, "Before", ["frozen ", symbol.W0], isUnscored(setup) ? "" : scoreWithUnit(setup.off.score));
  const formula = formulaOf(method, isTrained ? chosenWay(params) : "on");
  drawColumnHead(area, "After", formula, after.isSame ? "the same" : scoreWithUnit(after.scores.score));
  const maxSamples = isFull || size === "slide" ? undefined : CARD_WORDS;
  const {questions} = setup;
  const before = setup.off.samples.slice(0, maxSamples);
  const shared = {before, isWords, ...(questions && {questions})};
  drawColumn(area, {...shared, name: "words before", label: "Before", list: before});
  drawColumn(area, {...shared, name: "words after", label: "After", list: after.samples.slice(0, maxSamples)});
  if (!isFull) return;
  const prompt = layer(area, "div", "prompt");
  drawInputField(prompt, params, act);
  drawWaySwitch(prompt, params, isTrained, act);
  const continued = {before: baseUse?.ways[0]?.texts ?? [], isWords};
  const name = "continued before";
  drawColumn(area, {...continued, name, label: "Before, from these letters", list: continued.before});
  drawColumn(area, {...continued, name: "continued after", label: "After, from these letters", list: after.texts});
}

/** Draws the field for the letters or digits that the model continues, with a hint if it cannot continue what was typed. */
export function drawInputField(area: Element, {task, input: typed}: LabParams, act: Act) {
  const isWords = isOfWords(task);
  // What was typed for the other machine means nothing to this one.
  const input = isWords !== /\d$/.test(typed) ? typed : inputFor({task, input: ""}).slice(1);
  const label = layer(area, "label", "typed");
  layer(label, "span", "name", isWords ? "Begins with" : "Ask it");
  const field = layer<HTMLInputElement>(label, "input", "text");
  attributes(field, {
    type: "text",
    maxlength: "10",
    autocomplete: "off",
    autocapitalize: isWords ? "off" : "characters",
    spellcheck: "false",
    value: input,
    placeholder: isWords ? "one or more letters" : "six digits",
  });
  if (field.value !== input && field.ownerDocument.activeElement !== field) field.value = input;
  const hint = layer(area, "p", "hint");
  hint.setAttribute("aria-live", "polite");
  /** Shows the hint, and gives what was typed; undefined if the model cannot continue that. */
  const readTyped = (): string | undefined => {
    const value = (field.value ?? "").trim();
    const text = isWords ? value.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "") : value.toUpperCase();
    const canBeAsked = (isWords ? /^[a-z]*$/ : /^([CRIDLX]?\d{6})?$/).test(text);
    put(hint, isWords ? (canBeAsked ? "" : INPUT_HINTS.words) : INPUT_HINTS.digits);
    return canBeAsked ? text : undefined;
  };
  readTyped();
  field.oninput = () => {
    const text = readTyped();
    if (text !== undefined) act.set({input: text});
  };
}
