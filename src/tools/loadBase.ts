/** Reads the lab's base models from their files, and makes kernels to run them. */
import {readBase} from "../engine/adapters/base.ts";
import {fromBase64} from "../engine/adapters/base64.ts";
import {createKernels} from "../engine/kernels/createKernels.ts";
import {createHeap} from "../engine/kernels/heap.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {type BaseModelName, baseModels, weightsFile} from "./baseModels.ts";
import {readJsonFile} from "./jsonFiles.ts";

/** The bytes of a base's file. */
export const baseBytes = (name: BaseModelName): Uint8Array =>
  fromBase64(readJsonFile<{base64: string}>(weightsFile(name)).base64);

/** A base model, read from its file. */
export const baseNamed = (name: BaseModelName): Transformer => readBase(baseBytes(name), baseModels[name].recipe.sizes);

/**
 * Makes kernels on a new heap of 64 MB: room for a base, its gradients and some thousand sequences. Throws without SIMD, because
 * the numbers would differ in their last bits.
 */
export function createLabKernels(): Kernels {
  const kernels = createKernels(createHeap(64e6));
  if (kernels.path !== "simd") throw new Error("SIMD does not run here; the lab's numbers are those of the SIMD path");
  return kernels;
}
