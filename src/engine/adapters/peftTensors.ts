/** The tensors of one module in a PEFT adapter's file, as matrices and vectors in float64. */

import {grouped, shown} from "../wording.ts";
import {type FloatDtype, isFloat, shapeText, toFloat64} from "./dtype.ts";
import type {ModuleTensors} from "./peftNames.ts";
import {type Safetensors, type TensorInfo, tensorBytes} from "./safetensors.ts";
import type {Tensor} from "./safetensorsWriter.ts";

/** The most numbers that B of a grouped convolution may be spread out to. */
const MOST_SPREAD = 2 ** 26;

/**
 * A (r × in) and B (out × r) of a module, and what their shapes tell of it. B of a grouped convolution is spread out, so
 * that B·A is its ΔW. Throws when the shapes do not fit each other.
 */
export function readFactors(name: string, names: ModuleTensors, file: Safetensors) {
  const [A, B] = [readFloats(names.A, file), readFloats(names.B, file)];
  const [r, , ...kernel] = A.shape;
  const [out, inner, ...ones] = B.shape;
  const groups = kernel.length > 0 && inner > 0 ? r / inner : 1;
  const fits =
    A.shape.length >= 2 &&
    B.shape.length === A.shape.length &&
    r >= 1 &&
    inner * groups === r &&
    Number.isInteger(groups) &&
    out % groups === 0;
  if (!fits || ones.some((size) => size !== 1))
    throw new Error(
      `peft: ${shown(name)}: A is ${shapeText(A.shape)} and B is ${shapeText(B.shape)}; ` +
        "they must be r × in and out × r, with r at least 1",
    );
  if (groups > 1 && out * r > MOST_SPREAD)
    throw new Error(`peft: ${shown(name)}: spread out, B is ${grouped(out)} × ${grouped(r)}, too large to read`);
  return {
    A: {rows: r, cols: A.data.length / r, data: A.data},
    B: {rows: out, cols: r, data: groups > 1 ? spreadGroups(B.data, out, r, groups) : B.data},
    kind: names.embedding ? ("embedding" as const) : kernel.length > 0 ? ("convolution" as const) : ("linear" as const),
    kernel,
    ...(groups > 1 && {groups}),
    dtypes: {A: A.dtype, B: B.dtype},
  };
}

/** B of a grouped convolution (out × r / groups) → (out × r), in which the outputs of a group see its own ranks only. */
function spreadGroups(data: Float64Array, out: number, r: number, groups: number): Float64Array {
  const [rows, cols] = [out / groups, r / groups];
  const spread = new Float64Array(out * r);
  for (let i = 0; i < out; i++)
    spread.set(data.subarray(i * cols, (i + 1) * cols), i * r + Math.floor(i / rows) * cols);
  return spread;
}

/** A tensor of floats, in float64. Throws for whole numbers, and for floats of 8 bits and fewer. */
export function readFloats(name: string, file: Safetensors): {shape: number[]; dtype: FloatDtype; data: Float64Array} {
  const {dtype, shape, bytes} = tensorOf(name, file);
  if (!isFloat(dtype))
    throw new Error(`peft: ${shown(name)} is stored as ${dtype}; F64, F32, F16 and BF16 are read here`);
  return {shape, dtype, data: toFloat64(dtype, bytes)};
}

/** B's bias or DoRA's norms. Throws unless there are `out` of them. */
export function readVector(name: string, out: number, file: Safetensors) {
  const vector = readFloats(name, file);
  if (vector.data.length !== out)
    throw new Error(
      `peft: ${shown(name)} is ${shapeText(vector.shape)}; it must hold ${grouped(out)} numbers, one for each row of B`,
    );
  return vector;
}

/** A tensor of the file; its bytes are a view. */
export function tensorOf(name: string, file: Safetensors): Tensor & {shape: number[]} {
  const {dtype, shape} = file.tensors.get(name) as TensorInfo;
  return {dtype, shape, bytes: tensorBytes(file, name)};
}
