import {mathText} from "./mathText.ts";

/**
 * What is no text of its place: what only scripts use or fill, what is drawn, cards of terms (the glossary has them),
 * tables of the paper (its page has them), and every answer that a page keeps closed until it is asked for.
 */
const silent = [
  ...["script", "style", "svg", "noscript", "template", "button", "input", "nav", "textarea", "lora-widget"],
  ...[".katex-html", ".carded > .card", ".mark", ".kicker", ".quiz-kicker", "[hidden]", ".spoken", "section.works"],
  ...[
    ".quiz-answer",
    ".quiz-feedback",
    ".quiz-hint",
    ".quiz-foot",
    ".quiz-options",
    ".layer",
    ".copy-text",
    ".keeping",
    ".own-words",
  ],
  ...[".symbols", ".paper-table", ".path", ".read", ".interview-before", ".interview-grade", ".prompts details"],
].join(",");

const blocks =
  /^(p|div|section|header|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|td|th|figure|figcaption|caption|fieldset|legend|label|pre|blockquote|summary|details|br)$/;

/** Asked of every element on the way: what stands in its stead, or undefined to read it. */
type Instead = (element: Element) => string | undefined;

/** The text below a node in plain words, in one line. The node itself is read whatever it is. */
export function pageText(root: Node, instead: Instead = () => undefined): string {
  const walk = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? "";
    if (node.nodeType !== 1) return "";
    const element = node as Element;
    if (node !== root) {
      const other = instead(element);
      if (other !== undefined) return other;
      if (element.matches(silent)) return "";
    }
    if (element.localName === "math") return mathText(element);
    const text = Array.from(element.childNodes, walk).join("");
    return blocks.test(element.localName) ? `\n${text}\n` : text;
  };
  return tidy(walk(root));
}

/** One line; no space before a full stop or after an opening bracket. */
const tidy = (text: string): string =>
  text
    .replace(/[\u200b\u2060\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .replace(/([(“]) /g, "$1")
    .trim();
