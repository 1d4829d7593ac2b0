/** The picture of a GPU's memory: a bar to scale, and all but the base enlarged below it. */
import {make} from "../figure/makeElement.ts";
import type {Case} from "./cases.ts";
import {drawClaims, type WriteClaim} from "./drawAnswer.ts";
import {amountText, memoryText} from "./format.ts";
import {GB, isSplit, type MemoryUse, memoryUse, roomOf} from "./memory.ts";
import {bytesOnGpu, EXTRA_OF_SPLIT, memoryAnswer} from "./memoryAnswer.ts";

/** A part of the bar; `look` is its class. */
interface Part {
  look: string;
  name: string;
  bytes: number;
}

const percentText = (share: number) => `${(100 * share).toFixed(2)}%`;

/** Draws parts side by side, with `fullBytes` on the full width. */
function drawBar(root: Element, className: string, parts: readonly Part[], fullBytes: number): HTMLElement {
  const bar = make(root, "div", className);
  bar.setAttribute("aria-hidden", "true");
  for (const {look, bytes} of parts) make(bar, "i", look).style.inlineSize = percentText(bytes / fullBytes);
  return bar;
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

/** What is not in the bar, in words. */
function notInBar({task}: Case, {activations = 0, logits, wholeLogits, answers}: MemoryUse): string[] {
  if (task === "imitation") return [`logits: in pieces, TRL’s default; whole they would be ${memoryText(wholeLogits)}`];
  if (task !== "rl") return [];
  return answers > activations + logits
    ? [`while it learns from them: activations and logits, ${memoryText(activations + logits)}`]
    : [`while it writes: keys and values of the answers, ${memoryText(answers)}`];
}

/** Lists the parts by name with their bytes, and what is not in the bar. */
function drawKey(root: Element, run: Case, use: MemoryUse, rest: readonly Part[]): void {
  const key = make(root, "ul", "memory-key");
  for (const {look, name, bytes} of rest) {
    const item = make(key, "li");
    make(item, "i", look).setAttribute("aria-hidden", "true");
    make(item, "span", "", name);
    make(item, "b", "", memoryText(bytes));
  }
  for (const words of notInBar(run, use)) make(key, "li", "memory-beside", words);
  const {trained, file} = use;
  const saved = `${amountText(trained)} trained parameters; saved, ${memoryText(file)} in 32 bits or ${memoryText(file / 2)} in 16`;
  make(key, "li", "memory-beside", saved);
}

/** Draws the bar of one GPU, with a mark where our limit or the GPU ends, and below it all but the base enlarged. */
function drawPicture(root: Element, run: Case, use: MemoryUse): void {
  const total = bytesOnGpu(run, use);
  const isShared = total < use.total;
  const sharers = isShared ? run.cards : 1;
  const base = {look: "memory-weights", name: "base", bytes: use.weights / sharers};
  const rest = restOf(run, use, sharers);
  const cardBytes = run.card * GB;
  const fullBytes = Math.max(cardBytes, total);
  const bar = drawBar(root, "gpu", [base, ...rest], fullBytes);
  if (isSplit(run, use))
    make(bar, "i", "gpu-more").style.inlineSize = percentText(
      Math.min((EXTRA_OF_SPLIT * total) / fullBytes, 1 - total / fullBytes),
    );
  const mark = make(bar, "i", total > cardBytes ? "card-end" : "gpu-room");
  mark.style.insetInlineStart = percentText((total > cardBytes ? cardBytes : roomOf(run)) / fullBytes);
  const ends = make(root, "p", "gpu-ends");
  const share = isShared ? `, 1/${sharers} of ${memoryText(use.weights)}` : "";
  make(ends, "span", "", `base ${memoryText(base.bytes)}${share}`);
  make(
    ends,
    "span",
    "",
    total > cardBytes ? `${memoryText(total)}, the bar ends the GPU at ${run.card} GB` : `${run.card} GB`,
  );
  const [from, to] = [base.bytes / fullBytes, total / fullBytes].map(percentText);
  make(root, "div", "lens").style.clipPath = `polygon(${from} 0, 0 100%, 100% 100%, ${to} 0)`;
  const restBytes = rest.reduce((sum, {bytes}) => sum + bytes, 0);
  drawBar(root, "gpu-rest", rest, restBytes);
  drawKey(root, run, use, rest);
  if (isShared) make(root, "p", "gpu-ends", `The other ${run.cards - 1} hold the same.`);
}

/** Draws whether a run fits, in a sentence and a picture, with the sources of the count. */
export function drawMemory(root: Element, run: Case, write: WriteClaim): void {
  const isOpen = root.querySelector("details")?.open ?? false;
  root.replaceChildren();
  const use = memoryUse(run);
  const {headline, isShort, note, claims} = memoryAnswer(run, use);
  make(root, "h2", isShort ? "verdict short" : "verdict", headline).id = "answer";
  make(root, "p", "verdict-note", note);
  drawPicture(root, run, use);
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
