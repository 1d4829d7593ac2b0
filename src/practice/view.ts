/** What the page shows of a case, drawn on nodes: when the site is built, and again when the reader changes the form. */

import {make} from "../figure/makeElement.ts";
import type {SettingLine} from "./answerLine.ts";
import type {Case} from "./cases.ts";
import type {ConfigFile} from "./configText.ts";
import {GB, isSplit, type Racks} from "./memory.ts";
import {SURENESS} from "./sureness.ts";
import {amount, memoryText} from "./words.ts";

/** Fills an element with what a claim says and where it was read. */
export type WriteClaim = (item: Element, id: string) => void;

/** The lines of an answer, as the items of a list. On paper the names of the sources stand for the sources. */
export function drawLines(list: Element, lines: readonly SettingLine[], write: WriteClaim): void {
  list.replaceChildren();
  for (const {topic, title, value, reason, scope, sure, claims} of lines) {
    const item = make(list, "li", `answer sure-${sure}`);
    item.setAttribute("data-topic", topic);
    const head = make(item, "p", "answer-head");
    make(head, "b", "answer-title", title);
    make(head, "span", "answer-value", value);
    make(item, "p", "answer-reason", reason);
    make(item, "p", "answer-scope", sure === "default" ? SURENESS[sure] : `${SURENESS[sure]} · based on: ${scope}`);
    const details = make(item, "details", "answer-sources");
    make(details, "summary", "", claims.length === 1 ? "1 source" : `${claims.length} sources`);
    const evidence = make(details, "ul", "claims");
    for (const id of claims) write(make(evidence, "li"), id);
    const names = new Set([...evidence.querySelectorAll(".claim-from a")].map((link) => link.textContent));
    make(item, "p", "answer-names", [...names].join("; "));
  }
}

/** A part of a bar: its class, what it is called, and its bytes. */
interface Part {
  look: string;
  name: string;
  bytes: number;
}

const SVG = "http://www.w3.org/2000/svg";

/** One bar of parts, `whole` bytes wide, with a mark where the card is full. */
function drawBar(parent: Element, parts: readonly Part[], whole: number, card: number): void {
  const page = parent.ownerDocument;
  const svg = page.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 1000 10");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  let x = 0;
  const box = (look: string, from: number, width: number) => {
    const rect = page.createElementNS(SVG, "rect");
    const place = {class: look, x: from.toFixed(1), y: "0", width: width.toFixed(1), height: "10"};
    for (const [name, value] of Object.entries(place)) rect.setAttribute(name, value);
    svg.append(rect);
  };
  for (const {look, bytes} of parts) {
    const width = (1000 * bytes) / whole;
    box(look, x, width);
    x += width;
  }
  box("card-end", Math.min(996, (1000 * card) / whole - 2), 4);
  parent.append(svg);
}

/** What a card holds beside what is split, for each way to train; with a reward also while the answers are written. */
function waysOf({activations, scores, answers}: Racks): {name: string; rest: Part[]}[] {
  if (!activations) return [{name: "without activations", rest: []}];
  const training = (name: string, bytes: number) => ({
    name,
    rest: [
      {look: "rack-activations", name: "activations", bytes},
      {look: "rack-scores", name: "scores over the vocabulary", bytes: scores},
    ],
  });
  const {checkpointed, fused, stored} = activations;
  const ways = [
    training("with checkpointing", checkpointed),
    training("without checkpointing", fused),
    training("without it, scores stored", stored),
  ];
  const written = {look: "rack-answers", name: "keys and values of the answers", bytes: answers};
  return answers ? [{name: "writing the answers", rest: [written]}, ...ways] : ways;
}

/** The racks: what one card holds, a bar for each way to keep activations. Where the cards split the base, its share. */
export function drawRacks(root: Element, one: Case, racks: Racks): void {
  root.replaceChildren();
  const {weights, adapter, gradients, moments, activations, scores, answers, trained, file} = racks;
  const sharers = isSplit(one, racks) ? one.cards : 1;
  const trainedParts: Part[] = [
    {look: "rack-weights", name: "weights", bytes: weights / sharers},
    {look: "rack-adapter", name: "adapter", bytes: adapter / sharers},
    {look: "rack-gradients", name: "gradients", bytes: gradients / sharers},
    {look: "rack-moments", name: "optimizer states", bytes: moments / sharers},
  ];
  const ways = waysOf(racks);
  const card = one.card * GB;
  const totals = ways.map(({rest}) => rest.reduce((sum, {bytes}) => sum + bytes, racks.split / sharers));
  const whole = 1.02 * Math.max(card, ...totals);
  ways.forEach(({name, rest}, i) => {
    const row = make(root, "div", "rack");
    make(row, "span", "rack-name", name);
    drawBar(row, [...trainedParts, ...rest], whole, card);
    make(row, "span", "rack-total", memoryText(totals[i]!));
  });
  const key = make(root, "ul", "rack-key");
  const last: Part[] = activations
    ? [
        {look: "rack-activations", name: "activations, with checkpointing", bytes: activations.checkpointed},
        ...(scores ? [{look: "rack-scores", name: "scores over the vocabulary", bytes: scores}] : []),
        ...(answers ? [{look: "rack-answers", name: "keys and values of the answers", bytes: answers}] : []),
      ]
    : [];
  for (const {look, name, bytes} of [...trainedParts, ...last]) {
    const item = make(key, "li");
    make(item, "i", look).setAttribute("aria-hidden", "true");
    item.append(`${name} ${memoryText(bytes)}`);
  }
  const end = make(key, "li");
  make(end, "i", "card-end").setAttribute("aria-hidden", "true");
  end.append(`${sharers > 1 ? "one" : "the"} GPU, ${one.card} GB`);
  make(
    root,
    "p",
    "rack-file",
    `${amount(trained)} trained parameters. Saved, they take ${memoryText(file)} in 32 bits or ${memoryText(file / 2)} in 16.`,
  );
}

/** The texts to copy: shows the boxes of those that the case has, and fills them. */
export function drawConfigs(root: ParentNode, texts: readonly ConfigFile[]): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-config]")) {
    const found = texts.find(({name}) => name === box.dataset.config);
    box.hidden = !found;
    if (found) box.querySelector("code")!.textContent = found.text;
  }
}
