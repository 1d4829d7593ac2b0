import {expect, test} from "vitest";
import {readBase, writeBase} from "../../../src/engine/adapters/base.ts";
import {digitRecipe, makeBase, pretrain} from "../../../src/engine/training/pretraining.ts";
import {createLabKernels} from "../../../src/tools/loadBase.ts";
import {runOf} from "../network.ts";

test("`makeBase` returns the model that its file gives back, and releases the heap when it ends or is stopped", () => {
  const recipe = digitRecipe(3, 4);
  const kernels = createLabKernels();
  const start = kernels.heap.mark();
  const {steps, result} = runOf(makeBase(kernels, recipe));
  expect(readBase(writeBase(result), recipe.sizes)).toEqual(result);
  expect(steps).toEqual([...pretrain(createLabKernels(), recipe)]);
  expect(kernels.heap.mark()).toBe(start);
  const stopped = makeBase(kernels, recipe);
  stopped.next();
  expect(kernels.heap.mark()).toBeGreaterThan(start);
  stopped.return(undefined as never);
  expect(kernels.heap.mark()).toBe(start);
});
