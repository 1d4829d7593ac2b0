import {type Entry, isRecord, PREFIX, readItem} from "./entries.ts";
import type {Keep} from "./store.ts";

/** What a copy would change here. */
export interface Comparison {
  /** What this device does not have. */
  fresh: readonly Entry[];
  /** What it has otherwise. */
  differing: readonly Entry[];
  /** How many stand here just so. */
  same: number;
  /** What could not be read, one sentence each. */
  problems: readonly string[];
}

/** Characters of a copy at most. */
export const IMPORT = 2_000_000;
export const TOO_LARGE = "The file is larger than anything this site writes; nothing was taken from it.";

/** What taking a text that `copyOf` (saveBackup.ts) wrote would change. Nothing is taken yet. */
export function compare(keep: Keep, text: string): Comparison {
  const {read, problems} = readCopy(text);
  const here = new Map(keep.entries().map(({kind, id, value}) => [`${kind}:${id}`, JSON.stringify(value)]));
  const fresh = read.filter(({kind, id}) => !here.has(`${kind}:${id}`));
  const differing = read.filter(({kind, id, value}) => {
    const json = here.get(`${kind}:${id}`);
    return json !== undefined && json !== JSON.stringify(value);
  });
  return {fresh, differing, same: read.length - fresh.length - differing.length, problems};
}

/** What stands where a name should, for a sentence; anything may stand there. */
const named = (x: unknown): string => (typeof x === "string" || typeof x === "number" ? String(x) : typeof x);

/** The entries of a copy, and why the others, or the whole text, are none. */
function readCopy(text: string): {read: readonly Entry[]; problems: readonly string[]} {
  const refuse = (problem: string) => ({read: [], problems: [problem]});
  if (text.length > IMPORT) return refuse(TOO_LARGE);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse("The file is not JSON, or a part of it is missing; choose one that this site saved, whole.");
  }
  if (isRecord(data) && typeof data.loraLive === "number" && data.loraLive !== 1)
    return refuse(`The file is of version ${named(data.loraLive).slice(0, 10)}; this page reads version 1.`);
  if (!isRecord(data) || data.loraLive !== 1 || !Array.isArray(data.items))
    return refuse("The file holds no entries; choose one that this site saved.");
  // An entry that stands twice counts as it stands last.
  const read = new Map<string, Entry>();
  const problems: string[] = [];
  for (const [i, item] of (data.items as unknown[]).entries()) {
    const {kind, id, value} = isRecord(item) ? item : {};
    const key = `${PREFIX}${named(kind)}:${named(id)}`;
    const entry =
      typeof kind === "string" && typeof id === "string" ? readItem(key, JSON.stringify(value) ?? "") : undefined;
    if (entry) read.set(key, entry);
    else
      problems.push(
        `Entry ${i + 1} (${named(kind).slice(0, 20)}, ${named(id).slice(0, 40)}) is none this site keeps; it was left out.`,
      );
  }
  return {read: [...read.values()], problems};
}
