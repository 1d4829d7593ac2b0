/** Sorts dropped files: which are weights, which config belongs to which weights, and which files are ignored and why. */
import {shown} from "../../wording.ts";
import {bytesFrom, type Source} from "./source.ts";

/** Weights, with the config of their folder. */
export interface DroppedAdapter {
  weights: Source;
  config?: Source;
}

/** The files of a drop by what they are. */
export interface DroppedFiles {
  adapters: DroppedAdapter[];
  ignored: {name: string; why: string}[];
}

/** The names of files that PyTorch pickles. */
const PICKLES = /\.(?:bin|pt|pth|ckpt|pkl|pickle)$/i;
/** What a training run pickles besides its weights. */
const TRAINING_STATE = /(?:optimizer|scheduler|scaler|rng_state|training_args)/i;
/** The names of files that are one of several parts; `1-of-1` is a whole file. */
const PART = /-\d+-of-0*([2-9]|[1-9]\d+)\.safetensors$/i;
const CONFIG = /adapter_config[^/]*\.json$/i;
const MAX_CONFIG_BYTES = 2 ** 20;
const folderOf = (name: string) => name.slice(0, name.lastIndexOf("/") + 1);
const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Among the names of a drop, the pickle that has the weights, without its folder. */
export const pickledWeights = (names: readonly string[]): string | undefined =>
  names.map(baseName).find((name) => PICKLES.test(name) && !TRAINING_STATE.test(name));

/** Among the names of a drop, the name of the file that was cut into parts: adapter_model, of adapter_model-00001-of-00002.safetensors. */
export const fileInParts = (names: readonly string[]): string | undefined =>
  names
    .map(baseName)
    .find((name) => PART.test(name))
    ?.replace(PART, "");

/**
 * Sorts files by their names and their first bytes. One weights file and one config belong together even
 * from different folders. Weights are not opened: `openAdapter` says what is wrong with them. Throws when there are no
 * weights, or only parts of a file.
 */
export async function sortDropped(files: readonly Source[]): Promise<DroppedFiles> {
  if (!Array.isArray(files) || files.length === 0) throw new Error("inspect: no file was dropped");
  const configs: Source[] = [];
  const weightFiles: Source[] = [];
  const ignored: DroppedFiles["ignored"] = [];
  for (const file of files) {
    const name = file.name ?? "the file";
    const head = String.fromCharCode(...(await bytesFrom(file, 0, Math.min(8, file.size))));
    const isJson = /^\s*\{/.test(head) && !/\0/.test(head);
    if (isJson && CONFIG.test(name) && file.size <= MAX_CONFIG_BYTES) configs.push(file);
    else if (isJson && CONFIG.test(name)) ignored.push({name, why: "it is longer than 1 MiB, which no config is"});
    else if (isJson || /\.(?:json|md|txt|py|yaml|jinja|model)$/i.test(name))
      ignored.push({name, why: "it holds no weights"});
    else if (files.length > 1 && PICKLES.test(name))
      ignored.push({name, why: "a pickle can run code, so it is never opened here"});
    else weightFiles.push(file);
  }
  const weights = weightFiles.filter(({name = ""}) => !PART.test(name));
  if (weights.length === 0) throw new Error(`inspect: ${noWeights(files, configs)}`);
  for (const {name = ""} of weightFiles)
    if (PART.test(name)) ignored.push({name, why: "it is a part of a file, and whole files are read here"});
  const adapters = weights.map((file) => {
    const ofFolder = configs.find((config) => folderOf(config.name ?? "") === folderOf(file.name ?? ""));
    const config = ofFolder ?? (weights.length === 1 && configs.length === 1 ? configs[0] : undefined);
    return {weights: file, ...(config && {config})};
  });
  return {adapters, ignored};
}

/** What was dropped in place of weights, and what to do. */
function noWeights(files: readonly Source[], configs: readonly Source[]): string {
  const names = files.map(({name = "the file"}) => name);
  const parts = names.filter((name) => PART.test(name));
  const again = "on your own machine, then drop the folder again:";
  if (parts.length > 0)
    return (
      `${parts.length === 1 ? "this is one of the parts" : `these are ${parts.length} parts`} of one file; this page reads ` +
      `whole files. Join them ${again}`
    );
  const pickle = pickledWeights(names);
  if (pickle) return `${shown(pickle)} is a pickle, which can run code, so it is not opened here. Convert it ${again}`;
  if (names.some((name) => /\.index\.json$/i.test(name)))
    return "this is only the list of a file in parts. Drop the parts too, to see how to join them";
  if (configs.length > 0)
    return `this is ${shown(configs[0].name ?? "adapter_config.json")}. Drop it together with adapter_model.safetensors`;
  const what =
    names.length === 1 ? `${shown(names[0])} holds no weights` : `none of the ${names.length} files holds weights`;
  return `${what}; drop a .safetensors or .gguf file`;
}

/** The text of a small file. Throws when it is longer than 1 MiB or no UTF-8. */
export async function textOf(file: Source): Promise<string> {
  if (file.size > MAX_CONFIG_BYTES)
    throw new Error(`inspect: ${shown(file.name ?? "the config")} is longer than 1 MiB`);
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(await bytesFrom(file, 0, file.size));
  } catch {
    throw new Error(`inspect: ${shown(file.name ?? "the config")} is not UTF-8 text`);
  }
}
