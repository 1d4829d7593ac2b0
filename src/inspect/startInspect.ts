import {reloadButton, whenLate} from "../figure/errorNote.ts";
import {chosenFiles, droppedFiles} from "./dropped.ts";
import {takeOver} from "./handOver.ts";
import type {Inspector} from "./inspector.ts";
import {isSample} from "./samples.ts";

/** Milliseconds until the page itself has loaded, mostly. */
const SOON = 800;

const UNANSWERED =
  "The lab’s tab did not answer. Press the button there again, or take the run home, unpack it and drop the adapter here.";

/** Starts the page. What opens files comes as soon as the browser has time, so that it is there when the network is not. */
export function startInspect(page: Document): void {
  const root = page.querySelector<HTMLElement>(".inspect")!;
  const refusal = root.querySelector(".inspect-refusal")!;
  const refuse = (text: string) => refusal.replaceChildren(text, " ", reloadButton(page));
  /** Whether no file can be opened. */
  const shut = (isShut: boolean) => root.toggleAttribute("data-shut", isShut);
  let coming: Promise<Inspector> | undefined;
  const inspector = () => {
    coming ??= whenLate(import("./inspector.ts"), (isLate) => {
      shut(isLate);
      if (isLate) refuse("A part of this page has not loaded yet, so no file can be opened.");
      else refusal.replaceChildren();
    }).then(({Inspector}) => new Inspector(root));
    coming.catch(() => shut(true));
    return coming;
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
      // So that the same file can be chosen again.
      input.value = "";
      if (list.length > 0) act((one) => one.take(list));
    });
  }
  for (const button of root.querySelectorAll<HTMLElement>("[data-sample]"))
    button.addEventListener("click", () => {
      const name = button.dataset.sample!;
      if (isSample(name)) act((one) => one.sample(name));
    });
  wholeWindow(page, root, (list) => act((one) => one.take(list)));
  const id = fromLab(page.defaultView!);
  if (id)
    act(async (one) => {
      const files = await takeOver(id);
      if (files) return one.take(files);
      refusal.textContent = UNANSWERED;
    });
  setTimeout(() => act(async (one) => one.client.start()), SOON);
}

/** The number under which the lab's tab gives its adapter. The address forgets it: it works once. */
function fromLab({location, history}: Window): string | undefined {
  const id = /^#lab=([\d-]+)$/.exec(location.hash)?.[1];
  if (id) history.replaceState(history.state, "", location.pathname + location.search);
  return id;
}

/** The whole window takes a drop. */
function wholeWindow(page: Document, root: HTMLElement, take: (files: ReturnType<typeof chosenFiles>) => void): void {
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
    if (list.length > 0) take(list);
  });
}
