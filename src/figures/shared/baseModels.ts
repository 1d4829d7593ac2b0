/** The two base models, and the word lists that the word forge learns, loaded when a run needs them. */
import {fromBase64} from "../../engine/adapters/base64.ts";
import {readSiteBase} from "../../engine/adapters/siteBase.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitMachine} from "../../engine/training/tasks.ts";
import {wordForge} from "../../engine/training/words.ts";
import {baseWeights, type WeightsName} from "./baseWeights.ts";
import {unpackWords} from "./sortedWords.ts";
import {isList, LISTS, type List, type TaskName} from "./taskNames.ts";

/** What loads each word list. Each is a file, so that a run loads only the list that it needs. */
const listLoaders: Readonly<Record<List, () => Promise<string>>> = {
  names: async () => (await import("../../../content/lab/names.txt?raw")).default,
  french: async () => (await import("../../../content/lab/french.txt?raw")).default,
  spanish: async () => (await import("../../../content/lab/spanish.txt?raw")).default,
};
/** The sizes of each base model. */
const sizes = {forge: wordForge, digits: digitMachine};

/** The base models and the word lists that have been loaded so far. */
const bases = new Map<WeightsName, Transformer>();
const words = new Map<List, string[]>();

async function loadBase(name: WeightsName) {
  if (!bases.has(name)) bases.set(name, readSiteBase(fromBase64(await baseWeights[name]()), sizes[name]));
}

async function loadList(name: List) {
  if (!words.has(name)) words.set(name, unpackWords(await listLoaders[name]()));
}

/** Loads the base models and word lists of these tasks; without an argument, all of them. "own" is the task of words that the run brings along. */
export async function loadFor(
  tasks: readonly (TaskName | "own")[] = [...(Object.keys(LISTS) as List[]), "reversePlusOne"],
): Promise<void> {
  await Promise.all(
    tasks.flatMap((task) => {
      if (task === "own") return [loadBase("forge")];
      return isList(task) ? [loadBase("forge"), loadList(task)] : [loadBase("digits")];
    }),
  );
}

/** The value; throws if it is not loaded. */
function requireLoaded<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`${name} is not loaded yet; wait for loadFor() before a run begins`);
  return value;
}

/** The base model that learns this task. Throws before `loadFor` has loaded it. */
export const loadedBase = (task: TaskName | "own"): Transformer =>
  task === "own" || isList(task)
    ? requireLoaded("the word forge", bases.get("forge"))
    : requireLoaded("the digit machine", bases.get("digits"));

/** The words of a list. Throws before `loadFor` has loaded it. */
export const listWords = (list: List): readonly string[] => requireLoaded(`the list ${list}`, words.get(list));
