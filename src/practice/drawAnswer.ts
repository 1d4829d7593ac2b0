/** Draws the answer's lines and the files, when the site is built and again when the reader changes the form. */
import {make} from "../figure/makeElement.ts";
import {type SettingLine, SURENESS, SURENESS_SIGNS} from "./answerLine.ts";
import {DATA_TO_NAME} from "./scriptText.ts";
import type {TrainingFile} from "./trainingFiles.ts";

/** Fills an element with the claim of an id. */
export type WriteClaim = (item: Element, id: string) => void;

/** Draws claims as a list. */
export function drawClaims(parent: Element, claims: readonly string[], write: WriteClaim): Element {
  const list = make(parent, "ul", "claims");
  for (const id of claims) write(make(list, "li"), id);
  return list;
}

/**
 * Draws the answer's lines as items of a list. Those that were open stay open. On paper, the names of the sources replace the
 * claims.
 */
export function drawLines(list: Element, lines: readonly SettingLine[], write: WriteClaim): void {
  const open = new Set(
    [...list.querySelectorAll(".answer:has([open])")].map((item) => item.getAttribute("data-topic")),
  );
  list.replaceChildren();
  for (const {topic, title, value, reason, scope, sure, claims} of lines) {
    const item = make(list, "li", "answer");
    item.setAttribute("data-topic", topic);
    const details = make(item, "details");
    details.toggleAttribute("open", open.has(topic));
    const head = make(details, "summary");
    make(head, "span", "answer-title", title);
    make(head, "span", "answer-value", value);
    const sureness = make(head, "span", "answer-sure");
    make(sureness, "span", "", SURENESS_SIGNS[sure]).setAttribute("aria-hidden", "true");
    sureness.append(` ${SURENESS[sure]}`);
    // The summary has the first sentence.
    const sentenceEnd = reason.search(/\. (?=\p{Lu}|α)/u) + 1 || reason.length;
    make(head, "span", "answer-reason", reason.slice(0, sentenceEnd));
    if (sentenceEnd < reason.length) make(details, "p", "answer-more", reason.slice(sentenceEnd + 1));
    make(details, "p", "answer-scope", `Based on: ${scope}.`);
    const claimList = drawClaims(details, claims, write);
    const names = new Set([...claimList.querySelectorAll(".claim-from a")].map((link) => link.textContent));
    make(item, "p", "answer-names", [...names].join("; "));
  }
}

/** For each topic, what a line of a file that belongs to it matches. Topics without such lines are left out. */
const TOPIC_LINES: Readonly<Record<string, RegExp>> = {
  rate: /\brates?\b|learning.rate/,
  beta: /\b(rl_)?beta\b/,
  rank: /^\W*(lora_)?r(ank)?[=:]/,
  alpha: /lora_alpha/,
  matrices: /target_modules|lora_target_linear/,
  batch: /batch_size|gradient_accumulation/,
  epochs: /epochs?\b|max_train_steps|(eval|save)_s|best_model|train_test_split|val_set_size|kept aside/,
  data: /_only_loss|^ *# (Each answer|The loss)|\bcut\b|"completion"|"prompt"/,
  dropout: /dropout/,
  schedule: /scheduler|warmup/,
  decay: /weight_decay/,
  merging: /dequantize|merge_and_unload/,
};

/** Marks the lines of a topic in the shown file, or none for an empty topic. Returns the first of them. */
export function markLines(root: ParentNode, topic: string): HTMLElement | undefined {
  const pattern = TOPIC_LINES[topic];
  const lines = [...root.querySelectorAll<HTMLElement>(".file.shown .line")];
  for (const line of lines) line.classList.toggle("on", pattern?.test(line.textContent) ?? false);
  return lines.find((line) => line.classList.contains("on"));
}

/** Draws a file's text line by line, and marks what the reader has to name. */
function drawText(code: Element, text: string): void {
  for (const line of text.split(/(?<=\n)/)) {
    const row = make(code, "span", /^\s*#/.test(line) ? "line remark" : "line");
    const [before, after] = line.split(DATA_TO_NAME);
    row.append(before!);
    if (after === undefined) continue;
    make(row, "mark", "", DATA_TO_NAME);
    row.append(after);
  }
}

/** Draws the files to copy, with a button for each. One is shown, or without scripts all of them. */
export function drawFiles(root: Element, files: readonly TrainingFile[], chosen: string): void {
  root.replaceChildren();
  const shownFile = files.find(({name}) => name === chosen) ?? files[0]!;
  const bar = make(root, "div", "file-bar needs-script");
  const names = make(bar, "div", "file-names");
  names.setAttribute("role", "group");
  names.setAttribute("aria-label", "Files");
  for (const {name} of files) {
    const button = make(names, "button", "", name);
    button.type = "button";
    button.dataset.show = name;
    button.setAttribute("aria-pressed", String(name === shownFile.name));
  }
  const actions = make(bar, "div", "file-acts");
  for (const [act, words] of [
    ...(shownFile.notebook ? [["notebook", "Save .ipynb"]] : []),
    ["save", "Save"],
    ["copy", "Copy"],
  ] as const) {
    const button = make(actions, "button", act, words);
    button.type = "button";
    button.dataset.act = act;
  }
  for (const {name, text} of files) {
    const file = make(root, "div", name === shownFile.name ? "file shown" : "file");
    file.dataset.file = name;
    make(file, "p", "scripts-off", name);
    const pre = make(file, "pre");
    pre.tabIndex = 0;
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", name);
    drawText(make(pre, "code"), text);
  }
}
