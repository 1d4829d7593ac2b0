import {hear} from "./eventLog.ts";

const events = [
  "input",
  "change",
  ...["ready", "change", "predict", "answer", "complete", "error"].map((one) => `lora-${one}`),
];

/** Writes down the events that leave an element. */
export function startListening(root: Document) {
  for (const box of root.querySelectorAll(".listening")) {
    const log = box.querySelector<HTMLElement>(".heard")!;
    for (const name of events)
      box.addEventListener(name, (event) => {
        // A field inside the figure has events of these names too.
        if ((event.target as Element).localName !== "lora-widget") return;
        hear(log, name, event instanceof CustomEvent ? event.detail : "");
      });
  }
}
