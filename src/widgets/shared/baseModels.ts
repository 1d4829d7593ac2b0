import {fromBase64} from "../../engine/files/base64.ts";
import {readOwnBase} from "../../engine/files/ownBase.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitMachine} from "../../engine/training/tasks.ts";
import {wordForge} from "../../engine/training/words.ts";
import {type BaseName, weights} from "./baseWeights.ts";
import {isList, LISTS, type List, type Task} from "./taskNames.ts";

/** Each in a file of its own, so that a run loads the one list that it needs. */
const lists: Readonly<Record<List, () => Promise<string>>> = {
  names: async () => (await import("../../../content/lab/names.txt?raw")).default,
  french: async () => (await import("../../../content/lab/french.txt?raw")).default,
  spanish: async () => (await import("../../../content/lab/spanish.txt?raw")).default,
};
const sizes = {forge: wordForge, digits: digitMachine};

const bases = new Map<BaseName, Transformer>();
const words = new Map<List, string[]>();

async function loadBase(name: BaseName) {
  if (!bases.has(name)) bases.set(name, readOwnBase(fromBase64(await weights[name]()), sizes[name]));
}

async function loadList(name: List) {
  if (!words.has(name)) words.set(name, (await lists[name]()).trimEnd().split("\n"));
}

/** Loads the base and the lists that a run needs, or the use of two; without an order, all of them. */
export async function ready(order?: {task: Task; other?: {task: Task}}): Promise<void> {
  const asked = order && [order.task, ...(order.other ? [order.other.task] : [])];
  const tasks: Task[] = asked ?? [...(Object.keys(LISTS) as List[]), "reversePlusOne"];
  await Promise.all(
    tasks.flatMap((task) => (isList(task) ? [loadBase("forge"), loadList(task)] : [loadBase("digits")])),
  );
}

function loaded<Value>(what: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`lab: ${what} is not loaded yet; wait for ready() before a run begins`);
  return value;
}

/** The base a task is taught to, once `ready` has loaded it. */
export const baseOf = (task: Task): Transformer =>
  isList(task) ? loaded("the word forge", bases.get("forge")) : loaded("the digit machine", bases.get("digits"));

/** A list, a word an entry, once `ready` has loaded it. */
export const wordsOf = (list: List): readonly string[] => loaded(`the list ${list}`, words.get(list));
