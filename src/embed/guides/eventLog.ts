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
