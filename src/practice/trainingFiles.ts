/** The files to copy for a case. A test checks that every option in them is in content/practice/options.json. */
import {afterwardsText} from "./afterwards.ts";
import {axolotlText, hasAxolotl} from "./axolotl.ts";
import type {Case} from "./cases.ts";
import {diffusersText} from "./diffusers.ts";
import {isSplit, memoryUse} from "./memory.ts";
import {type LoraSettings, loraSettings} from "./settings.ts";
import {fsdpText, launchText, trlParts} from "./trl.ts";

/** A file to copy or save. */
export interface TrainingFile {
  name: string;
  text: string;
  /** The same as a Jupyter notebook, if it can run in one. */
  notebook?: string;
}

/** The script for TRL; on one GPU as a notebook too, as several GPUs have to be started together. */
function trainFile(run: Case, settings: LoraSettings): TrainingFile {
  const {install, parts} = trlParts(run, settings);
  const start = run.cards === 1 ? "python train.py" : "bash run.sh";
  const text = `# ${install}\n# ${start}\n${parts.join("\n\n")}`;
  const cells = [`%${install}`, ...parts];
  return {name: "train.py", text, ...(run.cards === 1 ? {notebook: notebookText(cells)} : {})};
}

/** The files of a case, the one to start with first. */
export function trainingFiles(run: Case): TrainingFile[] {
  const settings = loraSettings(run);
  const after: TrainingFile = {name: "after.py", text: afterwardsText(run, settings)};
  if (run.task === "images") return [{name: "train.sh", text: diffusersText(run, settings)}, after];
  const files: TrainingFile[] = [trainFile(run, settings)];
  if (run.cards > 1) files.push({name: "run.sh", text: launchText(run, settings)});
  if (isSplit(run, memoryUse(run))) files.push({name: "fsdp.yaml", text: fsdpText(run)});
  if (hasAxolotl(run)) files.push({name: "axolotl.yaml", text: axolotlText(run, settings)});
  return [...files, after];
}

/** Python cells as a notebook of format 4.4, the last format without cell ids. */
function notebookText(cells: readonly string[]): string {
  const code = {cell_type: "code", metadata: {}, execution_count: null, outputs: []};
  const kernelspec = {name: "python3", display_name: "Python 3", language: "python"};
  const notebookCells = cells.map((cell) => ({...code, source: cell.trim().split(/(?<=\n)/)}));
  return `${JSON.stringify({cells: notebookCells, metadata: {kernelspec}, nbformat: 4, nbformat_minor: 4}, null, 1)}\n`;
}
