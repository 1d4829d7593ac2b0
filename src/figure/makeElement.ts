/** Appends a new element to `parent`, with this class and text, and gives it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = parent.ownerDocument.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}
