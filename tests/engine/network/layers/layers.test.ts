/** Each layer by hand, and its backward pass by central differences for each of its inputs. */
import {describe, expect, test} from "vitest";
import {type Matrix, scale, zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {
  attention,
  attentionBackward,
  prepend,
  prependBackward,
} from "../../../../src/engine/network/layers/attention.ts";
import {bottleneck, bottleneckBackward} from "../../../../src/engine/network/layers/bottleneck.ts";
import {dropoutMask, loraDropout, loraDropoutBackward} from "../../../../src/engine/network/layers/dropout.ts";
import {embedding, embeddingBackward} from "../../../../src/engine/network/layers/embedding.ts";
import {linear, linearBackward} from "../../../../src/engine/network/layers/linear.ts";
import {relu, reluBackward} from "../../../../src/engine/network/layers/relu.ts";
import {rmsNorm, rmsNormBackward} from "../../../../src/engine/network/layers/rmsnorm.ts";
import {expectBackward} from "../../differences.ts";
import {matrix, trainedLora} from "../../fixture.ts";

/** Inputs, forward and backward of a layer. */
type Case = Parameters<typeof expectBackward>;

const random = mulberry32(12);
const normals = (...shapes: readonly (readonly [rows: number, cols: number])[]): Matrix[] =>
  shapes.map(([rows, cols]) => randn(rows, cols, random));

/** Attention of two sequences of three queries, each over S keys: those before the queries are seen by all of them. */
function attentionCase(S: number): Case {
  const [B, T, C] = [2, 3, 4];
  const heads = {B, H: 2};
  const [q, k, v] = normals([B * T, C], [B * S, C], [B * S, C]);
  const {weights} = attention(q, k, v, heads);
  return [
    [q, k, v],
    () => attention(q, k, v, heads).y,
    (dy, [dq, dk, dv]) => attentionBackward(dy, {q, k, v, weights}, heads, {dq, dk, dv}),
  ];
}

const cases: Readonly<Record<string, () => Case>> = {
  linear() {
    const [x, W] = normals([5, 4], [3, 4]);
    return [[x, W], () => linear(x, W), (dy, [dx, dW]) => linearBackward(dy, x, W, dx, dW)];
  },
  relu() {
    const [x] = normals([5, 4]);
    return [[x], () => relu(x), (dy, [dx]) => reluBackward(dy, x, dx)];
  },
  "rmsNorm, with a small row"() {
    const [x, gain] = normals([5, 4], [1, 4]);
    for (let i = 0; i < 4; i++) x.data[i] *= 0.01;
    return [
      [x, gain],
      () => rmsNorm(x, gain).y,
      (dy, [dx, dgain]) => rmsNormBackward(dy, x, gain, rmsNorm(x, gain).inverse, dx, dgain),
    ];
  },
  bottleneck() {
    const [x, down, up] = normals([6, 4], [3, 4], [4, 3]);
    const backward: Case[2] = (dy, [dx, ddown, dup]) =>
      bottleneckBackward(dy, x, {down, up}, bottleneck(x, {down, up}).narrow, dx, {down: ddown, up: dup});
    return [[x, down, up], () => bottleneck(x, {down, up}).y, backward];
  },
  "attention with as many keys as queries": () => attentionCase(3),
  "attention with two positions before the queries": () => attentionCase(5),
  "a prefix, which gets gradients from all sequences"() {
    const [prefix, x] = normals([2, 3], [6, 3]);
    return [[x, prefix], () => prepend(prefix, x, 3), (dy, [dx, dprefix]) => prependBackward(dy, 2, 3, dx, dprefix)];
  },
  "both factors of a LoRA under one mask of dropout"() {
    const [x, W0] = normals([7, 4], [5, 4]);
    const lora = trainedLora(5, 4, 2, 6, random);
    const mask = dropoutMask(7, 4, 0.4, mulberry32(5));
    return [
      [lora.A, lora.B],
      () => loraDropout(x, W0, lora, mask),
      (dy, [A, B]) => loraDropoutBackward(dy, x, lora, mask, {A, B}),
    ];
  },
};

test.each(Object.entries(cases))("backward agrees with differences: %s", (_, of) => {
  expectBackward(...of());
});

test("linear: each row of y is W times a row of x", () => {
  expect(linear(matrix("1 2 / 3 4"), matrix("1 0 / 0 1 / 1 -1"))).toEqual(matrix("1 2 -1 / 3 4 -1"));
});

test("relu: negative numbers become 0, NaN stays NaN, and the slope at exactly 0 is 0", () => {
  expect(relu(matrix("-1 0 2 NaN"))).toEqual(matrix("0 0 2 NaN"));
  const dx = zeros(1, 3);
  reluBackward(matrix("5 5 5"), matrix("-1 0 1"), dx);
  expect(dx).toEqual(matrix("0 0 5"));
});

test("a bottleneck gives x plus what passes the ReLU; with up = 0 it is x, exactly", () => {
  const weights = {down: matrix("1 -1"), up: matrix("10 / 1")};
  expect(bottleneck(matrix("3 1 / 1 3"), weights).y).toEqual(matrix("23 3 / 1 3"));
  const [x, down] = normals([6, 4], [2, 4]);
  expect(bottleneck(x, {down, up: zeros(4, 2)}).y).toEqual(x);
});

describe("rmsNorm", () => {
  const ones = matrix("1 1 1 1");

  test("every row gets mean square 1, up to the added 1e-5", () => {
    const {y} = rmsNorm(scale(randn(6, 4, mulberry32(4)), 30), ones);
    for (let n = 0; n < 6; n++) {
      const square = y.data.slice(4 * n, 4 * n + 4).reduce((sum, value) => sum + value * value, 0) / 4;
      expect(Math.abs(square - 1)).toBeLessThan(1e-5);
    }
    expect(rmsNorm(zeros(1, 4), ones).y).toEqual(zeros(1, 4));
  });

  test("[3, 4] has root mean square √12.5; the gain multiplies each column", () => {
    const {y, inverse} = rmsNorm(matrix("3 4"), matrix("1 10"));
    expect(inverse[0]).toBeCloseTo(1 / Math.sqrt(12.50001), 14);
    expect(y.data[0]).toBeCloseTo(3 / Math.sqrt(12.50001), 14);
    expect(y.data[1]).toBeCloseTo(40 / Math.sqrt(12.50001), 13);
  });
});

describe("embedding", () => {
  test("x is the token's row plus the position's row, from position 0 again in the second sequence", () => {
    const [wte, wpe] = [matrix("1 / 2 / 3"), matrix("10 / 20 / 99")];
    expect(embedding(Int32Array.of(2, 0, 1, 1), 2, wte, wpe)).toEqual(matrix("13 / 21 / 12 / 22"));
  });

  test("backward agrees with differences for repeated tokens and leaves unused rows alone", () => {
    const tokens = Int32Array.of(2, 0, 2, 2, 1, 0);
    const [wte, wpe] = normals([4, 3], [5, 3]);
    const [dwte, dwpe] = expectBackward(
      [wte, wpe],
      () => embedding(tokens, 3, wte, wpe),
      (dx, [dwte, dwpe]) => embeddingBackward(dx, tokens, 3, dwte, dwpe),
    );
    expect(dwte.data.slice(9)).toEqual(Float64Array.of(0, 0, 0));
    expect(dwpe.data.slice(9)).toEqual(new Float64Array(6));
  });

  test("errors name unknown tokens and positions", () => {
    const [wte, wpe] = [zeros(4, 2), zeros(3, 2)];
    expect(() => embedding(Int32Array.of(1, 4), 2, wte, wpe)).toThrow("embedding: token 4 at place 1");
    expect(() => embedding(Int32Array.of(-1), 1, wte, wpe)).toThrow("token -1 at place 0");
    expect(() => embedding(new Int32Array(4), 4, wte, wpe)).toThrow("embedding: a sequence has 4 tokens");
  });
});
