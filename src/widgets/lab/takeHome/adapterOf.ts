import {digitMachine} from "../../../engine/training/tasks.ts";
import {wordForge} from "../../../engine/training/words.ts";
import {type LabParams, settingsOf} from "../controls.ts";
import {taskName} from "../format.ts";
import type {Trained} from "../snapshot.ts";
import {isOfWords} from "../tasks.ts";
import {trainedFiles} from "./takeHome.ts";

/** The pair of files of a trained LoRA, in a folder that says which run it was. */
export function adapterOf(params: LabParams, {parameters}: Trained): {name: string; bytes: Uint8Array<ArrayBuffer>}[] {
  const settings = settingsOf(params);
  const sizes = isOfWords(settings.task) ? wordForge : digitMachine;
  const folder = `${taskName(settings.task)}, rank ${params.r}, your run`;
  return trainedFiles(sizes, settings, parameters).map(([name, bytes]) => ({
    name: `${folder}/${name}`,
    bytes: new Uint8Array(bytes),
  }));
}
