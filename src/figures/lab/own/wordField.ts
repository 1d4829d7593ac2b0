/** The field for the reader's own words, and beside it which of them are used. Only the lab's own page has it. */

import {button} from "../../../figure/plot/button.ts";
import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {counted, whole} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {exampleLists} from "./examples.ts";
import {shareWords} from "./link.ts";
import {type ReadWords, readWords, textOfFile} from "./readWords.ts";
import {expectation, isScored, MAX_WORDS, MIN_WORDS, OUTCOMES, storedWords, storeWords} from "./words.ts";

/** Milliseconds without a letter typed after which the words are taken. */
const SETTLE_TIME = 300;

/** What was read last: a redraw reads nothing again. */
let lastReading = {text: "", result: readWords("")};
let settleTimer: ReturnType<typeof setTimeout> | undefined;

function reading(text: string): ReadWords {
  if (lastReading.text !== text) lastReading = {text, result: readWords(text)};
  return lastReading.result;
}

/** Takes the words of the field, if there are enough. */
function learn(field: HTMLTextAreaElement, act: Act) {
  clearTimeout(settleTimer);
  const {words} = reading(field.value);
  act.set({own: words.length < MIN_WORDS ? "" : storeWords(words)});
}

/** Hides the buttons for a link and a frame, which would have no words. A toolbar keeps its one stop. */
function hideLinks(figure: Element, isOwn: boolean) {
  for (const name of ["link", "embed"]) {
    const tool = figure.querySelector<HTMLElement>(`.tools > [data-do=${name}]`);
    if (!tool || tool.hasAttribute("hidden") === isOwn) continue;
    tool.toggleAttribute("hidden", isOwn);
    if (isOwn && tool.getAttribute("tabindex") === "0")
      figure.querySelector(".tools > [data-do]")!.setAttribute("tabindex", "0");
  }
}

/** Draws the field, and beside it which words are used. One line once the run has begun. */
export function wordField(box: HTMLElement, {step}: LabResult, params: LabParams, act: Act) {
  const isOwn = params.task === "own";
  hideLinks(box.closest(".widget")!, isOwn);
  if (!isOwn) return;
  const area = layer<HTMLElement>(box, "div", "own");
  if (step === 0) area.removeAttribute("data-open");
  area.toggleAttribute("data-folded", step > 0 && !area.hasAttribute("data-open"));
  const field = textField(layer(area, "div", "in"));
  const words = storedWords(params.own);
  if (words && !field.value) field.value = words.join(", ");
  const show = () => drawReading(area, field, params, act);
  const take = (text: string) => {
    field.value = text;
    learn(field, act);
    show();
  };
  field.oninput = () => {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => learn(field, act), SETTLE_TIME);
    show();
  };
  wordSources(area, take, act);
  show();
  button(area, "edit", "Edit the words").onclick = () => {
    area.setAttribute("data-open", "");
    area.removeAttribute("data-folded");
    field.focus();
  };
}

function textField(box: Element): HTMLTextAreaElement {
  const label = layer(box, "label", "words-label");
  layer(label, "span", "name", "Your words");
  layer(label, "span", "hint", `${MIN_WORDS} to ${MAX_WORDS}, one per line or separated by commas; letters a to z`);
  const field = layer<HTMLTextAreaElement>(label, "textarea", "text");
  attributes(field, {rows: 5, spellcheck: "false", autocomplete: "off", autocapitalize: "off"});
  return field;
}

/** Lists to try, a file that is chosen, and one that is dropped. */
function wordSources(area: HTMLElement, take: (text: string) => void, act: Act) {
  const box = layer(layer(area, "div", "in"), "p", "try");
  layer(box, "span", "name", "Try");
  for (const [name, {title, words}] of Object.entries(exampleLists))
    button(box, name, title).onclick = () => take(words.trim().split(/\s+/).join(", "));
  const fileInput = layer<HTMLInputElement>(box, "input", "chosen");
  attributes(fileInput, {type: "file", accept: "text/*,.txt,.csv", "aria-label": "A text file"});
  fileInput.toggleAttribute("hidden", true);
  button(box, "file", "Choose a file…").onclick = () => fileInput.click();
  const open = async (file: File) => {
    const fileText = textOfFile(new Uint8Array(await file.arrayBuffer()));
    if ("text" in fileText) take(fileText.text);
    else act.say(fileText.problem);
  };
  fileInput.onchange = () => {
    const [file] = fileInput.files ?? [];
    fileInput.value = "";
    if (file) void open(file);
  };
  const holdsFile = ({dataTransfer}: DragEvent) => dataTransfer?.types.includes("Files");
  area.ondragover = (event) => {
    if (holdsFile(event)) event.preventDefault();
    area.toggleAttribute("data-over", !!holdsFile(event));
  };
  area.ondragleave = () => area.toggleAttribute("data-over", false);
  area.ondrop = (event) => {
    area.toggleAttribute("data-over", false);
    if (!holdsFile(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer!.files;
    if (file) void open(file);
  };
}

/** The first of a list, and whether there are more. */
const firstFew = (list: readonly string[]): string => `${list.slice(0, 3).join(", ")}${list.length > 3 ? ", …" : ""}`;

/** One line for each kind of change. */
const changesOf = ({plain, long, odd, repeatCount, sampledFrom}: ReadWords): string[] =>
  [
    plain.length && `${plain.length} respelled: ${firstFew(plain)}`,
    long.length && `${long.length} left out, longer than 11 letters: ${firstFew(long)}`,
    odd.length && `${odd.length} left out, not only letters: ${firstFew(odd)}`,
    repeatCount && `${counted(repeatCount, "repeat")} ignored`,
    sampledFrom && `It learns from ${MAX_WORDS} of the ${whole(sampledFrom)}, drawn at random`,
  ].filter((line) => typeof line === "string");

function drawReading(area: Element, field: HTMLTextAreaElement, params: LabParams, act: Act) {
  const result = reading(field.value);
  const count = result.words.length;
  const out = layer(area, "div", "out");
  layer(out, "p", "count", `${counted(count, "word")} to learn from`);
  each(layer(out, "ol", "stages"), "li", OUTCOMES, (stage, {from, name}) => {
    put(stage, `${from}, ${name}`);
    stage.toggleAttribute("data-reached", count >= from);
  });
  layer(out, "p", "expected", expectation(count)).setAttribute("aria-live", "polite");
  each(layer(out, "ul", "changes"), "li", changesOf(result), put);
  const heldOutNote = isScored(count)
    ? "One word in five is held back for scoring."
    : "Below 100 words none is held back, so there is no score on unseen words.";
  layer(out, "p", "kept", count < MIN_WORDS ? "" : heldOutNote);
  shareWords(out, result.words, params, act);
}
