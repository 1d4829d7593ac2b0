import {weightLayout} from "../../engine/architecture.ts";
import {fromBase64} from "../../engine/base64.ts";
import {toBytes} from "../../engine/dtype.ts";
import {attachLora} from "../../engine/loras.ts";
import {allocate} from "../../engine/parameters.ts";
import {writeAdapter} from "../../engine/peftWriter.ts";
import {writeSafetensors} from "../../engine/safetensorsWriter.ts";
import {digitMachine, SYMBOLS} from "../../engine/tasks.ts";
import {LETTERS, wordForge} from "../../engine/words.ts";
import {weights} from "../labWeights.ts";
import {isList} from "../lessonNames.ts";
import {zip} from "../zip.ts";
import type {Proof} from "./frame.ts";
import {chosen} from "./matrices.ts";
import {scriptOf} from "./script.ts";
import type {Settings} from "./settings.ts";

/** What was trained, to be taken away: the numbers in the order of their layout, and what they are checked by. */
export interface Trained {
  params: Float32Array;
  proof: Proof;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** The numbers of a LoRA → its pair of files for PEFT. */
function adapterFiles({on, r, alpha, task}: Settings, params: Float32Array): [string, Uint8Array][] {
  const sizes = isList(task) ? wordForge : digitMachine;
  const plan = {targets: chosen(on).map(({target}) => target), r: Number(r), alpha};
  // Drawn to be written over: only the layout is of interest.
  const attachment = attachLora(sizes, plan, () => 0.5);
  const {config, model} = writeAdapter(
    new Map(
      attachment
        .view(allocate(attachment.params.layout, Float64Array.from(params)))
        .flatMap(({loras = {}}, l) => Object.entries(loras).map(([target, lora]) => [`layers.${l}.${target}`, lora])),
    ),
    {base_model_name_or_path: "base.safetensors"},
  );
  return [
    ["adapter_config.json", text(config)],
    ["adapter_model.safetensors", model],
  ];
}

/** Every weight of a fully tuned model, in single precision. */
function tunedFile({task}: Settings, params: Float32Array): [string, Uint8Array][] {
  const {layout, views} = allocate(weightLayout(isList(task) ? wordForge : digitMachine), Float64Array.from(params));
  const tensors = layout.map(([name, rows, cols]) => {
    const shape = /norm\d?$/.test(name) ? [cols] : [rows, cols];
    return [`${name}.weight`, {dtype: "F32" as const, shape, bytes: toBytes("F32", views[name].data)}] as const;
  });
  return [["tuned.safetensors", writeSafetensors(new Map(tensors), new Map([["format", "pt"]]))]];
}

/** All of a run in one archive: the base, what was trained, and a script that loads both and finds the numbers again. */
export async function takeHome(settings: Settings, {params, proof}: Trained, link: string): Promise<Blob> {
  const isWords = isList(settings.task);
  const isFull = settings.method === "full";
  const base = fromBase64(await weights[isWords ? "forge" : "digits"]());
  const script = scriptOf({
    ...proof,
    ...(isWords ? {alphabet: LETTERS, sizes: wordForge, from: 0} : {alphabet: SYMBOLS, sizes: digitMachine, from: 7}),
    isFull,
    link,
  });
  return zip(
    new Map([
      ...(isFull ? tunedFile(settings, params) : adapterFiles(settings, params)),
      ["base.safetensors", base],
      ["run.py", text(script)],
    ]),
  );
}
