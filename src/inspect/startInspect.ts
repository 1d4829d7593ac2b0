/** Starts the inspector's page: file fields, drops, samples, and the adapter that the lab's tab hands over. */
import {chosenFiles, listenForDrops} from "./droppedFiles.ts";
import {receiveFiles} from "./handOver.ts";
import {Inspector} from "./inspector.ts";
import {isSampleName} from "./samples.ts";

/** Milliseconds after which the worker is started, when most pages have loaded. */
const WORKER_DELAY = 800;

export function startInspect(page: Document): void {
  const root = page.querySelector<HTMLElement>(".inspect")!;
  const inspector = new Inspector(root);
  for (const input of root.querySelectorAll<HTMLInputElement>("input[type=file]"))
    input.addEventListener("change", () => {
      const files = chosenFiles(input.files!);
      // Otherwise choosing the same file again would be no change.
      input.value = "";
      if (files.length > 0) inspector.openFiles(files);
    });
  for (const button of root.querySelectorAll<HTMLElement>("[data-sample]"))
    button.addEventListener("click", () => {
      const name = button.dataset.sample!;
      if (isSampleName(name)) inspector.openSample(name);
    });
  listenForDrops(page, root, (files) => inspector.openFiles(files));
  const id = takeLabId(page.defaultView!);
  if (id !== undefined)
    receiveFiles(id).then((files) =>
      files
        ? inspector.openFiles(files)
        : inspector.showNotice(
            "The lab’s tab did not answer. Press the button there again, or take the run home, unpack it and drop the adapter here.",
          ),
    );
  setTimeout(() => inspector.client.start(), WORKER_DELAY);
}

/** The id under which the lab's tab hands over its adapter, if the address has one. It works once, so it is removed from there. */
function takeLabId({location, history}: Window): string | undefined {
  const id = /^#lab=([\d-]+)$/.exec(location.hash)?.[1];
  if (id) history.replaceState(history.state, "", location.pathname + location.search);
  return id;
}
