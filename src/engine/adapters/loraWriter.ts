/** Writes new LoRAs as a PEFT adapter, in little code, for pages; `writeAdapter` writes whatever else an adapter can hold. */
import {type Matrix, needFinite} from "../linalg/matrix.ts";
import {type Lora, scaling} from "../lora/lora.ts";
import {shown} from "../wording.ts";
import {type FloatDtype, toBytes, toFloat64} from "./dtype.ts";
import {type Tensor, writeSafetensors} from "./safetensorsWriter.ts";

/** The two files of an adapter's folder, under the names PEFT looks for. */
export interface AdapterFiles {
  /** adapter_config.json */
  config: string;
  /** adapter_model.safetensors */
  model: Uint8Array;
}

/** What can be asked of `writeLoras`. */
export interface LoraOptions {
  base_model_name_or_path?: string | null;
  /** Write lora_alpha for the factor lora_alpha / √r. The modules' `alpha` is always for the factor alpha / r. */
  use_rslora?: boolean;
}

/** The config of a new adapter, in PEFT's order, before it says anything about its modules. */
export const EMPTY_CONFIG = {
  alpha_pattern: {},
  base_model_name_or_path: null,
  bias: "none",
  fan_in_fan_out: false,
  inference_mode: true,
  init_lora_weights: true,
  lora_alpha: 8,
  peft_type: "LORA",
  r: 8,
  rank_pattern: {},
  target_modules: [],
  task_type: null,
  use_dora: false,
  use_rslora: false,
};

/**
 * LoRAs by module name → two files that PEFT loads: F32, sorted, the same bytes for the same input. Modules unlike the
 * first one of the largest rank are listed in rank_pattern and alpha_pattern by their full names. Throws when there is no
 * module, a name is not a dotted path, A and B do not fit each other, or a number is not finite in float32; and, by name,
 * for a module that is more than a linear LoRA.
 */
export function writeLoras(
  modules: ReadonlyMap<string, Lora>,
  {base_model_name_or_path = null, use_rslora = false}: LoraOptions = {},
): AdapterFiles {
  const sorted: [string, Lora][] = modules instanceof Map ? [...modules].sort(([a], [b]) => (a < b ? -1 : 1)) : [];
  if (sorted.length === 0)
    throw new Error("peft: there is no module to write; expected a Map with at least one LoRA by its name");
  const tensors = new Map<string, Tensor>();
  const ranks: [string, number][] = [];
  const alphas: [string, number][] = [];
  for (const [name, lora] of sorted) needLinear(name, lora);
  // r and lora_alpha are those of one module: vLLM reads no patterns, and compares r with the largest rank it serves.
  const largest = sorted.map(([, lora]) => lora).reduce((best, lora) => (lora.r > best.r ? lora : best));
  const alphaOf = (lora: Lora) => loraAlpha(lora, use_rslora);
  for (const [name, lora] of sorted) {
    for (const [factor, {rows, cols, data}] of [["A", lora.A] as const, ["B", lora.B] as const])
      tensors.set(
        `base_model.model.${name}.lora_${factor}.weight`,
        floatTensor(`${name}: ${factor}`, [rows, cols], data, "F32"),
      );
    if (lora.r !== largest.r) ranks.push([exactPattern(name), lora.r]);
    if (alphaOf(lora) !== alphaOf(largest)) alphas.push([exactPattern(name), alphaOf(lora)]);
  }
  const config = {
    ...EMPTY_CONFIG,
    alpha_pattern: Object.fromEntries(alphas),
    base_model_name_or_path,
    lora_alpha: alphaOf(largest),
    r: largest.r,
    rank_pattern: Object.fromEntries(ranks),
    target_modules: sorted.map(([name]) => name),
    use_rslora,
  };
  return {
    config: `${JSON.stringify(config, null, 2)}\n`,
    model: writeSafetensors(tensors, new Map([["format", "pt"]])),
  };
}

/** Throws unless this is a linear LoRA and no more, under a module's name. */
function needLinear(name: string, lora: Lora): void {
  needName(name);
  const isMore = ["magnitude", "bias", "expert"].some((part) => part in lora) || lora.transposed;
  if (isMore || ("kind" in lora && lora.kind !== "linear"))
    throw new Error(`peft: ${name} is more than a linear LoRA; writeAdapter can write it`);
  needFactors(name, lora, lora.r);
}

/** Throws unless a name can be a module's. */
export function needName(name: string): void {
  if (!/^[\w-]+(\.[\w-]+)*$/.test(name))
    throw new Error(`peft: ${shown(name)} is no module's name; it must be words joined by dots, such as blocks.0.q`);
}

/** Throws unless A has `rows` rows, B as many columns, and the scale is finite. */
export function needFactors(name: string, lora: {A: Matrix; B: Matrix; alpha: number; r: number}, rows: number): void {
  const {A, B, r} = lora;
  const factor = scaling(lora);
  if (A?.rows !== rows || B?.cols !== rows)
    throw new Error(
      `peft: ${name}: A is ${A?.rows}×${A?.cols} and B is ${B?.rows}×${B?.cols}; at r = ${r} they do not fit`,
    );
  if (!Number.isFinite(factor)) throw new Error(`peft: ${name}: alpha is ${lora.alpha}; it must be a finite number`);
}

/** A pattern that matches this name alone. */
export const exactPattern = (name: string): string => `^${name.replace(/[^\w]/g, "\\$&")}`;

/** The lora_alpha of a module: multiplying by √r and dividing again rounds, and 15 digits restore the original. */
export function loraAlpha({alpha, r}: {alpha: number; r: number}, use_rslora: boolean): number {
  return use_rslora ? Number((alpha / Math.sqrt(r)).toPrecision(15)) : alpha;
}

/** Numbers as a tensor. Throws when one is not finite in the format. */
export function floatTensor(what: string, shape: number[], data: Float64Array, dtype: FloatDtype): Tensor {
  const bytes = toBytes(dtype, data);
  const rows = shape.length > 1 ? shape[0] : 1;
  needFinite(`peft: ${what} in ${dtype}`, {rows, cols: rows && data.length / rows, data: toFloat64(dtype, bytes)});
  return {dtype, shape, bytes};
}
