import {isRecord, type KeptEntry, type KeptKind, MAX_TEXT_LENGTH, readEntry, storageKey} from "./entries.ts";
import type {Store} from "./store.ts";
import {showInvisible} from "./visible.ts";

/** What loading a backup would change here. */
export interface BackupChanges {
  /** Entries that are not here. */
  added: readonly KeptEntry[];
  /** Entries that are here with another value. */
  changed: readonly KeptEntry[];
  /** How many entries are the same here. */
  same: number;
  /** A sentence if there were too many entries, and one for each entry that could not be read. */
  problems: readonly string[];
}

/** The most characters of a backup. */
export const MAX_CHARACTERS = 2_000_000;
/** The most entries taken from a backup: more than the site has questions and chapters. */
export const MAX_ENTRIES = 1000;
/** The most texts and drafts among them. */
export const MAX_TEXTS = 100;
const isTextKind = (kind: unknown) => (["words", "draft"] satisfies KeptKind[] as unknown[]).includes(kind);

/** Said of a file with more characters than a backup has. */
export const TOO_LARGE = "The file is larger than anything this site writes; nothing was taken from it.";

/** Compares the text of a backup (saveBackup.ts) with the store, and changes nothing. */
export function compareBackup(store: Store, text: string): BackupChanges {
  const {entries, problems} = readBackup(text);
  const here = new Map(store.entries().map(({kind, id, value}) => [storageKey(kind, id), JSON.stringify(value)]));
  const added = entries.filter(({kind, id}) => !here.has(storageKey(kind, id)));
  const changed = entries.filter(({kind, id, value}) => {
    const json = here.get(storageKey(kind, id));
    return json !== undefined && json !== JSON.stringify(value);
  });
  return {added, changed, same: entries.length - added.length - changed.length, problems};
}

/** Names a value from the file in a sentence, whatever it is. */
const valueText = (x: unknown): string => (typeof x === "string" || typeof x === "number" ? String(x) : typeof x);

/** The entries of a backup, and why other entries, or the whole text, cannot be read. */
function readBackup(text: string): {entries: readonly KeptEntry[]; problems: readonly string[]} {
  const refuse = (problem: string) => ({entries: [], problems: [problem]});
  if (text.length > MAX_CHARACTERS) return refuse(TOO_LARGE);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse("The file is not JSON, or a part of it is missing; choose one that this site saved, whole.");
  }
  if (isRecord(data) && typeof data.loraLive === "number" && data.loraLive !== 1)
    return refuse(`The file is of version ${valueText(data.loraLive).slice(0, 10)}; this page reads version 1.`);
  if (!isRecord(data) || data.loraLive !== 1 || !Array.isArray(data.items))
    return refuse("The file holds no entries; choose one that this site saved.");
  const items = data.items as unknown[];
  const problems: string[] = [];
  if (items.length > MAX_ENTRIES)
    problems.push(leftOutText(items.length, "entries", MAX_ENTRIES, "more than this site has questions and chapters"));
  // Of two entries with the same kind and id the last one counts.
  const entriesByKey = new Map<string, KeptEntry>();
  let texts = 0;
  for (const [i, item] of items.slice(0, MAX_ENTRIES).entries()) {
    const {kind, id, value} = isRecord(item) ? item : {};
    const key = storageKey(valueText(kind), valueText(id));
    if (isTextKind(kind) && ++texts > MAX_TEXTS) continue;
    const entry =
      typeof kind === "string" && typeof id === "string" ? readEntry(key, JSON.stringify(value) ?? "") : undefined;
    if (entry) entriesByKey.set(key, entry);
    else
      problems.push(
        `Entry ${i + 1} (${showInvisible(valueText(kind).slice(0, 20))}, ${showInvisible(valueText(id).slice(0, 40))}) ${whyNot(kind, value)}`,
      );
  }
  if (texts > MAX_TEXTS)
    problems.unshift(leftOutText(texts, "texts and drafts", MAX_TEXTS, "more than this site asks for"));
  return {entries: [...entriesByKey.values()], problems};
}

/** Why an entry cannot be taken, to follow its name in a sentence. */
const whyNot = (kind: unknown, value: unknown): string =>
  isTextKind(kind) && typeof value === "string" && value.length > MAX_TEXT_LENGTH
    ? `has ${value.length.toLocaleString("en-US")} characters, and a text here has at most ${MAX_TEXT_LENGTH.toLocaleString("en-US")}; it was left out.`
    : "is not one that this site keeps; it was left out.";

/** Says that a backup has more entries of some sort than are read. */
const leftOutText = (n: number, what: string, most: number, why: string): string =>
  `The file has ${n.toLocaleString("en-US")} ${what}, ${why}. The first ${most.toLocaleString("en-US")} were read; the other ${(n - most).toLocaleString("en-US")} were left out.`;
