import {chosenFiles, droppedFiles} from "./dropped.ts";
import type {Inspector} from "./inspector.ts";
import {isSample} from "./samples.ts";

/** Starts the page: what opens a file is loaded with the first one. */
export function startInspect(page: Document): void {
  const root = page.querySelector<HTMLElement>(".inspect")!;
  let coming: Promise<Inspector> | undefined;
  const inspector = () => (coming ??= import("./inspector.ts").then(({Inspector}) => new Inspector(root)));
  const [files, folder] = ["files", "folder"].map(
    (name) => root.querySelector<HTMLInputElement>(`input[name=${name}]`)!,
  );
  for (const input of [files!, folder!])
    input.addEventListener("change", async () => {
      const list = chosenFiles(input.files ?? []);
      // So that the same file can be chosen again.
      input.value = "";
      if (list.length > 0) (await inspector()).take(list);
    });
  for (const button of root.querySelectorAll<HTMLElement>("[data-sample]"))
    button.addEventListener("click", async () => {
      const name = button.dataset.sample!;
      if (isSample(name)) (await inspector()).sample(name);
    });
  whole(page, root, async (list) => (await inspector()).take(list));
}

/** The whole window takes a drop. */
function whole(page: Document, root: HTMLElement, take: (files: ReturnType<typeof chosenFiles>) => void): void {
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
