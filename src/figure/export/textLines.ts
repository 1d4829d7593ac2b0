/** One line of text as it appears on screen: the box of its first word and its baseline, in CSS px of the page. */
interface Line {
  text: string;
  box: DOMRect;
  baseline: number;
  style: CSSStyleDeclaration;
}

/** The share of a line box above the baseline; close enough for our fonts. */
const ASCENT = 0.78;

/** The lines of all visible text in `root`, apart from its drawings and controls. */
export function textLines(root: Element): Line[] {
  const lines: Line[] = [];
  const visit = (element: Element) => {
    if (element.matches("svg, details, button, textarea, select, [hidden]")) return;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility !== "visible") return;
    if (element instanceof HTMLInputElement) {
      add(lines, element.value, element.getBoundingClientRect(), style);
      return;
    }
    for (const node of element.childNodes) {
      if (node instanceof Element) visit(node);
      else if (node instanceof Text) addLines(lines, node, style);
    }
  };
  visit(root);
  return lines;
}

/** Splits a text node where the browser broke it: words with the same top are one line. */
function addLines(lines: Line[], node: Text, style: CSSStyleDeclaration) {
  const range = node.ownerDocument.createRange();
  let line: {text: string; box: DOMRect} | undefined;
  let end = 0;
  for (const {0: word, index} of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getBoundingClientRect();
    if (line && Math.abs(line.box.top - box.top) < 2) line.text += `${index > end ? " " : ""}${word}`;
    else {
      if (line) add(lines, line.text, line.box, style);
      line = {text: word, box};
    }
    end = index + word.length;
  }
  if (line) add(lines, line.text, line.box, style);
}

function add(lines: Line[], text: string, box: DOMRect, style: CSSStyleDeclaration) {
  if (text && box.height) lines.push({text, box, baseline: box.top + box.height * ASCENT, style});
}
