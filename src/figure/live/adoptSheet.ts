/** Style sheets made so far, by their text. */
const sheets = new Map<string, CSSStyleSheet>();

/**
 * Adds a style sheet to the page, or the shadow root, that `node` is in: for dialogs, whose styles no page should load before a
 * reader opens one. No host's content security policy forbids this to a page's own script.
 */
export function adoptSheet(node: Node, css: string) {
  const root = node.getRootNode() as Document | ShadowRoot;
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
