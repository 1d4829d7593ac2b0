import {reloadButton} from "../errorNote.ts";

/** Shows sentences in a figure's note, with a button to dismiss them or to reload the page; an empty list closes it. */
export function note(place: HTMLElement, sentences: readonly string[], canReload = false) {
  place.hidden = !sentences.length;
  place.textContent = sentences.join(" ");
  if (!sentences.length) return;
  place.append(canReload ? reloadButton(place.ownerDocument) : dismissButton(place));
}

function dismissButton(place: HTMLElement): HTMLButtonElement {
  const button = place.ownerDocument.createElement("button");
  button.type = "button";
  button.textContent = "Dismiss";
  button.onclick = () => note(place, []);
  return button;
}
