/** What the figure says and counts while the control “Mark” marks a part of the whole model. */
import {layer} from "../../figure/plot/layer.ts";
import type {Box} from "../../figure/plot/picture.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {isModel, MEMORY, type ThreadsParams, type ThreadsResult} from "./model.ts";

/** What is marked. Nothing is while the picture shows one matrix. */
export const markOf = ({mark, zoom}: ThreadsParams): ThreadsParams["mark"] => (isModel(zoom) ? mark : "none");

/** "175,255.8 M", as the paper prints it. */
export const millions = (x: number): string => `${significant(x / 1e6, 7)} M`;

/** A mark in words. */
interface MarkedWords {
  says: readonly [card: string, more: string];
  /** One number, and two lines of words below it. */
  count: readonly [number: string, of: string, what: string];
  /** Two lengths to scale, in full and with LoRA. */
  lengths?: readonly (readonly [name: string, share: number])[];
}

/** The words of the present mark; undefined without one. */
export function markedWords({trained, all, threads}: ThreadsResult, params: ThreadsParams): MarkedWords | undefined {
  const [model, part] = [millions(all), whole(trained)];
  switch (markOf(params)) {
    case "none":
      return undefined;
    case "all":
      return {
        says: [
          `The gray is GPT-3: full fine-tuning trains all of its ${model} parameters, and LoRA none of them.`,
          `Beside it, LoRA trains ${part} at r = ${whole(params.r)}.`,
        ],
        count: [model, "parameters, trained in full", "and frozen by LoRA"],
      };
    case "threads":
      return {
        says: [
          `Rolled up, all threads fit into the violet square: ${part} parameters, 1 in ${whole(all / trained)}.`,
          `They are B and A of the queries and values in each layer, at r = ${whole(params.r)}.`,
        ],
        count: [`1 in ${whole(all / trained)}`, "parameters", `${part} of ${model}`],
      };
    case "memory":
      return {
        says: [
          `Training takes ${MEMORY.full} TB in full and ${MEMORY.lora} GB with LoRA: the gray stays, and what Adam would keep for it goes.`,
          `That is ${significant((1000 * MEMORY.full) / MEMORY.lora, 2)} times less.`,
        ],
        count: [`${MEMORY.lora} GB`, "to train the threads", `${MEMORY.full} TB to train the gray`],
        lengths: [
          ["in full", 1],
          ["with LoRA", MEMORY.lora / (1000 * MEMORY.full)],
        ],
      };
    case "merged":
      return {
        says: [
          "Merged, the threads are inside their squares, which are no larger than before: an input takes no extra step.",
          `The ${whole(threads)} violet squares have changed, and every other weight is what it was.`,
        ],
        count: ["0", "extra multiplications", "once it is merged"],
      };
  }
}

/** The count beside a marked picture. */
export const markedCount = ({count, lengths = []}: MarkedWords): Box => ({
  name: "count",
  html(panel) {
    const box = layer(panel, "p", "weighed");
    const [number, of, what] = count;
    layer<HTMLElement>(box, "span", "vast", number).style.setProperty("--letters", String(number.length));
    layer(box, "span", "of", of);
    layer(box, "span", "one-in", what);
    layer(box, "span", "at", "");
    const scale = layer(panel, "div", "lengths");
    for (const name of ["in full", "with LoRA"]) {
      const share = lengths.find(([one]) => one === name)?.[1] ?? 0;
      const length = layer<HTMLElement>(scale, "span", name.replace(" ", "-"), share ? name : "");
      length.style.setProperty("--share", String(share));
    }
  },
});
