/** Files that a reader chose or dropped. */
import type {DroppedFile} from "./protocol.ts";

/** No adapter has more files than this; the rest of a folder is not read. */
const MOST_FILES = 500;

/** The files of a dialog, with their paths below the folder that was chosen. */
export const chosenFiles = (list: Iterable<File>): DroppedFile[] =>
  Array.from(list)
    .slice(0, MOST_FILES)
    .map((blob) => ({name: blob.webkitRelativePath || blob.name, blob}));

/** The files of a drop and of the folders in it. Call it before any `await`, because the browser then empties the list. */
export async function droppedFiles({items, files}: DataTransfer): Promise<DroppedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles(files);
  const found: DroppedFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

/** Adds the files of an entry, and of a folder's entries, to `found`. Hidden ones are left out. */
async function walk(entry: FileSystemEntry, found: DroppedFile[]): Promise<void> {
  if (found.length >= MOST_FILES || /^\.|^__MACOSX$/.test(entry.name)) return;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({name: entry.fullPath.replace(/^\//, ""), blob});
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  while (found.length < MOST_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}
