import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {attention, prepend} from "../../../../src/engine/network/layers/attention.ts";
import {matrix} from "../../fixture.ts";

test("with equal scores a query takes the mean over itself and the places before it", () => {
  const {y, weights} = attention(zeros(3, 1), zeros(3, 1), matrix("2 / 4 / 9"), {B: 1, H: 1});
  expect(Array.from(y.data, (value) => Math.round(value * 1e12) / 1e12)).toEqual([2, 3, 5]);
  expect([...weights.slice(0, 3), ...weights.slice(3, 5), weights[5]]).toEqual([1, 0, 0, 0.5, 0.5, 0]);
});

test("scores are q·k / √D, and heads and sequences do not mix", () => {
  const random = mulberry32(10);
  const [q, k, v] = [randn(4, 4, random), randn(4, 4, random), randn(4, 4, random)];
  const {y, weights} = attention(q, k, v, {B: 2, H: 2});
  const z = [0, 1].map((j) => (q.data[6] * k.data[4 * j + 2] + q.data[7] * k.data[4 * j + 3]) / Math.sqrt(2));
  const share = 1 / (1 + Math.exp(z[1] - z[0]));
  expect(weights[6]).toBeCloseTo(share, 14);
  expect(y.data[6]).toBeCloseTo(share * v.data[2] + (1 - share) * v.data[6], 14);

  const other = {...v, data: v.data.map((value, i) => (i >= 8 || i % 4 >= 2 ? -5 : value))};
  const changed = attention(q, k, other, {B: 2, H: 2}).y;
  for (const i of [0, 1, 4, 5]) expect(changed.data[i]).toBe(y.data[i]);
});

test("a query does not see later places", () => {
  const random = mulberry32(11);
  const [q, k, v] = [randn(5, 6, random), randn(5, 6, random), randn(5, 6, random)];
  const before = attention(q, k, v, {B: 1, H: 3}).y.data.slice(0, 18);
  k.data.fill(7, 18);
  v.data.fill(7, 18);
  expect(attention(q, k, v, {B: 1, H: 3}).y.data.slice(0, 18)).toEqual(before);
});

test("errors name the sizes", () => {
  expect(() => attention(zeros(2, 4), zeros(2, 4), zeros(2, 4), {B: 1, H: 3})).toThrow("3 heads do not divide");
  expect(() => attention(zeros(3, 4), zeros(3, 4), zeros(3, 4), {B: 2, H: 2})).toThrow("3 queries and 3 keys");
  expect(() => attention(zeros(4, 4), zeros(2, 4), zeros(2, 4), {B: 2, H: 2})).toThrow("no fewer keys than queries");
});

test("the prefix comes before each sequence", () => {
  const y = prepend(matrix("8 / 9"), matrix("1 / 2 / 3 / 4"), 2);
  expect(y).toEqual(matrix("8 / 9 / 1 / 2 / 8 / 9 / 3 / 4"));
});
