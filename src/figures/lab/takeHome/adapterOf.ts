import {digitMachine} from "../../../engine/training/tasks.ts";
import {wordForge} from "../../../engine/training/words.ts";
import {type LabParams, labSettings} from "../controls.ts";
import {taskName} from "../format.ts";
import type {TrainedRun} from "../snapshot.ts";
import {isOfWords} from "../tasks.ts";
import {trainedFiles} from "./takeHome.ts";

/** How the inspector knows a base; where it was rounded for the run, that belongs to its name. */
function baseName({task, base}: ReturnType<typeof labSettings>): string {
  const name = isOfWords(task) ? "word-forge" : "digit-machine";
  return base === "full" ? name : `${name}, rounded (${base})`;
}

/** The pair of files of a trained LoRA, in a folder that says which run it was. The config names the base, as the archive need not. */
export function adapterOf(
  params: LabParams,
  {parameters}: TrainedRun,
): {name: string; bytes: Uint8Array<ArrayBuffer>}[] {
  const settings = labSettings(params);
  const sizes = isOfWords(settings.task) ? wordForge : digitMachine;
  const folder = `${taskName(settings.task)}, rank ${params.r}, your run`;
  return trainedFiles(sizes, settings, parameters).map(([name, bytes]) => ({
    name: `${folder}/${name}`,
    bytes: name.endsWith(".json") ? withBase(bytes, baseName(settings)) : new Uint8Array(bytes),
  }));
}

/** A config with another base in it. */
function withBase(bytes: Uint8Array, base_model_name_or_path: string): Uint8Array<ArrayBuffer> {
  const config = {...JSON.parse(new TextDecoder().decode(bytes)), base_model_name_or_path};
  return new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`);
}
