import {mathText} from "./mathText.ts";

/**
 * Elements whose text is not searched: those for scripts, drawings, cards of terms (the glossary has them), tables of the paper
 * (its page has them), texts of licenses, cases of a program, what sources say and what is answered to one case, and answers that a page hides until the reader asks.
 */
const silent = [
  ...["script", "style", "svg", "noscript", "template", "button", "input", "select", "nav", "textarea", "lora-widget"],
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
    ".code-cases",
    ".code-keys",
  ],
  ...[
    ".symbols",
    ".paper-table",
    // The sentences around it say what it adds up to; the paper's page has the cells.
    ".comparison",
    // The caption repeats the heading above the table.
    "caption",
    // Sentences tell what these two tables list: in the chapter that trains a model, and below the methods.
    ".headed:is(:has(#models), :has(#table)) ~ table",
    ".path",
    ".read",
    ".interview-before",
    ".interview-grade",
    ".prompts details",
    ".practice :is(details, .answers, .memory, .files, form, td, template, .scripts-off, .worked-comes)",
    "pre[data-file]",
    ".preset-why",
    ".index",
    // The specifier repeats the file's name above it.
    ".engine .specifier",
    ".engine :is(pre, .where)",
    // The chapter that explains the term.
    ".glossary dd > a:last-child",
    "pre.astro-code",
    // Each platform has a section that says the same.
    "table[aria-label^='platform'] td",
    // What only a copy of the site says that was not told its address.
    ".no-address",
    // The same tables are in another guide.
    ".common-parameters.again",
    ".sign-key",
    ".sign-scale",
  ],
].join(",");

const blocks =
  /^(p|div|section|header|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|td|th|figure|figcaption|caption|fieldset|legend|label|pre|blockquote|summary|details|br)$/;

/** Replaces an element's text; undefined to read the element itself. */
type Instead = (element: Element) => string | undefined;

/** The text below a node, on one line. The node itself is read even if it is one of the silent elements. */
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

/** On one line, without spaces before punctuation or after an opening bracket. */
const tidy = (text: string): string =>
  text
    .replace(/[\u200b\u2060\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .replace(/([(“]) /g, "$1")
    .trim();
