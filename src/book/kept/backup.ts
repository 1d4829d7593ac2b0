/** Backups: everything kept is saved as a file, and a file is compared with the store before the reader takes anything from it. */
import {isRecord} from "../../figure/state/packed.ts";
import {newButton} from "../../site/newButton.ts";
import {askToKeep} from "./askToKeep.ts";
import {type KeptEntry, readEntry, storageKey} from "./entries.ts";
import {idLabel} from "./entryList.ts";
import {countedAll, showInvisible} from "./kindNames.ts";
import type {Store} from "./store.ts";

/** What loading a backup would change here. */
interface BackupChanges {
  /** Entries that are not here. */
  added: readonly KeptEntry[];
  /** Entries that are here with another value. */
  changed: readonly KeptEntry[];
  /** How many entries are the same here. */
  same: number;
  /** A sentence for each entry that could not be read, or one on the whole file. */
  problems: readonly string[];
}

/** Everything kept, as JSON text. */
export const backupOf = (store: Store): string => JSON.stringify({loraLive: 1, items: store.entries()}, null, 2);

/** Saves everything kept as a file on the reader's device. */
export function saveBackup(root: Document, store: Store): void {
  const link = root.createElement("a");
  link.href = URL.createObjectURL(new Blob([backupOf(store)], {type: "application/json"}));
  link.download = "lora-live.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** How many problems are shown one by one; the others are counted. */
const MAX_PROBLEMS = 4;

/** Said when the store is as it was. */
const UNCHANGED = "Nothing was changed here.";

/** The first problems, and a sentence that counts the others. */
export function firstProblems(problems: readonly string[]): readonly string[] {
  const rest = problems.length - MAX_PROBLEMS;
  if (rest <= 0) return problems;
  const restText =
    rest === 1
      ? "1 more entry could not be read; it was left out."
      : `${rest} more entries could not be read; they were left out.`;
  return [...problems.slice(0, MAX_PROBLEMS), restText];
}

/** One sentence for each part of the comparison that is not empty. */
export function changesText({added, changed, same}: BackupChanges): string {
  const parts = [
    added.length > 0 && `New here: ${countedAll(added)}.`,
    changed.length > 0 && `Different here: ${countedAll(changed)}.`,
    same > 0 && `${same} ${same === 1 ? "entry is" : "entries are"} the same here.`,
  ].filter(Boolean);
  return parts.length ? `The file was read. ${parts.join(" ")}` : "The file holds nothing to take.";
}

/** What to tell the reader about a file, and the changes it would make, if any. */
interface FileReport {
  sentences: readonly string[];
  changes?: BackupChanges;
}

/** Reads a file and compares it with the store, which it does not change. */
async function readFile(store: Store, file: File): Promise<FileReport> {
  if (file.size > MAX_BYTES) return {sentences: [TOO_LARGE, UNCHANGED]};
  try {
    const changes = compareBackup(store, await file.text());
    const problems = firstProblems(changes.problems);
    if (changes.added.length || changes.changed.length)
      return {sentences: [changesText(changes), ...problems], changes};
    return {sentences: changes.same ? [changesText(changes), ...problems] : [...problems, UNCHANGED]};
  } catch {
    // The data may be nested too deeply, for example.
    return {sentences: [`The file could not be read. ${UNCHANGED}`]};
  }
}

/** Says that a file contains programs, which are shown below this sentence. */
const programsText = (n: number): string =>
  n === 1
    ? "The file contains a program, shown here in full. It runs when you press Run in its exercise, so read it to its last line first."
    : `The file contains ${n} programs, shown here in full. Each runs when you press Run in its exercise, so read them to the last line first.`;

/** A button that the reader may press, and what it does. */
type Button = readonly [text: string, press: () => void];

/**
 * Loads a chosen backup. First says what it would change, and shows the programs it would bring; then the reader adds what is new,
 * replaces what differs too, or leaves it. A file that is no backup is refused in words. `onChange` is called after the store has
 * changed; `idTemplate` is as in entryList.ts.
 */
export function startLoading(root: Document, store: Store, idTemplate: ParentNode, onChange: () => void): void {
  const field = root.querySelector<HTMLInputElement>(".load input")!;
  const place = root.querySelector<HTMLElement>(".loaded")!;
  const message = place.querySelector(".said")!;
  const details = place.querySelector(".shown")!;

  const show = (sentences: readonly string[], programs: readonly KeptEntry[] = [], buttons: readonly Button[] = []) => {
    const paragraph = (textContent: string) => Object.assign(root.createElement("p"), {textContent});
    message.replaceChildren(...sentences.map(paragraph));
    details.replaceChildren(...programs.map((entry) => programView(root, idTemplate, entry)));
    if (!buttons.length) return;
    const row = details.appendChild(Object.assign(root.createElement("p"), {className: "row"}));
    row.append(...buttons.map(([text, press]) => newButton(root, text, press)));
  };

  function take(entries: readonly KeptEntry[]) {
    store.setAll(entries);
    const durationText = store.trouble() ?? (store.consent === "yes" ? "" : "It lasts until you leave this page.");
    show([`Taken from the file: ${countedAll(entries)}. ${durationText}`.trim()]);
    place.tabIndex = -1;
    place.focus();
    onChange();
    askToKeep(store, root.querySelector(".own-data .needs-script")!, onChange);
  }

  const choices = ({added, changed}: BackupChanges): Button[] => {
    const add: Button = ["Add what is new", () => take(added)];
    const replaceText = added.length ? "Add it, and replace what differs" : "Replace what differs";
    const replace: Button = [replaceText, () => take([...added, ...changed])];
    const leave: Button = ["Change nothing", () => show([UNCHANGED])];
    return [...(added.length ? [add] : []), ...(changed.length ? [replace] : []), leave];
  };

  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    const {sentences, changes} = await readFile(store, file);
    // Lets the reader choose the same file again after mending it.
    field.value = "";
    if (!changes) return show(sentences);
    const programs = programsIn(idTemplate, [...changes.added, ...changes.changed]);
    show(programs.length ? [...sentences, programsText(programs.length)] : sentences, programs, choices(changes));
  });
}

