import {type Entry, isRecord, keyOf, readEntry} from "./entries.ts";
import type {Store} from "./store.ts";

/** What loading a backup would change here. */
export interface BackupChanges {
  /** Entries that are not here. */
  added: readonly Entry[];
  /** Entries that are here with another value. */
  changed: readonly Entry[];
  /** How many entries are the same here. */
  same: number;
  /** One sentence for each entry that could not be read. */
  problems: readonly string[];
}

/** Characters of a backup at most. */
export const MOST_CHARACTERS = 2_000_000;
export const TOO_LARGE = "The file is larger than anything this site writes; nothing was taken from it.";

/** Compares the text of a backup (saveBackup.ts) with the store, and changes nothing. */
export function compareBackup(store: Store, text: string): BackupChanges {
  const {entries, problems} = readBackup(text);
  const here = new Map(store.entries().map(({kind, id, value}) => [keyOf(kind, id), JSON.stringify(value)]));
  const added = entries.filter(({kind, id}) => !here.has(keyOf(kind, id)));
  const changed = entries.filter(({kind, id, value}) => {
    const json = here.get(keyOf(kind, id));
    return json !== undefined && json !== JSON.stringify(value);
  });
  return {added, changed, same: entries.length - added.length - changed.length, problems};
}

/** Names a value from the file in a sentence, whatever it is. */
const named = (x: unknown): string => (typeof x === "string" || typeof x === "number" ? String(x) : typeof x);

/** The entries of a backup, and why other entries, or the whole text, cannot be read. */
function readBackup(text: string): {entries: readonly Entry[]; problems: readonly string[]} {
  const refuse = (problem: string) => ({entries: [], problems: [problem]});
  if (text.length > MOST_CHARACTERS) return refuse(TOO_LARGE);
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
  // Of two entries with the same kind and id the last one counts.
  const read = new Map<string, Entry>();
  const problems: string[] = [];
  for (const [i, item] of (data.items as unknown[]).entries()) {
    const {kind, id, value} = isRecord(item) ? item : {};
    const key = keyOf(named(kind), named(id));
    const entry =
      typeof kind === "string" && typeof id === "string" ? readEntry(key, JSON.stringify(value) ?? "") : undefined;
    if (entry) read.set(key, entry);
    else
      problems.push(
        `Entry ${i + 1} (${named(kind).slice(0, 20)}, ${named(id).slice(0, 40)}) is none this site keeps; it was left out.`,
      );
  }
  return {entries: [...read.values()], problems};
}
