/** What a figure says to its reader: sentences in its notice, and what screen readers speak, the result's sentence included. */
import {reloadButton} from "../errorNote.ts";
import type {Parts} from "../widget.ts";

/** Shows sentences in a figure's notice, with a button to dismiss them or to reload the page; an empty list closes the notice. */
export function showNotice(notice: HTMLElement, sentences: readonly string[], canReload = false) {
  notice.hidden = !sentences.length;
  notice.textContent = sentences.join(" ");
  if (!sentences.length) return;
  notice.append(canReload ? reloadButton(notice.ownerDocument) : dismissButton(notice));
}

function dismissButton(notice: HTMLElement): HTMLButtonElement {
  const button = notice.ownerDocument.createElement("button");
  button.type = "button";
  button.textContent = "Dismiss";
  button.onclick = () => showNotice(notice, []);
  return button;
}

/** Says sentences to the reader: in the figure's notice, where they are seen, and in its live region, where screen readers speak them. */
export class Voice {
  readonly #parts: Pick<Parts, "notice" | "liveRegion">;
  /** Something was said after the latest change; the result's sentence need not follow. */
  #hasSpoken = false;

  constructor(parts: Pick<Parts, "notice" | "liveRegion">) {
    this.#parts = parts;
  }

  /** Shows and speaks sentences; an empty list closes the notice. `canReload`: its button reloads the page. */
  notify(sentences: readonly string[], canReload = false) {
    showNotice(this.#parts.notice, sentences, canReload);
    if (sentences.length) this.speak(sentences.join(" "));
  }

  /** Speaks a sentence that is not shown. */
  speak(sentence: string) {
    this.#hasSpoken = true;
    this.#parts.liveRegion.textContent = sentence;
  }

  /** Something has changed, and nothing was said of it yet. */
  onChange() {
    this.#hasSpoken = false;
  }

  /** Speaks the sentence of a result that has settled, unless something else was said since it changed. */
  onSettled(sentence: string) {
    if (!this.#hasSpoken) this.speak(sentence);
  }
}
