import {logitsOf} from "../../engine/kernels/logits.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {Batch} from "../../engine/network/transformer.ts";
import {baseTasks, drawBatch, encode, newTasks, redraw, SYMBOLS, score} from "../../engine/training/tasks.ts";
import {digitLesson} from "../../engine/training/trials.ts";
import {loadedBase} from "../shared/baseModels.ts";
import type {Operation} from "../shared/taskNames.ts";
import {batchMean} from "./batchMean.ts";
import type {LabSettings} from "./controls.ts";
import type {LabLesson} from "./lesson.ts";
import type {Sample} from "./snapshot.ts";

/** How many inputs each of the base's own operations is scored on. */
const OLD_INPUTS = 40;
const OLD_SEED = 71;
/** Draws the limited set of examples, the same in every run. */
const POOL_SEED = 5;
/** Inputs answered in each evaluation; in the second all digits are equal, in the third they rise. */
const INPUTS = ["204719", "555555", "123456", "908172"];
const DIGITS = 6;

const digitsOf = (text: string): number[] => Array.from(text, Number);

/** What the model writes after each of these equally long questions, greedily: "X204719" → six digits. */
export function answersTo(questions: readonly string[], logits: (tokens: Int32Array, B: number) => Matrix): string[] {
  const rows = questions.map((text) => Array.from(`${text}=`, (symbol) => SYMBOLS.indexOf(symbol)));
  for (let n = 0; n < DIGITS; n++) {
    const {data, cols} = logits(Int32Array.from(rows.flat()), rows.length);
    const length = rows[0].length;
    rows.forEach((row, b) => {
      const end = (b + 1) * length * cols;
      const last = data.subarray(end - cols, end);
      row.push(last.indexOf(Math.max(...last)));
    });
  }
  return rows.map((row) => Array.from(row.slice(-DIGITS), (token) => SYMBOLS[token]).join(""));
}

const questionsOf = (operation: Operation) =>
  INPUTS.map((input) => ({
    input,
    answer: newTasks[operation].answer(digitsOf(input)).join(""),
  }));

/** A function from a model's logits to its answers to `INPUTS`; a right answer is a hit. */
export function answersFrom(operation: Operation) {
  const questions = questionsOf(operation);
  const asked = INPUTS.map((input) => `${newTasks[operation].symbol}${input}`);
  return (logits: (tokens: Int32Array, B: number) => Matrix): Sample[] =>
    answersTo(asked, logits).map((text, i) => ({
      text,
      isHit: text === questions[i].answer,
    }));
}

/** A run that teaches the digit machine a new operation. */
export function operationLesson(operation: Operation, examples: LabSettings["examples"]): LabLesson {
  const task = newTasks[operation];
  const {draw, fresh} = digitLesson(task);
  const count = examples === "all" ? undefined : Number(examples);
  const pool = count ? drawBatch([task], count, mulberry32(POOL_SEED)) : undefined;
  const oldRandom = mulberry32(OLD_SEED);
  const oldBatches = Object.values(baseTasks).map((one) => drawBatch([one], OLD_INPUTS, oldRandom));
  const questions = questionsOf(operation);
  const answered = answersFrom(operation);
  const look: LabLesson["look"] = (decoder) => answered(logitsOf(decoder));
  return {
    base: loadedBase(operation),
    draw: pool ? (B, random) => redraw(pool, B, random) : draw,
    look,
    *evaluate(decoder) {
      const logits = logitsOf(decoder);
      const samples = answered(logits);
      yield;
      const exact = (batch: Batch) => score(logits(batch.tokens, batch.B), batch).exact;
      const skill = oldBatches.reduce((sum, batch) => sum + exact(batch), 0) / oldBatches.length;
      yield;
      return {samples, score: yield* batchMean(fresh, exact, ({B}) => B), skill};
    },
    reference() {
      const encoded = INPUTS.map((input) => encode(task, digitsOf(input)));
      const batch = {
        tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
        targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
        B: INPUTS.length,
      };
      return {batch, texts: questions.map(({input, answer}) => `${task.symbol}${input}=${answer}`)};
    },
    setup: {
      fresh: fresh.B,
      old: OLD_INPUTS * oldBatches.length,
      questions,
      ...(count === undefined ? {} : {pool: count}),
    },
  };
}
