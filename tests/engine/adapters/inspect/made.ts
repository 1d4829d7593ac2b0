/** Small PEFT adapters that a test makes up: some names, some numbers, a config. */
import {type FloatDtype, toBytes} from "../../../../src/engine/adapters/dtype.ts";
import {type OpenedAdapter, openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {type Tensor, writeSafetensors} from "../../../../src/engine/adapters/safetensorsWriter.ts";

/** A shape, a number for every entry or a function of its index, and a format, F32 by default. */
type Made = readonly [shape: readonly number[], fill: number | ((i: number) => number), dtype?: FloatDtype];
export type Tensors = Readonly<Record<string, Made>>;

export function tensorOf([shape, fill, dtype = "F32"]: Made): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Float64Array.from({length: count}, (_, i) => (typeof fill === "number" ? fill : fill(i)));
  return {dtype, shape: [...shape], bytes: toBytes(dtype, data)};
}

/** The bytes of a safetensors file. */
export const fileOf = (tensors: Tensors, metadata = new Map<string, string>()): Uint8Array =>
  writeSafetensors(new Map(Object.entries(tensors).map(([name, made]) => [name, tensorOf(made)])), metadata);

/** The same tensors under other names. */
export const renamed = (tensors: Tensors, of: (name: string) => string): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [of(name), tensor]));

/** Numbers that are none of a pattern. */
export const wave = (i: number): number => Math.sin(1 + 7 * i * i);

/** A pair of each module, 6 × 5 at rank r, under PEFT's names. */
export const pairsOf = (modules: readonly string[], r = 2): Tensors =>
  Object.fromEntries(
    modules.flatMap((name) => [
      [`base_model.model.${name}.lora_A.weight`, [[r, 5], wave] as const],
      [`base_model.model.${name}.lora_B.weight`, [[6, r], wave] as const],
    ]),
  );

/** A config of PEFT. */
export const configOf = (fields: object): string =>
  JSON.stringify({peft_type: "LORA", r: 2, lora_alpha: 2, target_modules: ["q", "v"], ...fields});

/** The adapter, opened. */
export const openedOf = (tensors: Tensors, config?: string): Promise<OpenedAdapter> =>
  openAdapter(sourceOf(fileOf(tensors)), config);
