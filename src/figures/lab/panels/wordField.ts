import {button} from "../../../figure/plot/button.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {counted, whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import {stageBar} from "../drawing/stages.ts";
import {FEWEST, isScored, MOST_WORDS} from "../own/counts.ts";
import {examples} from "../own/examples.ts";
import {expectation, OUTCOMES} from "../own/expectation.ts";
import {hideLinks} from "../own/hideLinks.ts";
import {setAnnouncer} from "../own/linkNotice.ts";
import {held, hold} from "../own/memory.ts";
import {textOfFile} from "../own/readFile.ts";
import {type ReadWords, readWords} from "../own/readWords.ts";
import type {LabResult} from "../readings.ts";
import {shareWords} from "./shareWords.ts";

/** Milliseconds without a letter typed after which the words are taken. */
const SETTLED = 300;

/** What was read of each field: a redraw reads nothing again. */
const lately = new WeakMap<HTMLTextAreaElement, {text: string; read: ReadWords}>();
const waiting = new WeakMap<HTMLTextAreaElement, ReturnType<typeof setTimeout>>();

function readOf(field: HTMLTextAreaElement): ReadWords {
  const text = field.value;
  const known = lately.get(field);
  if (known?.text === text) return known.read;
  const read = readWords(text);
  lately.set(field, {text, read});
  return read;
}

/** Takes the words of the field, if there are enough. */
function learn(field: HTMLTextAreaElement, act: Act) {
  clearTimeout(waiting.get(field));
  const {words} = readOf(field);
  act.set({own: words.length < FEWEST ? "" : hold(words)});
}

/** The reader's own words: the text, and beside it what becomes of it. One line once the run has begun. */
export function wordField(box: HTMLElement, {step}: LabResult, params: LabParams, act: Act) {
  const isOwn = params.task === "own";
  hideLinks(box.closest(".widget")!, isOwn);
  if (!isOwn) return;
  setAnnouncer(act);
  const area = layer<HTMLElement>(box, "div", "own");
  if (step === 0) area.removeAttribute("data-open");
  area.toggleAttribute("data-folded", step > 0 && !area.hasAttribute("data-open"));
  const field = textField(layer(area, "div", "in"));
  const words = held(params.own);
  if (words && !field.value) field.value = words.join(", ");
  const show = () => whatBecomes(area, field, params, act);
  const take = (text: string) => {
    field.value = text;
    learn(field, act);
    show();
  };
  field.oninput = () => {
    clearTimeout(waiting.get(field));
    waiting.set(
      field,
      setTimeout(() => learn(field, act), SETTLED),
    );
    show();
  };
  waysIn(area, take, act);
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
  layer(label, "span", "hint", `${FEWEST} to ${MOST_WORDS}, one per line or separated by commas; letters a to z`);
  const field = layer<HTMLTextAreaElement>(label, "textarea", "text");
  for (const [name, value] of Object.entries({
    rows: "5",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
  }))
    field.setAttribute(name, value);
  return field;
}

/** Lists to try, a file that is chosen, and one that is dropped. */
function waysIn(area: HTMLElement, take: (text: string) => void, act: Act) {
  const box = layer(layer(area, "div", "in"), "p", "try");
  layer(box, "span", "name", "Try");
  for (const [name, {title, words}] of Object.entries(examples))
    button(box, name, title).onclick = () => take(words.trim().split(/\s+/).join(", "));
  const chosen = layer<HTMLInputElement>(box, "input", "chosen");
  for (const [name, value] of Object.entries({type: "file", accept: "text/*,.txt,.csv", "aria-label": "A text file"}))
    chosen.setAttribute(name, value);
  chosen.toggleAttribute("hidden", true);
  button(box, "file", "Choose a file…").onclick = () => chosen.click();
  const open = async (file: File) => {
    const answer = textOfFile(new Uint8Array(await file.arrayBuffer()));
    if ("text" in answer) take(answer.text);
    else act.say(answer.problem);
  };
  chosen.onchange = () => {
    const [file] = chosen.files ?? [];
    chosen.value = "";
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
const some = (list: readonly string[]): string => `${list.slice(0, 3).join(", ")}${list.length > 3 ? ", …" : ""}`;

/** One line for each kind of change. */
const changesOf = ({plain, long, odd, twice, sampledFrom}: ReadWords): string[] =>
  [
    plain.length && `${plain.length} respelled: ${some(plain)}`,
    long.length && `${long.length} left out, longer than 11 letters: ${some(long)}`,
    odd.length && `${odd.length} left out, not only letters: ${some(odd)}`,
    twice && `${counted(twice, "repeat")} ignored`,
    sampledFrom && `It learns from ${MOST_WORDS} of the ${whole(sampledFrom)}, drawn at random`,
  ].filter((line) => typeof line === "string");

function whatBecomes(area: Element, field: HTMLTextAreaElement, params: LabParams, act: Act) {
  const read = readOf(field);
  const count = read.words.length;
  const out = layer(area, "div", "out");
  layer(out, "p", "count", `${count} ${count === 1 ? "word" : "words"} to learn from`);
  stageBar(
    out,
    OUTCOMES.map(({from, name}) => ({text: `${from}, ${name}`, isReached: count >= from})),
  );
  layer(out, "p", "expected", expectation(count)).setAttribute("aria-live", "polite");
  const list = layer<HTMLElement>(out, "ul", "changes");
  const lines = changesOf(read);
  list.replaceChildren(
    ...lines.map((line) => {
      const item = list.ownerDocument.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
  const kept = isScored(count)
    ? "One word in five is held back for scoring."
    : "Below 100 words none is held back, so there is no score on unseen words.";
  layer(out, "p", "kept", count < FEWEST ? "" : kept);
  shareWords(out, read.words, params, act);
}