/** The drafts that may be programs: all but those for a question which asks for sentences. `idTemplate` is as in entryList.ts. */
export const programsIn = (idTemplate: ParentNode, entries: readonly KeptEntry[]): KeptEntry[] =>
  entries.filter(
    ({kind, id}) => kind === "draft" && !idTemplate.querySelector(`[data-id="${id}"]:not([data-program])`),
  );

/** What a program, a language or an editor may take for the end of a line. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

/** A program with its lines numbered, so that empty ones can be seen too. */
export function withLineNumbers(program: string): string {
  const lines = program.split(LINE_END);
  const width = String(lines.length).length;
  return lines.map((line, i) => `${String(i + 1).padStart(width)}  ${showInvisible(line)}`).join("\n");
}

/** "75 lines, 61 of them empty". */
export function lineCount(program: string): string {
  const lines = program.split(LINE_END);
  const empty = lines.filter((line) => line.trim() === "").length;
  const all = `${lines.length.toLocaleString("en-US")} ${lines.length === 1 ? "line" : "lines"}`;
  return empty ? `${all}, ${empty.toLocaleString("en-US")} of them empty` : all;
}

/** A program whole, to read before it is taken from a file: where it belongs, how long it is, and every line. */
function programView(root: Document, idTemplate: ParentNode, {id, value}: KeptEntry): Element {
  const view = Object.assign(root.createElement("div"), {className: "own-program"});
  const length = Object.assign(root.createElement("p"), {textContent: `${lineCount(String(value))}:`});
  const text = Object.assign(root.createElement("pre"), {textContent: withLineNumbers(String(value)), tabIndex: 0});
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", `Program for ${id}`);
  view.append(idLabel(root, idTemplate, id), length, text);
  return view;
}

/** The most bytes of a backup, several times what the answers and programs of the whole site take. */
const MAX_BYTES = 1_000_000;
/** The most entries of a backup: more than the site has questions and chapters. */
export const MAX_ENTRIES = 1000;

/** Said of a file with more bytes or entries than a backup has. */
const TOO_LARGE = "The file is larger than anything this site writes; nothing was taken from it.";

/** Compares the text of a backup with the store, and changes nothing. */
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

/** The beginning of a kind or id from the file, to name it in a sentence, whatever it is. */
const nameText = (x: unknown): string =>
  showInvisible((typeof x === "string" || typeof x === "number" ? String(x) : typeof x).slice(0, 40));

/** The entries of a backup, and why other entries, or the whole text, cannot be read. */
function readBackup(text: string): {entries: readonly KeptEntry[]; problems: readonly string[]} {
  const refuse = (problem: string) => ({entries: [], problems: [problem]});
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse("The file is not JSON, or a part of it is missing; choose one that this site saved, whole.");
  }
  if (isRecord(data) && typeof data.loraLive === "number" && data.loraLive !== 1)
    return refuse(`The file is of version ${data.loraLive}; this page reads version 1.`);
  if (!isRecord(data) || data.loraLive !== 1 || !Array.isArray(data.items))
    return refuse("The file holds no entries; choose one that this site saved.");
  if (data.items.length > MAX_ENTRIES) return refuse(TOO_LARGE);
  const problems: string[] = [];
  // Of two entries with the same kind and id the last one counts.
  const entriesByKey = new Map<string, KeptEntry>();
  for (const [i, item] of (data.items as unknown[]).entries()) {
    const {kind, id, value} = isRecord(item) ? item : {};
    const key = storageKey(String(kind), String(id));
    const isNamed = typeof kind === "string" && typeof id === "string";
    const entry = isNamed ? readEntry(key, JSON.stringify(value) ?? "") : undefined;
    if (entry) entriesByKey.set(key, entry);
    else
      problems.push(
        `Entry ${i + 1} (${nameText(kind)}, ${nameText(id)}) is not one that this site keeps, or too long; it was left out.`,
      );
  }
  return {entries: [...entriesByKey.values()], problems};
}
