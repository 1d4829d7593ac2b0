import {bytes, whole} from "../../figures/format.ts";
import {layer} from "../../figures/layer.ts";
import {ledger} from "../../figures/ledger.ts";
import type {Beside, CostResult, Paper} from "./model.ts";

const LINES: Readonly<Record<keyof Paper, string>> = {
  "vram-ft": "Memory, full fine-tuning",
  "vram-lora": "Memory, LoRA",
  "ckpt-350gb": "Checkpoint, full",
  "ckpt-35mb": "Checkpoint, LoRA",
  "hundred-models-ft": "100 tasks, full",
  "hundred-models-lora": "100 tasks, LoRA",
};

/** "1.2 TB", as the paper prints it. */
export const printed = ({value, unit}: Beside): string => `${value}\u2009${unit}`;

/** The paper's sizes for GPT-3 beside ours, and why they differ; nothing for another model. */
export function beside(picture: Element, {paper, parameters}: CostResult) {
  const box = layer(picture, "div", "beside");
  if (paper) box.removeAttribute("hidden");
  else box.setAttribute("hidden", "");
  const lines = paper ? (Object.keys(LINES) as (keyof typeof LINES)[]) : [];
  ledger(
    box,
    "printed",
    ["GPT-3 175B", "Paper, §4.2", "Estimate"],
    lines.map((id) => ({cells: [LINES[id], printed(paper![id]), bytes(paper![id].ours)]})),
  );
  layer(box, "p", "why").textContent = paper ? why(paper, parameters) : "";
}

function why(paper: Paper, parameters: number): string {
  const {"vram-ft": memory, "ckpt-35mb": checkpoint} = paper;
  const each = whole(memory.ours / parameters);
  return `Estimated here at 16 bits, Adam and r = 4 on Wq and Wv, whatever the controls say. Weight, gradient and two moments are ${each} bytes a parameter: ${bytes(memory.ours)} before any activation. The paper prints ${printed(memory)} and lists no assumptions, nor the rank behind its ${printed(paper["vram-lora"])}: no constant here is fitted to it. Its ${printed(checkpoint)} stands beside the word “roughly”; the estimate is ${whole(checkpoint.ours)} bytes, ${whole(checkpoint.ours / 2 ** 20)} MiB.`;
}
