import {expect, test} from "vitest";
import {readBase, writeBase} from "../../../src/engine/files/base.ts";
import {digitRecipe, makeBase, pretrain} from "../../../src/engine/training/pretraining.ts";
import {freshKernels} from "../../../src/make/scripts/loadBase.ts";

test("a base made here is the model that its file would give back, and its heap is free again", () => {
  const recipe = digitRecipe(3, 4);
  const kernels = freshKernels();
  const start = kernels.heap.mark();
  const making = makeBase(kernels, recipe);
  const losses: number[] = [];
  for (;;) {
    const {done, value} = making.next();
    if (!done) losses.push(value.loss);
    else {
      expect(readBase(writeBase(value), recipe.sizes)).toEqual(value);
      break;
    }
  }
  expect(losses).toEqual([...pretrain(freshKernels(), recipe)].map(({loss}) => loss));
  expect(kernels.heap.mark()).toBe(start);
  const ended = makeBase(kernels, recipe);
  ended.next();
  expect(kernels.heap.mark()).toBeGreaterThan(start);
  ended.return(undefined as never);
  expect(kernels.heap.mark()).toBe(start);
});
