/** The files that a reader chooses in a dialog or drops on the page. */
import type {DroppedFile} from "./protocol.ts";

/** At most this many files are taken; the rest of a folder is not read. */
const MAX_FILES = 500;

/** The files of a dialog, with their paths if a folder was chosen. */
export const chosenFiles = (list: Iterable<File>): DroppedFile[] =>
  Array.from(list)
    .slice(0, MAX_FILES)
    .map((blob) => ({name: blob.webkitRelativePath || blob.name, blob}));

/** Lets files be dropped anywhere on the page. While some are held over it, `root` has `data-over`. */
export function listenForDrops(page: Document, root: HTMLElement, onFiles: (files: DroppedFile[]) => void): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  page.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    root.toggleAttribute("data-over", true);
  });
  page.addEventListener("dragleave", ({relatedTarget}) => {
    // Between two elements of the page it names the next one.
    if (relatedTarget === null) root.toggleAttribute("data-over", false);
  });
  page.addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    root.toggleAttribute("data-over", false);
    const files = await droppedFiles(event.dataTransfer!);
    if (files.length > 0) onFiles(files);
  });
}

/** The files of a drop and of the folders in it. The list is read before anything is awaited, because the browser then empties it. */
async function droppedFiles({items, files}: DataTransfer): Promise<DroppedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles(files);
  const collected: DroppedFile[] = [];
  for (const entry of entries) await collectFiles(entry, collected);
  return collected;
}

/** Adds the files of an entry, and of a folder's entries, to `collected`, without hidden ones and macOS's copies. */
async function collectFiles(entry: FileSystemEntry, collected: DroppedFile[]): Promise<void> {
  if (collected.length >= MAX_FILES || /^\.|^__MACOSX$/.test(entry.name)) return;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    collected.push({name: entry.fullPath.replace(/^\//, ""), blob});
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A folder's entries come in batches, of which the last is empty.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const inner of batch) await collectFiles(inner, collected);
  }
}
