import type {Decoder} from "../../engine/kernels/decoder.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {Batch} from "../../engine/network/transformer.ts";
import {
  baseTasks,
  drawBatch,
  encode,
  newTasks,
  redraw,
  SYMBOLS,
  score,
  type Task,
} from "../../engine/training/tasks.ts";
import {digitLesson} from "../../engine/training/trials.ts";
import {baseOf} from "../shared/baseModels.ts";
import type {Operation} from "../shared/taskNames.ts";
import {measured} from "./batchMean.ts";
import type {Settings} from "./controls.ts";
import type {Lesson} from "./lesson.ts";
import type {Written} from "./snapshot.ts";

/** Inputs of each of the base's own operations. */
const OLD = 40;
const OLD_SEED = 71;
/** The examples of a small set are the same for every run: the first so many from this seed. */
const POOL_SEED = 5;
const FRESH = 1000;

/** Inputs that are written down at each look: in the second all digits are one, in the third they rise. */
const inputs = ["204719", "555555", "123456", "908172"];
const digitsOf = (text: string): number[] => Array.from(text, Number);

/** The first `length` tokens of each input under the task's symbol, and what the model writes behind them by itself. */
function answersTo(task: Task, decoder: Decoder): string[] {
  const logits = logitsOf(decoder);
  const rows = inputs.map((input) => encode(task, digitsOf(input)).tokens.slice(0, input.length + 2));
  for (let place = 0; place < inputs[0].length; place++) {
    const {data, cols} = logits(Int32Array.from(rows.flat()), rows.length);
    const length = rows[0].length;
    rows.forEach((row, b) => {
      const end = (b + 1) * length * cols;
      const last = data.subarray(end - cols, end);
      row.push(last.indexOf(Math.max(...last)));
    });
  }
  return rows.map((row) =>
    row
      .slice(inputs[0].length + 2)
      .map((token) => SYMBOLS[token])
      .join(""),
  );
}

/** The digit machine and a new operation for it. */
export function operationLesson(operation: Operation, examples: Settings["examples"]): Lesson {
  const task = newTasks[operation];
  const {draw, fresh} = digitLesson(task);
  const pool = examples === "all" ? undefined : Number(examples);
  const few = pool ? drawBatch([task], pool, mulberry32(POOL_SEED)) : undefined;
  const random = mulberry32(OLD_SEED);
  const old = Object.values(baseTasks).map((one) => drawBatch([one], OLD, random));
  const questions = inputs.map((input) => ({input, due: task.answer(digitsOf(input)).join("")}));
  return {
    base: baseOf(operation),
    draw: few ? (B, random) => redraw(few, B, random) : draw,
    *look(decoder) {
      const written = answersTo(task, decoder).map((text, i): Written => ({text, isHit: text === questions[i].due}));
      yield;
      const exact = (batch: Batch) => score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact;
      const skill = old.reduce((sum, batch) => sum + exact(batch), 0) / old.length;
      yield;
      return {written, score: yield* measured(fresh, exact, ({B}) => B), skill};
    },
    proof() {
      const encoded = inputs.map((input) => encode(task, digitsOf(input)));
      const batch = {
        tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
        targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
        B: inputs.length,
      };
      return {batch, texts: questions.map(({input, due}) => `${task.symbol}${input}=${due}`)};
    },
    ground: {fresh: FRESH, old: OLD * old.length, questions, ...(pool === undefined ? {} : {pool})},
  };
}
