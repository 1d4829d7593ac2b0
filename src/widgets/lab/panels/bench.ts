import {layer} from "../../../figures/layer.ts";
import type {Room} from "../../../figures/room.ts";
import {sign} from "../../../shell/signs.ts";
import type {Act} from "../../../shell/widget.ts";
import {type LabParams, settingsOf, stepsOf} from "../controls.ts";
import {columnHead, type Entry, words} from "../figures/columns.ts";
import {spark} from "../figures/spark.ts";
import {scoredShort} from "../format.ts";
import {afterOf} from "../inUse.ts";
import type {LabResult} from "../readings.ts";
import type {Sample} from "../snapshot.ts";
import {isOfWords} from "../tasks.ts";
import {inputField} from "./inputField.ts";
import {waySwitch} from "./waySwitch.ts";

/** Words that a card and a dock have room for. */
const FEW = 4;
/** Losses of words lie between this and that of the base; losses of digits go down to 0. */
const LOWEST = 1.7;

/** What is written as entries beside what was written before. */
function entriesOf(list: readonly Sample[], before: readonly Sample[], {setup}: LabResult): Entry[] {
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

const plainly = (texts: readonly string[], before: readonly string[]): Entry[] =>
  texts.map((text, i) => ({text, before: before[i] ?? ""}));

/** The method as the head of After has it. */
const formulaOf = ({method}: LabParams) =>
  method === "lora"
    ? [sign.W0, " + ", sign.dW]
    : method === "full"
      ? ["every weight trained"]
      : [sign.W0, method === "bottleneck" ? " + adapter layers" : " + a prefix"];

/** Before and After, side by side: what the model writes, and what it goes on with from the reader's letters. */
export function bench(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {setup, now, losses, begun, use, trained} = result;
  const {task} = params;
  const isWords = isOfWords(task);
  const isFull = room.size === "full";
  const area = layer<HTMLElement>(box, "div", "trial");
  const after = afterOf(result, params);
  area.toggleAttribute("data-same", after.isSame);
  if (isFull)
    spark(area, losses, {
      steps: stepsOf(settingsOf(params)),
      before: losses[0] ?? setup.off.score,
      bottom: isWords ? LOWEST : 0,
    });
  const columns = layer(area, "div", "sides");
  columnHead(columns, {
    name: "before",
    title: "Before",
    formula: ["frozen ", sign.W0],
    note: scoredShort(task, setup.off.score),
  });
  const head = columnHead(columns, {
    name: "after",
    title: "After",
    formula: formulaOf(params),
    note: after.isSame ? "the same" : after.isOn ? scoredShort(task, now.score) : "",
  });
  if (isFull) waySwitch(head, {isReady: !!(trained && use), params}, act);
  const shown = (list: readonly Sample[]) =>
    entriesOf(list, setup.before, result).slice(0, isFull || room.size === "slide" ? undefined : FEW);
  words(columns, "words before", shown(setup.before), "Before");
  words(columns, "words after", shown(after.samples), "After");
  if (!isFull) return;
  inputField(layer(columns, "div", "prompt"), params, act);
  const off = begun?.ways.find(({name}) => name === "off")?.texts ?? [];
  words(columns, "continued before", plainly(off, off), "Before, from these letters");
  words(columns, "continued after", plainly(after.texts, off), "After, from these letters");
}
