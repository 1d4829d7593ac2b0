/** The files to copy for a case. A test checks that every option in them is in content/practice/options.json. */
import {afterwardsText} from "./afterwards.ts";
import type {Case} from "./cases.ts";
import {diffusersText} from "./diffusers.ts";
import {isSplit, memoryUse} from "./memory.ts";
import {type LoraSettings, loraSettings} from "./settings.ts";
import {notebook, type TrainingFile} from "./trainingFile.ts";
import {fsdpText, launchText, trlParts} from "./trl.ts";

/** The script for TRL; on one GPU as a notebook too, as several GPUs have to be started together. */
function trainFile(one: Case, settings: LoraSettings): TrainingFile {
  const {install, parts} = trlParts(one, settings);
  const start = one.cards === 1 ? "python train.py" : "bash run.sh";
  const text = `# ${install}\n# ${start}\n${parts.join("\n\n")}`;
  const cells = [`%${install}`, ...parts];
  return {name: "train.py", language: "python", text, ...(one.cards === 1 ? {notebook: notebook(cells)} : {})};
}

/** The files of a case, the one to start with first. */
export function trainingFiles(one: Case): TrainingFile[] {
  const settings = loraSettings(one);
  const after: TrainingFile = {name: "after.py", language: "python", text: afterwardsText(one, settings)};
  if (one.task === "images") return [{name: "train.sh", language: "sh", text: diffusersText(one, settings)}, after];
  const files: TrainingFile[] = [trainFile(one, settings)];
  if (one.cards > 1) files.push({name: "run.sh", language: "sh", text: launchText(one, settings)});
  if (isSplit(one, memoryUse(one))) files.push({name: "fsdp.yaml", language: "yaml", text: fsdpText(one)});
  return [...files, after];
}
