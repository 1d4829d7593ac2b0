import {logEvent} from "./eventLog.ts";

/** The events that are logged. */
const events = [
  "input",
  "change",
  ...["ready", "change", "predict", "answer", "complete", "error"].map((one) => `lora-${one}`),
];

/** Logs the events of every element in a `.listening` box. */
export function startListening(root: Document) {
  for (const box of root.querySelectorAll(".listening")) {
    const log = box.querySelector<HTMLElement>(".heard")!;
    for (const name of events)
      box.addEventListener(name, (event) => {
        // The controls inside the figure send events of the same names.
        if ((event.target as Element).localName !== "lora-widget") return;
        logEvent(log, name, event instanceof CustomEvent ? event.detail : "");
      });
  }
}
