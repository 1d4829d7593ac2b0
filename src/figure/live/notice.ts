import {reloadButton} from "../errorNote.ts";

/** Shows sentences in a figure's note, with a button to dismiss them or to reload the page; an empty list closes it. */
export function note(notice: HTMLElement, sentences: readonly string[], canReload = false) {
  notice.hidden = !sentences.length;
  notice.textContent = sentences.join(" ");
  if (!sentences.length) return;
  notice.append(canReload ? reloadButton(notice.ownerDocument) : dismissButton(notice));
}

function dismissButton(notice: HTMLElement): HTMLButtonElement {
  const button = notice.ownerDocument.createElement("button");
  button.type = "button";
  button.textContent = "Dismiss";
  button.onclick = () => note(notice, []);
  return button;
}
