/** What somebody dropped: which files are weights, which config belongs to which, and what is left alone and why. */
import {shown} from "../files/wording.ts";
import {bytesFrom, type Source} from "./source.ts";

/** Weights, with the config of their folder. */
export interface DroppedAdapter {
  weights: Source;
  config?: Source;
}

/** A drop, sorted. */
export interface Dropped {
  adapters: DroppedAdapter[];
  ignored: {name: string; why: string}[];
}

const PICKLES = /\.(?:bin|pt|pth|ckpt|pkl|pickle)$/i;
const LONGEST_CONFIG = 2 ** 20;
const folderOf = (name: string) => name.slice(0, name.lastIndexOf("/") + 1);

/**
 * Sorts files by what their first bytes say and, for JSON, by their names. A file alone with a config is a pair wherever
 * they lay. Weights are not opened, so what is wrong with them `openAdapter` says. Throws when there are no weights.
 */
export async function sortDropped(files: readonly Source[]): Promise<Dropped> {
  if (!Array.isArray(files) || files.length === 0) throw new Error("inspect: no file was dropped");
  const configs: Source[] = [];
  const weights: Source[] = [];
  const ignored: Dropped["ignored"] = [];
  for (const file of files) {
    const name = file.name ?? "the file";
    const head = String.fromCharCode(...(await bytesFrom(file, 0, Math.min(8, file.size))));
    const isJson = /^\s*\{/.test(head) && !/\0/.test(head);
    if (isJson && file.size <= LONGEST_CONFIG && (files.length === 1 || /adapter_config\.json$/.test(name)))
      configs.push(file);
    else if (isJson || /\.(?:json|md|txt|py|yaml|jinja|model)$/i.test(name))
      ignored.push({name, why: "it holds no weights"});
    else if (files.length > 1 && PICKLES.test(name))
      ignored.push({name, why: "a pickle can run code, so it is never opened here"});
    else weights.push(file);
  }
  if (weights.length === 0)
    throw new Error(
      configs.length > 0
        ? `inspect: this is ${shown(configs[0].name ?? "adapter_config.json")}. Drop it together with adapter_model.safetensors`
        : `inspect: ${files.length === 1 ? "this file holds no weights" : `none of the ${files.length} files holds weights`}; drop a .safetensors or .gguf file`,
    );
  const adapters = weights.map((file) => {
    const own = configs.find((config) => folderOf(config.name ?? "") === folderOf(file.name ?? ""));
    const config = own ?? (weights.length === 1 && configs.length === 1 ? configs[0] : undefined);
    return {weights: file, ...(config && {config})};
  });
  return {adapters, ignored};
}

/** The text of a small file. Throws when it is longer than 1 MiB or no UTF-8. */
export async function textOf(file: Source): Promise<string> {
  if (file.size > LONGEST_CONFIG) throw new Error(`inspect: ${shown(file.name ?? "the config")} is longer than 1 MiB`);
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(await bytesFrom(file, 0, file.size));
  } catch {
    throw new Error(`inspect: ${shown(file.name ?? "the config")} is not UTF-8 text`);
  }
}
