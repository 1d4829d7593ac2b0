/** The sentences of the figure and the count beside its picture, for one matrix, for the whole model, and for what “Mark” marks. */
import {countAt} from "../../figure/controls.ts";
import {join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box} from "../../figure/plot/picture.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {put} from "../../figure/plot/text/put.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {
  drawnThickness,
  GPT3_PARAMETERS,
  isWholeModel,
  LAYER_COUNT,
  MEMORY,
  markOf,
  SQUARE_SIDE,
  SQUARE_WEIGHTS,
  SQUARES_PER_LAYER,
  THREAD_COUNT,
  type ThreadsParams,
  type ThreadsResult,
} from "./model.ts";

/** What the figure says in a state. */
interface Words {
  says: readonly [card: string, more: string];
  /** The number beside the picture, and lines of words below it. */
  count: readonly [number: string, ofWhat: string, ratio: string, atRank?: Rich];
  /** Two lengths to scale, in full and with LoRA, as shares of the longer one. */
  lengths?: readonly (readonly [name: string, share: number])[];
}

/** Three digits, or all before the point: "1,536", "1.5". */
export const threeDigits = (x: number): string => (x < 100 ? significant(x, 3) : whole(x));
/** "175,255.8 M", as the paper prints it. */
const millions = (x: number): string => `${significant(x / 1e6, 7)} M`;
/** The length of a number of weights, at one weight per millimeter: "4 mm", "12.3 m". */
const lengthText = (weights: number): string =>
  weights < 1000 ? `${whole(weights)} mm` : `${significant(weights / 1000, 3)} m`;
/** The area of a soccer field in square meters. */
const FIELD_AREA = 105 * 68;

/** How the threads are drawn: "seen here × 100", or "drawn 5 times too thick". */
function scaleWords(zoom: number, r: number): string {
  const tooThick = drawnThickness(zoom, r) / r;
  if (tooThick >= 1.05) return `drawn ${significant(tooThick, 2)} times too thick`;
  const times = countAt(zoom);
  return zoom ? `seen here × ${times < 10 ? significant(times, 2) : whole(times)}` : "seen here whole";
}

/** The words for one matrix. */
function matrixWords({lora, ratio}: ThreadsResult, {r}: ThreadsParams, scale: string, at: Rich): Words {
  const isBreakEven = ratio === 1;
  const [loraText, fullText] = [whole(lora), whole(SQUARE_WEIGHTS)];
  return {
    says: isBreakEven
      ? [
          `At r = ${whole(r)}, B and A weigh as much as the whole square, so low rank saves nothing; ${scale}.`,
          `They have ${loraText} parameters, as many as the square.`,
        ]
      : [
          `If each weight were a millimeter wide, the square would be ${lengthText(SQUARE_SIDE)} high and its threads ${lengthText(r)} thick; ${scale}.`,
          `At r = ${whole(r)}, B and A have ${loraText} parameters, 1 for every ${threeDigits(ratio)} of the ${fullText} weights in the square.`,
        ],
    count: [loraText, `of ${fullText}`, isBreakEven ? "as many as the square" : `1 in ${threeDigits(ratio)}`, at],
  };
}

/** The words for all layers: their area and that of B and A at one weight per square millimeter, and the counts. */
function modelWords({lora, trained}: ThreadsResult, {r}: ThreadsParams, scale: string, at: Rich): Words {
  const fields = whole((LAYER_COUNT * SQUARES_PER_LAYER * SQUARE_WEIGHTS) / 1e6 / FIELD_AREA);
  const [trainedText, ratioText] = [whole(trained), threeDigits(GPT3_PARAMETERS / trained)];
  return {
    says: [
      `At a millimeter a weight, GPT-3’s ${LAYER_COUNT} layers cover ${fields} soccer fields, ${THREAD_COUNT} pairs of threads ${threeDigits(trained / 1e6)} square meters; ${scale}.`,
      `At r = ${whole(r)}, ${THREAD_COUNT} × ${whole(lora)} = ${trainedText} parameters, 1 for every ${ratioText} of the model’s ${millions(GPT3_PARAMETERS)}.`,
    ],
    count: [trainedText, `of ${millions(GPT3_PARAMETERS)}`, `1 in ${ratioText}`, at],
  };
}

/** The words while a part of the model is marked. */
function markedWords({trained}: ThreadsResult, mark: Exclude<ThreadsParams["mark"], "none">, r: number): Words {
  const [modelText, trainedText, ratioText] = [
    millions(GPT3_PARAMETERS),
    whole(trained),
    whole(GPT3_PARAMETERS / trained),
  ];
  const {full, lora} = MEMORY;
  const words: Readonly<Record<typeof mark, Words>> = {
    all: {
      says: [
        `The gray is GPT-3: full fine-tuning trains all of its ${modelText} parameters, and LoRA none of them.`,
        `Beside it, LoRA trains ${trainedText} at r = ${whole(r)}.`,
      ],
      count: [modelText, "parameters, trained in full", "and frozen by LoRA"],
    },
    threads: {
      says: [
        `Rolled up, all threads fit into the violet dot: ${trainedText} parameters, 1 in ${ratioText}.`,
        `They are B and A of the queries and values in each layer, at r = ${whole(r)}.`,
      ],
      count: [`1 in ${ratioText}`, "parameters", `${trainedText} of ${modelText}`],
    },
    memory: {
      says: [
        `Training takes ${full} TB in full and ${lora} GB with LoRA: the gray stays, and what Adam would keep for it goes.`,
        `That is ${significant((1000 * full) / lora, 2)} times less.`,
      ],
      count: [`${lora} GB`, "to train with LoRA", `${full} TB in full`],
      lengths: [
        ["in full", 1],
        ["with LoRA", lora / (1000 * full)],
      ],
    },
    merged: {
      says: [
        "Merged, the threads are inside their squares, which are no larger than before: an input takes no extra step.",
        `The ${whole(THREAD_COUNT)} violet squares have changed, and every other weight is what it was.`,
      ],
      count: ["0", "extra multiplications", "once it is merged"],
    },
  };
  return words[mark];
}

/** The words of this state. */
export function wordsOf(result: ThreadsResult, params: ThreadsParams): Words {
  const {zoom, r} = params;
  const mark = markOf(params);
  if (mark !== "none") return markedWords(result, mark, r);
  const at = ["at ", symbol.r, ` = ${whole(r)}`];
  return (isWholeModel(zoom) ? modelWords : matrixWords)(result, params, scaleWords(zoom, r), at);
}

/** The count beside the picture. */
export const countBox = ({count: [number, ofWhat, ratio, atRank = []], lengths = []}: Words): Box => ({
  name: "count",
  html(panel) {
    const box = layer(panel, "p", "weighed");
    // Set as a property: a host with a strict policy takes no style attribute.
    layer<HTMLElement>(box, "span", "vast", number).style.setProperty("--letters", String(number.length));
    layer(box, "span", "of", ofWhat);
    layer(box, "span", "one-in", ratio);
    write(layer(box, "span", "at"), atRank);
    join(
      layer(panel, "div", "lengths"),
      "span",
      lengths,
      {name: ([name]) => name.replace(" ", "-")},
      (one, [name, share]) => {
        put(one, name);
        (one as HTMLElement).style.setProperty("--share", String(share));
      },
    );
  },
});
