/** Writes a trained run as files: for the inspector, and as an archive to take home. */

import {strToU8, zipSync} from "fflate";
import {fromBase64} from "../../../engine/adapters/base64.ts";
import {toBytes} from "../../../engine/adapters/dtype.ts";
import {writeLoras} from "../../../engine/adapters/loraWriter.ts";
import {writeSafetensors} from "../../../engine/adapters/safetensorsWriter.ts";
import {type Sizes, weightLayout} from "../../../engine/network/architecture.ts";
import {allocate, type Tensors} from "../../../engine/network/parameters.ts";
import {digitMachine, SYMBOLS} from "../../../engine/training/tasks.ts";
import {LETTERS, wordForge} from "../../../engine/training/words.ts";
import {baseWeights} from "../../shared/baseWeights.ts";
import {isOfWords, type LabSettings} from "../controls.ts";
import {taskName} from "../format.ts";
import {isScored} from "../own/words.ts";
import {attachedOf} from "../plan.ts";
import type {TrainedRun} from "../protocol.ts";
import runPython from "./run.py?raw";

/** Named matrices as safetensors in float32; the gain of a norm is a vector. */
function tensorsFile({layout, views}: Tensors, ending = ""): Uint8Array {
  const tensors = layout.map(([name, rows, cols]) => {
    const shape = /norm\d?$/.test(name) ? [cols] : [rows, cols];
    return [name + ending, {dtype: "F32" as const, shape, bytes: toBytes("F32", views[name].data)}] as const;
  });
  return writeSafetensors(new Map(tensors), new Map([["format", "pt"]]));
}

/** All weights of a model as safetensors. */
const weightsFile = (sizes: Sizes, flat: Float32Array): Uint8Array =>
  tensorsFile(allocate(weightLayout(sizes), Float64Array.from(flat)), ".weight");

/** Files with what was trained. A LoRA is written as the two files that PEFT reads; PEFT has none for the other methods. */
function trainedFiles(
  sizes: Sizes,
  settings: LabSettings,
  parameters: Float32Array,
  base: string,
): [string, Uint8Array][] {
  const attachment = attachedOf(sizes, settings, parameters);
  if (!attachment) return [["tuned.safetensors", weightsFile(sizes, parameters)]];
  if (settings.method !== "lora") return [[`${settings.method}.safetensors`, tensorsFile(attachment.params)]];
  const loras = attachment
    .view(attachment.params)
    .flatMap(({loras = {}}, l) =>
      Object.entries(loras).map(([target, lora]) => [`layers.${l}.${target}`, lora] as const),
    );
  const {config, model} = writeLoras(new Map(loras), {base_model_name_or_path: base});
  return [
    ["adapter_config.json", strToU8(config)],
    ["adapter_model.safetensors", model],
  ];
}

/**
 * The two files of a trained LoRA for the inspector, in a folder that says which run it was. Their config names the base as the
 * inspector knows it, and adds whether the run rounded it.
 */
export function adapterOf(
  settings: LabSettings,
  {parameters}: TrainedRun,
): {name: string; bytes: Uint8Array<ArrayBuffer>}[] {
  const {task, r, base} = settings;
  const [sizes, name] = isOfWords(task) ? [wordForge, "word-forge"] : [digitMachine, "digit-machine"];
  const files = trainedFiles(sizes, settings, parameters, base === "full" ? name : `${name}, rounded (${base})`);
  const folder = `${taskName(task)}, rank ${r}, your run`;
  return files.map(([file, bytes]) => ({name: `${folder}/${file}`, bytes: new Uint8Array(bytes)}));
}

/** What the loss of the script in the archive measures, and how the lab shows it. */
function lossDescription({task, words}: LabSettings, count: number): string {
  if (!isOfWords(task))
    return `Nats a digit of the answers to the ${count} inputs that the lab shows; it counts those that are right.`;
  const which = words && !isScored(words.length) ? "words that it learned from" : "words that were kept back";
  return `Nats a letter on the ${count} ${which}, the same as in the lab. The lab shows e to that power as letters in doubt.`;
}

/** A run as a ZIP archive: the base, what was trained, and a script that loads both in PyTorch and finds the same losses. */
export async function runArchive(
  settings: LabSettings,
  {parameters, base, reference}: TrainedRun,
  link: string,
): Promise<Blob> {
  const isWords = isOfWords(settings.task);
  const sizes = isWords ? wordForge : digitMachine;
  const alphabet = isWords ? LETTERS : SYMBOLS;
  const {texts, on, off} = reference;
  const {method} = settings;
  const run = {
    link,
    method,
    alphabet,
    sizes,
    isWords,
    from: isWords ? 0 : 7,
    measured: lossDescription(settings, texts.length),
    expected: {on, off},
  };
  // A rounded base is written as it was used in training.
  const frozen = base ? weightsFile(sizes, base) : fromBase64(await baseWeights[isWords ? "forge" : "digits"]());
  const files = Object.fromEntries([
    ...trainedFiles(sizes, settings, parameters, "base.safetensors"),
    ["base.safetensors", frozen],
    ["texts.txt", strToU8(`${texts.join("\n")}\n`)],
    ["run.json", strToU8(JSON.stringify(run, undefined, 2))],
    ["run.py", strToU8(runPython)],
  ]);
  // Weights hardly compress. With a fixed date the same files give the same bytes.
  return new Blob([zipSync(files, {level: 0, mtime: "1980-01-01T12:00"})], {type: "application/zip"});
}
