/** Before and After, side by side: what the model writes, and what it goes on with from the reader's letters. */

import {attributes, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Room} from "../../../figure/plot/room.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {symbol} from "../../../figure/symbols.ts";
import type {Act} from "../../../figure/widget.ts";
import {chosenWay, type LabParams} from "../controls.ts";
import {isUnscored, scoreText, withUnit} from "../format.ts";
import {afterOf, type LabResult, shownScores} from "../readings.ts";
import type {Sample, Use} from "../snapshot.ts";
import {inputField} from "./inputField.ts";
import {spark} from "./spark.ts";
import {waySwitch} from "./waySwitch.ts";

/** Words that a card and a dock have room for. */
const CARD_WORDS = 4;

/** A word or an answer, with the word that stands at its place in the column Before. */
interface WrittenItem {
  text: string;
  before: string;
  /** What was asked, in front of an answer. */
  question?: string;
  /** A dot or a tick behind it, and what that means. */
  sign?: string;
  meaning?: string;
}

const marks = {
  inList: {sign: "·", meaning: "in the list"},
  right: {sign: " ✓", meaning: "right"},
  wrong: {sign: " ✗", meaning: "wrong"},
};

/** What is written beside what was written before. */
const itemsOf = (list: readonly Sample[], {setup: {before, questions}}: LabResult): WrittenItem[] =>
  list.map(({text, isHit}, i) => ({
    text,
    before: before[i]?.text ?? "",
    ...(questions
      ? {question: `${questions[i]!.input} → `, ...marks[isHit ? "right" : "wrong"]}
      : isHit && marks.inList),
  }));

/** What the model goes on with from the reader's letters; words of the list and answers are marked as in `itemsOf`. */
const continuations = (
  texts: readonly string[],
  before: readonly string[],
  {learnedWords, answers}: Partial<Use>,
): WrittenItem[] =>
  texts.map((text, i) => ({
    text,
    before: before[i] ?? "",
    ...(learnedWords?.includes(text) && marks.inList),
    ...(answers?.[0] && marks[text === answers[0].answer ? "right" : "wrong"]),
  }));

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

/** A list of words; letters that Before does not have in their place are marked. */
function wordColumn(box: Element, name: string, list: readonly WrittenItem[], label: string) {
  const words = layer(box, "ol", name);
  words.setAttribute("aria-label", label);
  each(words, "li", list, (item, {text, before, question = "", sign = "", meaning = ""}) => {
    layer(item, "span", "asked", question);
    const pieces = text ? piecesOf(text, before) : [{text: "–", isNew: false}];
    join(layer(item, "span", "word"), "span", pieces, {name: ({isNew}) => (isNew ? "new" : "")}, (piece, {text}) =>
      put(piece, text),
    );
    layer(item, "span", "sign", sign).setAttribute("aria-hidden", "true");
    layer(item, "span", "said", meaning);
  });
}

/** The head of a column, with its loss or score. Returns it, for what else it holds. */
function columnHead(box: Element, title: "Before" | "After", formula: Rich, note: string): Element {
  const head = layer(box, "div", `side ${title.toLowerCase()}`);
  layer(head, "p", "title", title);
  write(layer(head, "p", "formula"), formula);
  layer(head, "p", "note", note);
  return head;
}

/** What the head of After says of the method; once the run is trained, in the switch's position. */
function formulaOf(params: LabParams, isTrained: boolean): Rich {
  const {method, scale} = params;
  const way = isTrained ? chosenWay(params) : "on";
  if (way === "off") return [symbol.W0];
  if (way === "merged") return ["merged"];
  if (method === "lora")
    return [symbol.W0, way === "half" ? ` + ${scale === 0.5 ? "½" : `${scale} `}` : " + ", symbol.dW];
  return method === "full"
    ? ["every weight trained"]
    : [symbol.W0, method === "bottleneck" ? " + adapter layers" : " + a prefix"];
}

/** Draws both columns; at full size also the curve, the switch and the reader's input. */
export function beforeAfter(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {setup, baseUse, use, trained} = result;
  const {task} = params;
  const isFull = room.size === "full";
  const area = layer(box, "div", "trial");
  const after = afterOf(result, params);
  const isTrained = !!(trained && use);
  attributes(area, {"data-same": after.isSame ? "" : null});
  if (isFull) spark(area, result, params);
  const columns = layer(area, "div", "sides");
  const scoreWithUnit = (score: number) => withUnit(task, scoreText(task, score));
  columnHead(columns, "Before", ["frozen ", symbol.W0], isUnscored(setup) ? "" : scoreWithUnit(setup.off.score));
  const note = after.isSame ? "the same" : scoreWithUnit(shownScores(result, params).score);
  const head = columnHead(columns, "After", formulaOf(params, isTrained), note);
  if (isFull) waySwitch(head, params, isTrained, act);
  const most = isFull || room.size === "slide" ? undefined : CARD_WORDS;
  wordColumn(columns, "words before", itemsOf(setup.before, result).slice(0, most), "Before");
  wordColumn(columns, "words after", itemsOf(after.samples, result).slice(0, most), "After");
  if (!isFull) return;
  inputField(layer(columns, "div", "prompt"), params, act);
  const off = baseUse?.ways.find(({name}) => name === "off")?.texts ?? [];
  wordColumn(columns, "continued before", continuations(off, off, baseUse ?? {}), "Before, from these letters");
  const on = continuations(after.texts, off, use ?? baseUse ?? {});
  wordColumn(columns, "continued after", on, "After, from these letters");
}
