const sheets = new Map<string, CSSStyleSheet>();

/**
 * A style sheet for the page, or the shadow root, that `node` stands in: for what a reader may never open, so that no
 * page loads it before. A policy of any host lets a page's own script do this.
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
