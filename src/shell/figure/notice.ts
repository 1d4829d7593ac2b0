/** Shows sentences in a figure's note, with a button to dismiss them; an empty list closes it. */
export function note(place: HTMLElement, sentences: readonly string[]) {
  place.hidden = !sentences.length;
  place.textContent = sentences.join(" ");
  if (!sentences.length) return;
  const dismiss = place.ownerDocument.createElement("button");
  dismiss.type = "button";
  dismiss.textContent = "Dismiss";
  dismiss.onclick = () => note(place, []);
  place.append(dismiss);
}
