import {type Matrix, needFinite} from "../linalg/matrix.ts";
import {type Lora, scaling} from "../lora/lora.ts";
import {toBytes} from "./dtype.ts";
import {type Tensor, writeSafetensors} from "./safetensorsWriter.ts";
import {shown} from "./wording.ts";

/** The two files of an adapter's folder, under the names PEFT looks for. */
export interface AdapterFiles {
  /** adapter_config.json */
  config: string;
  /** adapter_model.safetensors */
  model: Uint8Array;
}

interface Options {
  base_model_name_or_path?: string | null;
  /** Write lora_alpha for the factor lora_alpha / √r. The modules' `alpha` is always for the factor alpha / r. */
  use_rslora?: boolean;
}

/**
 * LoRAs by module name → two files that PEFT loads: F32, sorted, the same bytes for the same input. Modules that differ
 * from the first in rank or alpha are listed in rank_pattern and alpha_pattern by their full names. Throws when there
 * is no module, a name is not a dotted path, A and B do not fit each other, or a number is not finite in float32.
 */
export function writeAdapter(
  modules: ReadonlyMap<string, Lora>,
  {base_model_name_or_path = null, use_rslora = false}: Options = {},
): AdapterFiles {
  const names = [...modules.keys()].sort();
  const first = modules.get(names[0]);
  if (!first) throw new Error("peft: there is no module to write; an adapter has at least one");
  // Multiplying by √r and dividing again rounds; 15 digits restore the original alpha.
  const alphaOf = ({alpha, r}: Lora) => (use_rslora ? Number((alpha / Math.sqrt(r)).toPrecision(15)) : alpha);
  const tensors = new Map<string, Tensor>();
  const ranks: [string, number][] = [];
  const alphas: [string, number][] = [];
  for (const name of names) {
    const lora = modules.get(name) as Lora;
    needModule(name, lora);
    tensors.set(`base_model.model.${name}.lora_A.weight`, tensorOf(`${name}: A`, lora.A));
    tensors.set(`base_model.model.${name}.lora_B.weight`, tensorOf(`${name}: B`, lora.B));
    const pattern = `^${name.replace(/[^\w]/g, "\\$&")}`;
    if (lora.r !== first.r) ranks.push([pattern, lora.r]);
    if (alphaOf(lora) !== alphaOf(first)) alphas.push([pattern, alphaOf(lora)]);
  }
  const config = {
    alpha_pattern: Object.fromEntries(alphas),
    base_model_name_or_path,
    bias: "none",
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    lora_alpha: alphaOf(first),
    peft_type: "LORA",
    r: first.r,
    rank_pattern: Object.fromEntries(ranks),
    target_modules: names,
    task_type: null,
    use_dora: false,
    use_rslora,
  };
  return {
    config: `${JSON.stringify(config, null, 2)}\n`,
    model: writeSafetensors(tensors, new Map([["format", "pt"]])),
  };
}

function needModule(name: string, lora: Lora): void {
  if (!/^[\w-]+(\.[\w-]+)*$/.test(name))
    throw new Error(`peft: ${shown(name)} is no module's name; it must be words joined by dots, such as blocks.0.q`);
  const {A, B, r} = lora;
  const factor = scaling(lora);
  if (A.rows !== r || B.cols !== r)
    throw new Error(
      `peft: ${name}: A is ${A.rows}×${A.cols} and B is ${B.rows}×${B.cols}; at r = ${r} they do not fit`,
    );
  if (!Number.isFinite(factor)) throw new Error(`peft: ${name}: alpha is ${lora.alpha}; it must be a finite number`);
}

function tensorOf(what: string, {rows, cols, data}: Matrix): Tensor {
  needFinite(`peft: ${what} in float32`, {rows, cols, data: data.map(Math.fround)});
  return {dtype: "F32", shape: [rows, cols], bytes: toBytes("F32", data)};
}
