/** Appends a new element to `parent`. */
export function make<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  name = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = parent.ownerDocument.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}

/** A checkbox or a radio button with its label. */
export function tick(parent: Element, type: "checkbox" | "radio", words: string, checked = false): HTMLInputElement {
  const label = make(parent, "label", "share-tick");
  const box = make(label, "input");
  box.type = type;
  box.checked = checked;
  make(label, "span", "", words);
  return box;
}
