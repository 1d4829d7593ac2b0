import {expect, test} from "vitest";
import {allocate, filledBuffer, layoutLength} from "../../../src/engine/network/parameters.ts";

const layout = [
  ["A", 2, 3],
  ["B", 4, 2],
] as const;

test("views and buffer are the same numbers", () => {
  const {flat, views} = allocate(layout);
  expect([flat.length, layoutLength(layout)]).toEqual([14, 14]);
  views.B.data[0] = 5;
  expect(flat[6]).toBe(5);
  flat[5] = 7;
  expect(views.A.data[5]).toBe(7);
  expect([views.B.rows, views.B.cols]).toEqual([4, 2]);
});

test("a layout can use an existing buffer", () => {
  const numbers = Float64Array.from({length: 14}, (_, i) => i);
  const {flat, views} = allocate(layout, numbers);
  expect(flat).toBe(numbers);
  expect(views.B.data).toEqual(numbers.slice(6));
});

test("spread fills each matrix with its value", () => {
  expect(filledBuffer(layout, (name) => (name === "B" ? 16 : 1))).toEqual(
    Float64Array.of(...Array(6).fill(1), ...Array(8).fill(16)),
  );
});

test("errors name the length and the matrix", () => {
  expect(() => allocate(layout, new Float64Array(13))).toThrow("allocate: the layout needs 14 numbers");
  expect(() => allocate([...layout, ["A", 1, 1]])).toThrow("allocate: the name A occurs twice");
});
