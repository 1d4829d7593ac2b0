const sheets = new Map<string, CSSStyleSheet>();

/**
 * Adds a style sheet to the page, or the shadow root, that `node` is in. For dialogs that a reader may never open, so that
 * no page loads their styles before. No host's content policy forbids this to a page's own script.
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
