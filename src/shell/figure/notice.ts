/** Shows sentences in a figure's note, with a button to dismiss them or to try again; an empty list closes it. */
export function note(place: HTMLElement, sentences: readonly string[], retry?: () => void) {
  place.hidden = !sentences.length;
  place.textContent = sentences.join(" ");
  if (!sentences.length) return;
  const button = place.ownerDocument.createElement("button");
  button.type = "button";
  button.textContent = retry ? "Try again" : "Dismiss";
  button.onclick = () => {
    note(place, []);
    retry?.();
  };
  place.append(button);
}
