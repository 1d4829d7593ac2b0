/**
 * A base model as a safetensors file in half precision; in memory it is float64, with exactly the same numbers. The
 * tensors have PyTorch's names (`layers.0.Wq.weight`), so `load_state_dict` accepts the file.
 */

import {needFinite} from "../linalg/matrix.ts";
import {type Sizes, type WeightName, weightLayout} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Transformer} from "../network/transformer.ts";
import {grouped, shown} from "../wording.ts";
import {shapeText, toBytes, toFloat64} from "./dtype.ts";
import {readSafetensors, tensorBytes} from "./safetensors.ts";
import {type Tensor, writeSafetensors} from "./safetensorsWriter.ts";

const fileName = (name: WeightName) => `${name}.weight`;
/** In the file a norm's gain is a vector, as in `torch.nn.RMSNorm`. */
const fileShape = (name: WeightName, rows: number, cols: number) => (/norm\d?$/.test(name) ? [cols] : [rows, cols]);

/**
 * The bytes of a file → a model of these sizes. Throws as `readSafetensors` does, and unless the file holds exactly the
 * model's tensors, each in its shape, as F16 or F32, with finite numbers.
 */
export function readBase(bytes: Uint8Array, sizes: Sizes): Transformer {
  const file = readSafetensors(bytes);
  const weights = allocate(weightLayout(sizes));
  for (const [name, rows, cols] of weights.layout) {
    const info = file.tensors.get(fileName(name));
    const shape = shapeText(fileShape(name, rows, cols));
    if (!info) throw new Error(`base: the file has no ${fileName(name)}; a model of these sizes needs it as ${shape}`);
    if (shapeText(info.shape) !== shape)
      throw new Error(`base: ${fileName(name)} is ${shapeText(info.shape)}; it must be ${shape}`);
    if (info.dtype !== "F16" && info.dtype !== "F32")
      throw new Error(`base: ${fileName(name)} is ${info.dtype}; weights are F16 or F32`);
    weights.views[name].data.set(toFloat64(info.dtype, tensorBytes(file, fileName(name))));
    needFinite(`base: ${fileName(name)}`, weights.views[name]);
  }
  const modelNames = new Set<string>(weights.layout.map(([name]) => fileName(name)));
  const extra = [...file.tensors.keys()].find((name) => !modelNames.has(name));
  if (extra !== undefined)
    throw new Error(
      `base: the file has ${shown(extra)}; the model's ${grouped(modelNames.size)} tensors are all it may hold`,
    );
  return {sizes, weights, attached: []};
}

/**
 * The base weights of a model → the bytes of a file, in half precision. Attachments are not written. Throws when a
 * number is not finite in half precision.
 */
export function writeBase({weights}: Transformer, metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
  const tensors = weights.layout.map(([name, rows, cols]): [string, Tensor] => {
    const bytes = toBytes("F16", weights.views[name].data);
    needFinite(`base: ${name} in half precision`, {rows, cols, data: toFloat64("F16", bytes)});
    return [fileName(name), {dtype: "F16", shape: fileShape(name, rows, cols), bytes}];
  });
  return writeSafetensors(new Map(tensors), new Map([["format", "pt"], ...metadata]));
}
