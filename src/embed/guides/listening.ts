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

/** How many lines a log keeps. */
const MOST_LINES = 40;

/** Adds a line at the top of a log, shortened if it is long. */
export function logEvent(log: HTMLElement, name: string, detail: unknown) {
  log.hidden = false;
  const line = log.ownerDocument.createElement("p");
  line.append(Object.assign(log.ownerDocument.createElement("b"), {textContent: name}), " ");
  const text = typeof detail === "string" ? detail : JSON.stringify(detail);
  line.append(text.length > 400 ? `${text.slice(0, 400)}…` : text);
  log.prepend(line);
  while (log.children.length > MOST_LINES) log.lastElementChild!.remove();
}
