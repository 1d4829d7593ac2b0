/** Lines kept of what was heard. */
const MOST = 40;

/** Adds a line to a log, the newest first; what is long is cut. */
export function hear(log: HTMLElement, name: string, said: unknown) {
  log.hidden = false;
  const line = log.ownerDocument.createElement("p");
  line.append(Object.assign(log.ownerDocument.createElement("b"), {textContent: name}), " ");
  const text = typeof said === "string" ? said : JSON.stringify(said);
  line.append(text.length > 400 ? `${text.slice(0, 400)}…` : text);
  log.prepend(line);
  while (log.children.length > MOST) log.lastElementChild!.remove();
}
