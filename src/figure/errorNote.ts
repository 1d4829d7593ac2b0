/** What a reader is told when a file is late or does not load. */

/** Milliseconds after which the reader is told that a file has not loaded. */
export const LATE_AFTER = 5000;

/** Waits for what is loading, and gives it. `tell` is called with true if that takes long, and with false once it has loaded. */
export async function whenLate<T>(loading: Promise<T>, tell: (isLate: boolean) => void): Promise<T> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    tell(true);
  }, LATE_AFTER);
  try {
    const value = await loading;
    if (isLate) tell(false);
    return value;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether an error says, in any browser's words, that a module did not load. */
export const isLoadError = (error: unknown): boolean => error instanceof TypeError && /module/i.test(error.message);

/**
 * Why something failed, for a sentence. Of a module that did not load, browsers give the whole address; a reader needs to
 * know only that it did not.
 */
export function reasonFor(error: unknown): string {
  if (isLoadError(error)) return "a file that it needs did not load";
  return error instanceof Error ? error.message : String(error);
}

/** A button that loads the page anew: browsers remember a module that did not load until then. */
export function reloadButton(root: Document): HTMLButtonElement {
  const button = root.createElement("button");
  button.type = "button";
  button.className = "reload";
  button.textContent = "Reload";
  button.onclick = () => location.reload();
  return button;
}

/** A line that says what does not work; it offers to reload the page where that may help. */
export function errorNote(root: Document, text: string, canReload = true): HTMLElement {
  const line = root.createElement("p");
  line.className = "notice";
  line.setAttribute("role", "alert");
  line.append(text);
  if (canReload) line.append(" ", reloadButton(root));
  return line;
}
