/**
 * Why something failed, for a sentence. Of a module that did not load, browsers give the whole address; a reader needs to
 * know only that it did not.
 */
export function reasonFor(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof TypeError && /module/i.test(text) ? "a file that it needs did not load" : text;
}

/** What a figure says while it cannot respond, with a button to try again. A browser that is back online presses it too. */
export class Excuse {
  #line?: HTMLElement;
  #retry?: () => void;
  readonly #online = () => this.#retry?.();

  show(root: Element | ShadowRoot, text: string, retry?: () => void) {
    this.#line ??= document.createElement("p");
    const line = this.#line;
    line.className = "notice";
    line.setAttribute("role", "alert");
    line.textContent = text;
    this.#retry = retry;
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Try again";
      button.onclick = retry;
      line.append(button);
      addEventListener("online", this.#online);
    }
    (root.querySelector("figure") ?? root).append(line);
  }

  remove() {
    this.#line?.remove();
    this.#retry = undefined;
    removeEventListener("online", this.#online);
  }
}
