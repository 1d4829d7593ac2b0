/** A new element of a class below `parent`, with text that is never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = parent.ownerDocument.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  parent.append(element);
  return element;
}

/** Gives the page a style sheet once, when it is first needed: a constructed one, which every policy of ours lets be. */
export function dress(root: Document, css: string): void {
  if (worn.has(css)) return;
  worn.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}

const worn = new Set<string>();
