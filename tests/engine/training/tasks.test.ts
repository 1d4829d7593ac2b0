import {expect, test} from "vitest";
import {zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {
  baseTasks,
  digitMachine,
  drawBatch,
  encode,
  newTasks,
  redraw,
  SYMBOLS,
  score,
} from "../../../src/engine/training/tasks.ts";

const digits = [1, 2, 3, 4, 5, 9];

test("the answers of every task, and its symbol; no task changes the digits it is given", () => {
  const answers = Object.entries({...baseTasks, ...newTasks}).map(
    ([name, {symbol, answer}]) => `${symbol} ${answer(digits).join("")} ${name}`,
  );
  expect(answers).toEqual([
    ...["C 123459 copy", "R 954321 reverse", "I 234560 plusOne", "D 012348 minusOne", "L 234591 rotate"],
    ...["X 065432 reversePlusOne", "X 345602 rotatePlusOne", "X 456782 plusThree", "X 876540 nineMinus"],
    ...["X 923451 swapEnds", "X 719025 permute", "X 520917 reversePermute", "X 345912 rotateTwo"],
  ]);
  expect(digits).toEqual([1, 2, 3, 4, 5, 9]);
  const all = [...Array(10).keys()];
  expect(newTasks.permute.answer(all).sort()).toEqual(all);
});

test("in a sequence each place predicts the next token, and only the answer counts", () => {
  const {tokens, targets} = encode(baseTasks.reverse, digits);
  expect(tokens.map((token) => SYMBOLS[token]).join("")).toBe("R123459=95432");
  expect(targets).toEqual([-1, -1, -1, -1, -1, -1, -1, 9, 5, 4, 3, 2, 1]);
  expect([tokens.length, SYMBOLS.length]).toEqual([digitMachine.T, digitMachine.V]);
});

test("a batch is the same for the same seed, and its sequences are right", () => {
  const tasks = Object.values(baseTasks);
  const batch = drawBatch(tasks, 200, mulberry32(3));
  expect(batch).toEqual(drawBatch(tasks, 200, mulberry32(3)));
  expect(batch).not.toEqual(drawBatch(tasks, 200, mulberry32(4)));
  const seen = new Map<string, number>();
  for (let b = 0; b < 200; b++) {
    const tokens = [...batch.tokens.slice(13 * b, 13 * b + 13)];
    const task = tasks.find(({symbol}) => symbol === SYMBOLS[tokens[0]])!;
    expect({tokens, targets: [...batch.targets.slice(13 * b, 13 * b + 13)]}).toEqual(encode(task, tokens.slice(1, 7)));
    seen.set(task.symbol, (seen.get(task.symbol) ?? 0) + 1);
  }
  expect([...seen.values()].every((count) => count > 20)).toBe(true);
});

test("the first batch of seed 7 is always this one", () => {
  const {tokens} = drawBatch([newTasks.plusThree], 2, mulberry32(7));
  expect(Array.from(tokens, (token) => SYMBOLS[token]).join("")).toBe("X096544=32987X572175=80540");
});

test("redrawing gives whole sequences of the pool, and eventually all of them", () => {
  const pool = drawBatch([newTasks.rotateTwo], 5, mulberry32(8));
  const rows = (batch: typeof pool) => {
    const both = (b: number) => [batch.tokens, batch.targets].map((data) => data.slice(13 * b, 13 * b + 13).join());
    return Array.from({length: batch.B}, (_, b) => both(b).join("|"));
  };
  expect(new Set(rows(redraw(pool, 60, mulberry32(9))))).toEqual(new Set(rows(pool)));
});

test("`exact` counts whole answers and `digits` single digits", () => {
  const batch = drawBatch([baseTasks.copy], 3, mulberry32(10));
  const logits = zeros(39, 18);
  batch.targets.forEach((target, row) => {
    if (target >= 0) logits.data[18 * row + target] = 1;
  });
  expect(score(logits, batch)).toEqual({exact: 1, digits: 1});
  logits.data[18 * 12 + 17] = 2;
  expect(score(logits, batch)).toEqual({exact: 2 / 3, digits: 17 / 18});
});
