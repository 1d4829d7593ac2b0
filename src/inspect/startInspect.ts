/** Starts the inspector's page: its buttons and drops, and the code behind them. */
import {reloadButton, whenLate} from "../figure/errorNote.ts";
import {chosenFiles, droppedFiles} from "./dropped.ts";
import {takeOver} from "./handOver.ts";
import type {Inspector} from "./inspector.ts";
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
  const shut = (isShut: boolean) => root.toggleAttribute("data-shut", isShut);
  let loading: Promise<Inspector> | undefined;
  const inspector = () => {
    loading ??= whenLate(import("./inspector.ts"), (isLate) => {
      shut(isLate);
      if (isLate) refuse("A part of this page has not loaded yet, so no file can be opened.");
      else refusal.replaceChildren();
    }).then(({Inspector}) => new Inspector(root));
    loading.catch(() => shut(true));
    return loading;
  };
  const act = (what: (one: Inspector) => Promise<void>) => {
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
      if (list.length > 0) act((one) => one.openFiles(list));
    });
  }
  for (const button of root.querySelectorAll<HTMLElement>("[data-sample]"))
    button.addEventListener("click", () => {
      const name = button.dataset.sample!;
      if (isSample(name)) act((one) => one.openSample(name));
    });
  listenForDrops(page, root, (list) => act((one) => one.openFiles(list)));
  const id = fromLab(page.defaultView!);
  if (id)
    act(async (one) => {
      const files = await takeOver(id);
      if (files) return one.openFiles(files);
      refusal.textContent = UNANSWERED;
    });
  setTimeout(() => act(async (one) => one.client.start()), WORKER_DELAY);
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
