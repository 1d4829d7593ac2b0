/** Starts the inspector's page: its buttons and drops, and the code behind them. */
import {reloadButton, whenLate} from "../figure/errorNote.ts";
import {receiveFiles} from "./handOver.ts";
import type {Inspector} from "./inspector.ts";
import type {DroppedFile} from "./protocol.ts";
import {isSample} from "./samples.ts";

/** Milliseconds after which the worker is started, when most pages have loaded. */
const WORKER_DELAY = 800;

const UNANSWERED =
  "The lab’s tab did not answer. Press the button there again, or take the run home, unpack it and drop the adapter here.";

/** Starts the page. The code that opens files loads soon, without waiting for a file, so that it works offline afterwards. */
export function startInspect(page: Document): void {
  const root = page.querySelector<HTMLElement>(".inspect")!;
  const refusal = root.querySelector(".inspect-refusal")!;
  const refuse = (text: string) => refusal.replaceChildren(text, " ", reloadButton(page));
  /** Hides the start of the page while no file can be opened. */
  const setShut = (isShut: boolean) => root.toggleAttribute("data-shut", isShut);
  let loading: Promise<Inspector> | undefined;
  const inspector = () => {
    loading ??= whenLate(import("./inspector.ts"), (isLate) => {
      setShut(isLate);
      if (isLate) refuse("A part of this page has not loaded yet, so no file can be opened.");
      else refusal.replaceChildren();
    }).then(({Inspector}) => new Inspector(root));
    loading.catch(() => setShut(true));
    return loading;
  };
  const run = (what: (one: Inspector) => Promise<void>) => {
    inspector()
      .then(what)
      .catch(() => refuse("A part of this page did not load."));
  };
  for (const name of ["files", "folder"]) {
    const input = root.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
    input.addEventListener("change", () => {
      const list = chosenFiles(input.files ?? []);
      // Otherwise choosing the same file again would be no change.
      input.value = "";
      if (list.length > 0) run((one) => one.openFiles(list));
    });
  }
  for (const button of root.querySelectorAll<HTMLElement>("[data-sample]"))
    button.addEventListener("click", () => {
      const name = button.dataset.sample!;
      if (isSample(name)) run((one) => one.openSample(name));
    });
  listenForDrops(page, root, (list) => run((one) => one.openFiles(list)));
  const id = fromLab(page.defaultView!);
  if (id)
    run(async (one) => {
      const files = await receiveFiles(id);
      if (files) return one.openFiles(files);
      refusal.textContent = UNANSWERED;
    });
  setTimeout(() => run(async (one) => one.client.start()), WORKER_DELAY);
}

/** The id under which the lab's tab hands over its adapter. It works once, so it is removed from the address. */
function fromLab({location, history}: Window): string | undefined {
  const id = /^#lab=([\d-]+)$/.exec(location.hash)?.[1];
  if (id) history.replaceState(history.state, "", location.pathname + location.search);
  return id;
}

/** Files can be dropped anywhere on the page. */
function listenForDrops(
  page: Document,
  root: HTMLElement,
  onFiles: (files: ReturnType<typeof chosenFiles>) => void,
): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  let depth = 0;
  const over = (change: number) => {
    depth = Math.max(0, depth + change);
    root.toggleAttribute("data-over", depth > 0);
  };
  page.addEventListener("dragenter", (event) => {
    if (hasFiles(event)) over(1);
  });
  page.addEventListener("dragleave", (event) => {
    if (hasFiles(event)) over(-1);
  });
  page.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  page.addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(-depth);
    const list = await droppedFiles(event.dataTransfer!);
    if (list.length > 0) onFiles(list);
  });
}

/** No adapter has more files than this; the rest of a folder is not read. */
const MAX_FILES = 500;

/** The files of a dialog, with their paths below the folder that was chosen. */
export const chosenFiles = (list: Iterable<File>): DroppedFile[] =>
  Array.from(list)
    .slice(0, MAX_FILES)
    .map((blob) => ({name: blob.webkitRelativePath || blob.name, blob}));

/** The files of a drop and of the folders in it. Call it before any `await`, because the browser then empties the list. */
export async function droppedFiles({items, files}: DataTransfer): Promise<DroppedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles(files);
  const dropped: DroppedFile[] = [];
  for (const entry of entries) await walk(entry, dropped);
  return dropped;
}

/** Adds the files of an entry, and of a folder's entries, to `found`. Hidden ones are left out. */
async function walk(entry: FileSystemEntry, found: DroppedFile[]): Promise<void> {
  if (found.length >= MAX_FILES || /^\.|^__MACOSX$/.test(entry.name)) return;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({name: entry.fullPath.replace(/^\//, ""), blob});
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  while (found.length < MAX_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}
