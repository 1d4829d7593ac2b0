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

test("what the base model learns", () => {
  const answers = Object.fromEntries(
    Object.entries(baseTasks).map(([name, {answer}]) => [name, answer(digits).join("")]),
  );
  expect(answers).toEqual({
    copy: "123459",
    reverse: "954321",
    plusOne: "234560",
    minusOne: "012348",
    rotate: "234591",
  });
  expect(Object.values(baseTasks).map(({symbol}) => symbol)).toEqual(["C", "R", "I", "D", "L"]);
});

test("what adapters are to teach it, all under X", () => {
  const answers = Object.fromEntries(
    Object.entries(newTasks).map(([name, {answer}]) => [name, answer(digits).join("")]),
  );
  expect(answers).toEqual({
    reversePlusOne: "065432",
    rotatePlusOne: "345602",
    plusThree: "456782",
    nineMinus: "876540",
    swapEnds: "923451",
    permute: "719025",
    reversePermute: "520917",
    rotateTwo: "345912",
  });
  expect(new Set(Object.values(newTasks).map(({symbol}) => symbol))).toEqual(new Set(["X"]));
});

test("no task changes the digits it is given, and the permutation loses none", () => {
  for (const {answer} of [...Object.values(baseTasks), ...Object.values(newTasks)]) answer(digits);
  expect(digits).toEqual([1, 2, 3, 4, 5, 9]);
  const all = [...Array(10).keys()];
  expect(newTasks.permute.answer(all).sort()).toEqual(all);
});

test("a sequence is written out: each place predicts the token after it, and the answer alone counts", () => {
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

test("the first batch of seed 7 is this, forever", () => {
  const {tokens} = drawBatch([newTasks.plusThree], 2, mulberry32(7));
  expect(Array.from(tokens, (token) => SYMBOLS[token]).join("")).toBe("X096544=32987X572175=80540");
});

test("redrawing gives whole sequences of the pool, in time all of them", () => {
  const pool = drawBatch([newTasks.rotateTwo], 5, mulberry32(8));
  const rows = (batch: typeof pool) => {
    const both = (b: number) => [batch.tokens, batch.targets].map((data) => data.slice(13 * b, 13 * b + 13).join());
    return Array.from({length: batch.B}, (_, b) => both(b).join("|"));
  };
  expect(new Set(rows(redraw(pool, 60, mulberry32(9))))).toEqual(new Set(rows(pool)));
});

test("exact match counts whole answers, digits count one by one", () => {
  const batch = drawBatch([baseTasks.copy], 3, mulberry32(10));
  const logits = zeros(39, 18);
  batch.targets.forEach((target, row) => {
    if (target >= 0) logits.data[18 * row + target] = 1;
  });
  expect(score(logits, batch)).toEqual({exact: 1, digits: 1});
  logits.data[18 * 12 + 17] = 2;
  expect(score(logits, batch)).toEqual({exact: 2 / 3, digits: 17 / 18});
});
