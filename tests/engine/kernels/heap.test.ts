import {expect, test} from "vitest";
import {createHeap} from "../../../src/engine/kernels/heap.ts";

test("arrays are in one memory, at multiples of 64 bytes, and start as zeros", () => {
  const heap = createHeap(1);
  const [first, second, third] = [heap.floats(3), heap.floats(17), heap.floats(1)];
  expect([first.byteOffset, second.byteOffset, third.byteOffset]).toEqual([0, 64, 192]);
  expect([first, second, third].every(({buffer}) => buffer === heap.buffer)).toBe(true);
  expect(heap.memory?.buffer).toBe(heap.buffer);
  expect(heap.buffer.byteLength).toBe(65536);
  expect([...first, ...second, ...third].every((x) => x === 0)).toBe(true);
});

test("released memory is taken again, as zeros", () => {
  const heap = createHeap(65536);
  const kept = heap.floats(4).fill(1);
  const mark = heap.mark();
  const gone = heap.floats(20).fill(2);
  heap.release(mark);
  const next = heap.floats(20);
  expect(next.byteOffset).toBe(gone.byteOffset);
  expect([...next].every((x) => x === 0)).toBe(true);
  expect([...kept]).toEqual([1, 1, 1, 1]);
});

test("a full heap says what is needed and what is free, and does not change", () => {
  const heap = createHeap(65536);
  heap.floats(16000);
  const mark = heap.mark();
  expect(() => heap.floats(2000)).toThrow("heap: 2,000 numbers of 4 bytes need 8,000 bytes");
  expect(heap.mark()).toBe(mark);
  expect(heap.floats(384).length).toBe(384);
  expect(() => heap.floats(1)).toThrow("0 of 65,536 are free");
});

test("wrong sizes, lengths and marks throw", () => {
  expect(() => createHeap(0)).toThrow("heap: the size is 0");
  expect(() => createHeap(1.5)).toThrow("heap: the size is 1.5");
  const heap = createHeap(1);
  for (const length of [0, -1, 2.5, Number.NaN]) expect(() => heap.floats(length)).toThrow("heap: the length is");
  expect(() => heap.release(64)).toThrow("heap: 64 is not a mark of a heap filled up to 0");
});
