import {layer} from "../../../figure/plot/layer.ts";
import type {Room} from "../../../figure/plot/room.ts";
import {symbol} from "../../../figure/symbols.ts";
import type {Act} from "../../../figure/widget.ts";
import {afterOf, scoresOf} from "../afterTraining.ts";
import {chosenWay, type LabParams, labSettings, stepsOf} from "../controls.ts";
import {columnHead, type WrittenItem, wordColumn} from "../drawing/columns.ts";
import {spark} from "../drawing/spark.ts";
import {isUnscored, scoredShort} from "../format.ts";
import type {LabResult} from "../readings.ts";
import type {Sample, Use} from "../snapshot.ts";
import {isOfWords} from "../tasks.ts";
import {inputField} from "./inputField.ts";
import {waySwitch} from "./waySwitch.ts";

/** Words that a card and a dock have room for. */
const FEW = 4;
/** Losses of words lie between this and the base's loss; losses of digits go down to 0. */
const LOWEST = 1.7;

/** What is written as entries beside what was written before. */
function entriesOf(list: readonly Sample[], before: readonly Sample[], {setup}: LabResult): WrittenItem[] {
  const {questions} = setup;
  return list.map(({text, isHit}, i) => ({
    text,
    before: before[i]?.text ?? "",
    ...(questions
      ? {
          asked: `${questions[i]!.input} → `,
          sign: isHit ? " ✓" : " ✗",
          said: isHit ? "right" : "wrong",
        }
      : {}),
    ...(!questions && isHit && {sign: "·", said: "in the list"}),
  }));
}

/** What it goes on with; words of its list and answers are marked as above. */
const goingOn = (texts: readonly string[], before: readonly string[], {known, due}: Partial<Use>): WrittenItem[] =>
  texts.map((text, i) => ({
    text,
    before: before[i] ?? "",
    ...(known?.includes(text) && {sign: "·", said: "in the list"}),
    ...(due?.[0] && (text === due[0].answer ? {sign: " ✓", said: "right"} : {sign: " ✗", said: "wrong"})),
  }));

/** The method as the head of After has it, as the switch has it where there is one. */
function formulaOf(params: LabParams, isReady: boolean) {
  const {method, scale} = params;
  const way = isReady ? chosenWay(params) : "on";
  if (way === "off") return [symbol.W0];
  if (way === "merged") return ["merged"];
  if (method === "lora")
    return [symbol.W0, way === "half" ? ` + ${scale === 0.5 ? "½" : `${scale} `}` : " + ", symbol.dW];
  return method === "full"
    ? ["every weight trained"]
    : [symbol.W0, method === "bottleneck" ? " + adapter layers" : " + a prefix"];
}

/** Before and After, side by side: what the model writes, and what it goes on with from the reader's letters. */
export function bench(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {setup, losses, begun, going, use, trained} = result;
  const {task} = params;
  const isWords = isOfWords(task);
  const isFull = room.size === "full";
  const area = layer<HTMLElement>(box, "div", "trial");
  const after = afterOf(result, params);
  const isReady = !!(trained && use);
  area.toggleAttribute("data-same", after.isSame);
  if (isFull)
    spark(area, losses, {
      steps: stepsOf(labSettings(params)),
      before: losses[0] ?? setup.off.score,
      bottom: isWords ? LOWEST : 0,
    });
  const columns = layer(area, "div", "sides");
  columnHead(columns, {
    name: "before",
    title: "Before",
    formula: ["frozen ", symbol.W0],
    note: isUnscored(setup) ? "" : scoredShort(task, setup.off.score),
  });
  const head = columnHead(columns, {
    name: "after",
    title: "After",
    formula: formulaOf(params, isReady),
    note: after.isSame ? "the same" : scoredShort(task, scoresOf(result, params).score),
  });
  if (isFull) waySwitch(head, {isReady, params}, act);
  const shown = (list: readonly Sample[]) =>
    entriesOf(list, setup.before, result).slice(0, isFull || room.size === "slide" ? undefined : FEW);
  wordColumn(columns, "words before", shown(setup.before), "Before");
  wordColumn(columns, "words after", shown(after.samples), "After");
  if (!isFull) return;
  inputField(layer(columns, "div", "prompt"), params, act);
  const off = begun?.ways.find(({name}) => name === "off")?.texts ?? [];
  wordColumn(columns, "continued before", goingOn(off, off, begun ?? {}), "Before, from these letters");
  wordColumn(
    columns,
    "continued after",
    goingOn(after.texts, off, use ?? going ?? begun ?? {}),
    "After, from these letters",
  );
}
