/** The paper's sizes and counts beside our estimates. */
import {layer} from "../../figure/plot/layer.ts";
import {legendTable} from "../../figure/plot/legendTable.ts";
import {bytesText, fixed, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {Counts, Paper} from "./model.ts";

/** The names of the sizes. */
const SIZE_NAMES: Readonly<Record<keyof Paper, string>> = {
  "vram-ft": "Memory, full fine-tuning",
  "vram-lora": "Memory, LoRA",
  "ckpt-350gb": "Checkpoint, full",
  "ckpt-35mb": "Checkpoint, LoRA",
  "hundred-models-ft": "100 tasks, full",
  "hundred-models-lora": "100 tasks, LoRA",
};

/** "175,255.8 M", as counts are printed in Table 4. */
const millions = (x: number): string => `${fixed(x / 1e6, 1)}\u2009M`;

/** Draws the paper's sizes and parameter counts beside our estimates, and why they differ. */
export function paperComparison(picture: Element, paper: Paper, counts: Counts, parameters: number) {
  const box = layer(picture, "div", "beside");
  const sizes = Object.entries(SIZE_NAMES) as [keyof Paper, string][];
  legendTable(
    box,
    "printed",
    ["GPT-3 175B", "Paper", "Estimate"],
    [
      ...sizes.map(([id, name]) => [name, bytesText(paper[id].printed), bytesText(paper[id].ours)]),
      ...Object.entries({"Parameters, all": counts.full, "Parameters, BitFit": counts.bitfit}).map(([name, one]) => [
        name,
        millions(one.printed),
        millions(one.ours),
      ]),
    ],
  );
  const words = layer(box, "div", "why");
  layer(words, "p", "sizes", aboutSizes(paper, parameters));
  layer(words, "p", "counts", aboutCounts(counts));
}

/** What the estimated sizes assume. */
function aboutSizes(paper: Paper, parameters: number): string {
  const {"vram-ft": memory} = paper;
  const each = whole(memory.ours / parameters);
  return `Sizes: estimated at 16 bits, with Adam and r = 4 on Wq and Wv, whatever the controls say: ${each} bytes a parameter, ${bytesText(memory.ours)} before any activation. Section 4.2 lists no assumptions for its ${bytesText(paper["vram-lora"].printed)}; no constant here is fitted to it.`;
}

/** Why the counts differ. */
function aboutCounts({full, bitfit, embedding, vector}: Counts): string {
  const [missing, biases] = [full.printed - full.ours, bitfit.printed - bitfit.ours];
  return `Parameters: ours follow from the published shapes, with the token embedding as output layer too. Table 4 prints ${millions(missing)} more (${percent(missing / full.printed)}): a second matrix for the output would be ${millions(embedding)} of it and leave ${millions(missing - embedding)} unexplained. For BitFit it prints ${millions(biases)} more than all biases, about ${significant(biases / vector, 2)} more vector of the model’s width in each layer. It does not say what it counts.`;
}
