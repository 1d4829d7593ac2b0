/**
 * Where a line begins with what belongs to the line before it, or ends with what belongs to the next: a closing mark, an
 * opening one, or whatever stands at a formula without a space. Runs in the page.
 */
export function lineStarts(selector: string): string[] {
  const CLOSING = /[,.;:!?)\]}’”%…]/;
  const silent = "lora-widget, .katex-mathml, .katex-display, .card, br";
  const OPENING = /[([{“‘]/;
  type Leaf = {sign: string; box: () => DOMRect | undefined; block: Element; formula: Element | null};
  const found: string[] = [];
  let last: Leaf | undefined;

  const styles = new Map<Element, string>();
  const display = (element: Element): string => {
    const known = styles.get(element) ?? getComputedStyle(element).display;
    styles.set(element, known);
    return known;
  };
  const blockOf = (element: Element): Element => {
    let at = element;
    while (/^(inline|contents)$/.test(display(at)) && at.parentElement) at = at.parentElement;
    return at;
  };
  /** A box that a line takes whole: of a formula, a button, a picture. */
  const isBox = (element: Element) => display(element).startsWith("inline-") || element.localName === "svg";

  const next = (leaf: Leaf) => {
    const before = last;
    last = leaf;
    if (!before || before.block !== leaf.block) return;
    const [isBefore, isAfter] = [before.formula !== null, leaf.formula !== null];
    const belongs = isBefore !== isAfter || CLOSING.test(leaf.sign) || OPENING.test(before.sign);
    if (!belongs || (isBefore && isAfter)) return;
    const [one, two] = [before.box(), leaf.box()];
    // On the same line, what comes later stands further right.
    if (one && two && two.left <= one.left)
      found.push(`${before.sign}|${leaf.sign} in ${(leaf.block.textContent ?? "").slice(0, 60)}`);
  };

  const walk = (node: Node) => {
    if (node instanceof Text) {
      const parent = node.parentElement!;
      const block = blockOf(parent);
      const isCode = parent.closest("code, pre") !== null;
      for (let i = 0; i < node.length; i++) {
        // Code breaks wherever it has to.
        const sign = isCode && /\S/.test(node.data[i]!) ? "c" : node.data[i]!;
        if (/\s/.test(sign)) last = undefined;
        else
          next({
            ...{sign, block, formula: null},
            box: () => {
              const range = document.createRange();
              range.setStart(node, i);
              range.setEnd(node, i + 1);
              return [...range.getClientRects()].at(-1);
            },
          });
      }
    } else if (node instanceof Element) {
      if (node.matches(silent) || display(node) === "none" || getComputedStyle(node).clipPath !== "none") {
        if (node.localName === "br") last = undefined;
      } else if (isBox(node)) {
        const formula = node.closest(".katex");
        next({sign: "▢", block: blockOf(node.parentElement!), formula, box: () => node.getBoundingClientRect()});
      } else node.childNodes.forEach(walk);
    }
  };
  for (const root of document.querySelectorAll(selector)) {
    last = undefined;
    walk(root);
  }
  return found;
}
