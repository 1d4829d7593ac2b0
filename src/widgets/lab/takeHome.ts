import {zipSync} from "fflate";
import {fromBase64} from "../../engine/files/base64.ts";
import {toBytes} from "../../engine/files/dtype.ts";
import {writeAdapter} from "../../engine/files/peftWriter.ts";
import {writeSafetensors} from "../../engine/files/safetensorsWriter.ts";
import {type Sizes, weightLayout} from "../../engine/network/architecture.ts";
import {allocate, type Tensors} from "../../engine/network/parameters.ts";
import {digitMachine, SYMBOLS} from "../../engine/training/tasks.ts";
import {LETTERS, wordForge} from "../../engine/training/words.ts";
import {weights} from "../shared/baseWeights.ts";
import {isList} from "../shared/taskNames.ts";
import type {Settings} from "./controls.ts";
import {attachedOf} from "./plan.ts";
import {scriptOf} from "./pytorchScript.ts";
import type {Trained} from "./snapshot.ts";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Matrices by their names as safetensors, in single precision; a gain is a row of its own. */
function tensorsFile({layout, views}: Tensors, ending = ""): Uint8Array {
  const tensors = layout.map(([name, rows, cols]) => {
    const shape = /norm\d?$/.test(name) ? [cols] : [rows, cols];
    return [name + ending, {dtype: "F32" as const, shape, bytes: toBytes("F32", views[name].data)}] as const;
  });
  return writeSafetensors(new Map(tensors), new Map([["format", "pt"]]));
}

/** Every weight of a model. */
const weightsFile = (sizes: Sizes, flat: Float32Array): Uint8Array =>
  tensorsFile(allocate(weightLayout(sizes), Float64Array.from(flat)), ".weight");

/** What was trained: of a LoRA the pair of files for PEFT; bottlenecks and prefixes have no such pair. */
function trainedFiles(sizes: Sizes, settings: Settings, params: Float32Array): [string, Uint8Array][] {
  const attachment = attachedOf(sizes, settings, params);
  if (!attachment) return [["tuned.safetensors", weightsFile(sizes, params)]];
  if (settings.method !== "lora") return [[`${settings.method}.safetensors`, tensorsFile(attachment.params)]];
  const loras = attachment
    .view(attachment.params)
    .flatMap(({loras = {}}, l) =>
      Object.entries(loras).map(([target, lora]) => [`layers.${l}.${target}`, lora] as const),
    );
  const {config, model} = writeAdapter(new Map(loras), {base_model_name_or_path: "base.safetensors"});
  return [
    ["adapter_config.json", text(config)],
    ["adapter_model.safetensors", model],
  ];
}

/** All of a run in one archive: the base, what was trained, and a script that loads both and finds the numbers again. */
export async function takeHome(settings: Settings, {params, base, proof}: Trained, link: string): Promise<Blob> {
  const isWords = isList(settings.task);
  const sizes = isWords ? wordForge : digitMachine;
  const alphabet = isWords ? LETTERS : SYMBOLS;
  const script = scriptOf({...proof, alphabet, sizes, from: isWords ? 0 : 7, method: settings.method, link});
  // A base that was rounded is taken along as it was trained on.
  const frozen = base ? weightsFile(sizes, base) : fromBase64(await weights[isWords ? "forge" : "digits"]());
  const files = {
    ...Object.fromEntries(trainedFiles(sizes, settings, params)),
    "base.safetensors": frozen,
    "run.py": text(script),
  };
  // Stored, because weights hardly compress; with a fixed date, so that the same run gives the same bytes.
  return new Blob([zipSync(files, {level: 0, mtime: "1980-01-01T12:00"})], {type: "application/zip"});
}
