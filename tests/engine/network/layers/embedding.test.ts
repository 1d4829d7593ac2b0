import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {embedding, embeddingBackward} from "../../../../src/engine/network/layers/embedding.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("x is the token's row plus the position's row, from position 0 again in the second sequence", () => {
  const [wte, wpe] = [matrix("1 / 2 / 3"), matrix("10 / 20 / 99")];
  expect(embedding(Int32Array.of(2, 0, 1, 1), 2, wte, wpe)).toEqual(matrix("13 / 21 / 12 / 22"));
});

test("backward agrees with differences for repeated tokens and leaves unused rows alone", () => {
  const random = mulberry32(3);
  const tokens = Int32Array.of(2, 0, 2, 2, 1, 0);
  const [wte, wpe] = [randn(4, 3, random), randn(5, 3, random)];
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
