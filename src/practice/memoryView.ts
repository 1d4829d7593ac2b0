/** The picture of a GPU's memory: a bar to scale, and all but the base enlarged below it. */
import {make} from "../figure/makeElement.ts";
import type {Case} from "./cases.ts";
import {amountText, memoryText} from "./format.ts";
import {GB, isSplit, type MemoryUse, memoryUse, roomOf} from "./memory.ts";
import {bytesOnGpu, memoryAnswer} from "./memoryAnswer.ts";
import {drawClaims, type WriteClaim} from "./view.ts";

/** A part of the bar; `look` is its class. */
interface Part {
  look: string;
  name: string;
  bytes: number;
}

const SVG = "http://www.w3.org/2000/svg";

/** An empty picture 1,000 units wide, stretched to the width of its parent. */
function strip(parent: Element, name: string, height: number): SVGElement {
  const svg = parent.ownerDocument.createElementNS(SVG, "svg");
  const attributes = {class: name, viewBox: `0 0 1000 ${height}`, preserveAspectRatio: "none", "aria-hidden": "true"};
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  parent.append(svg);
  return svg;
}

/** Adds a shape with a class and attributes. */
function shape(
  svg: SVGElement,
  kind: "rect" | "path",
  look: string,
  attributes: Readonly<Record<string, string>>,
): void {
  const element = svg.ownerDocument.createElementNS(SVG, kind);
  for (const [key, value] of Object.entries({class: look, ...attributes})) element.setAttribute(key, value);
  svg.append(element);
}

const box = (svg: SVGElement, look: string, x: number, width: number) =>
  shape(svg, "rect", look, {x: x.toFixed(1), y: "0", width: width.toFixed(1), height: "10"});

/** Draws parts side by side, with `whole` bytes on the full width → where they end. */
function drawParts(svg: SVGElement, parts: readonly Part[], whole: number): number {
  let x = 0;
  for (const {look, bytes} of parts) {
    const width = (1000 * bytes) / whole;
    box(svg, look, x, width);
    x += width;
  }
  return x;
}

/** What a GPU holds besides the base. With a reward, at the time when it holds more: writing answers, or learning from them. */
function restOf({preset}: Case, use: MemoryUse, sharers: number): Part[] {
  const {adapter, gradients, moments, activations = 0, logits, answers} = use;
  const vocabulary = preset.kind === "language" ? preset.vocabulary.toLocaleString("en-US") : "";
  const learning = [
    {look: "memory-activations", name: "activations, checkpointed", bytes: activations},
    {look: "memory-logits", name: `logits, ${vocabulary} for each token`, bytes: logits},
  ];
  const writing = [{look: "memory-answers", name: "keys and values of the answers", bytes: answers}];
  return [
    {look: "memory-adapter", name: "A and B", bytes: adapter / sharers},
    {look: "memory-gradients", name: "their gradients", bytes: gradients / sharers},
    {look: "memory-moments", name: "Adam’s moments", bytes: moments / sharers},
    ...(answers > activations + logits ? writing : learning),
  ].filter(({bytes}) => bytes > 0);
}

/** What is not in the bar, and why. */
function notInBar({task}: Case, {activations = 0, logits, wholeLogits, answers}: MemoryUse): string[] {
  if (task === "imitation") return [`logits: in pieces, TRL’s default; whole they would be ${memoryText(wholeLogits)}`];
  if (task !== "rl") return [];
  return answers > activations + logits
    ? [`while it learns from them: activations and logits, ${memoryText(activations + logits)}`]
    : [`while it writes: keys and values of the answers, ${memoryText(answers)}`];
}

/** The parts by name with their bytes, and what is not in the bar. */
function drawKey(root: Element, one: Case, use: MemoryUse, rest: readonly Part[]): void {
  const key = make(root, "ul", "memory-key");
  for (const {look, name, bytes} of rest) {
    const item = make(key, "li");
    make(item, "i", look).setAttribute("aria-hidden", "true");
    make(item, "span", "", name);
    make(item, "b", "", memoryText(bytes));
  }
  for (const words of notInBar(one, use)) make(key, "li", "memory-beside", words);
  const {trained, file} = use;
  const saved = `${amountText(trained)} trained parameters; saved, ${memoryText(file)} in 32 bits or ${memoryText(file / 2)} in 16`;
  make(key, "li", "memory-beside", saved);
}

/** The bar of one GPU with what is left free or too much, all but the base enlarged. */
function drawPicture(root: Element, one: Case, use: MemoryUse): void {
  const total = bytesOnGpu(one, use);
  const isShared = total < use.total;
  const sharers = isShared ? one.cards : 1;
  const base = {look: "memory-weights", name: "base", bytes: use.weights / sharers};
  const rest = restOf(one, use, sharers);
  const card = one.card * GB;
  const whole = Math.max(card, total);
  const at = (bytes: number) => (1000 * bytes) / whole;
  const bar = strip(root, "gpu", 10);
  const end = drawParts(bar, [base, ...rest], whole);
  // The one measurement of a split base took 40% more.
  if (isSplit(one, use)) box(bar, "gpu-more", end, Math.min(0.4 * at(total), 1000 - end));
  if (total > card) box(bar, "card-end", at(card) - 3, 6);
  else shape(bar, "path", "gpu-room", {d: `M${at(roomOf(one)).toFixed(1)} 0V10`});
  const ends = make(root, "p", "gpu-ends");
  const share = isShared ? `, 1/${sharers} of ${memoryText(use.weights)}` : "";
  make(ends, "span", "", `base ${memoryText(base.bytes)}${share}`);
  make(
    ends,
    "span",
    "",
    total > card ? `${memoryText(total)}, the bar ends the GPU at ${one.card} GB` : `${one.card} GB`,
  );
  const from = at(base.bytes).toFixed(1);
  shape(strip(root, "lens", 10), "path", "", {d: `M${from} 0 L0 10 H1000 L${end.toFixed(1)} 0Z`});
  const without = rest.reduce((sum, {bytes}) => sum + bytes, 0);
  drawParts(strip(root, "gpu-rest", 10), rest, without);
  drawKey(root, one, use, rest);
  if (isShared) make(root, "p", "gpu-ends", `The other ${one.cards - 1} hold the same.`);
}

/** Whether a run fits, in a sentence and a picture, with the sources of the count. */
export function drawMemory(root: Element, one: Case, write: WriteClaim): void {
  const isOpen = root.querySelector("details")?.open ?? false;
  root.replaceChildren();
  const use = memoryUse(one);
  const {headline, isShort, note, claims} = memoryAnswer(one, use);
  make(root, "h2", isShort ? "verdict short" : "verdict", headline).id = "answer";
  make(root, "p", "verdict-note", note);
  drawPicture(root, one, use);
  const details = make(root, "details", "memory-sources");
  details.open = isOpen;
  make(details, "summary", "", "How this is counted");
  make(
    details,
    "p",
    "",
    "Each trained parameter is stored four times: as itself, as its gradient, and in the two running means of Adam. On a base of 16 bits all four take 32 bits, as PEFT makes them; on a base of 8 or 4 bits, and for images, they take 16.",
  );
  drawClaims(details, claims, write);
}
