/** The text of a page for the search index. */
import {mathText} from "./mathText.ts";

/** Elements whose text is not searched. */
const unsearched = [
  // For scripts and for navigation, drawings, and what pages say again and again.
  "script, style, svg, noscript, template, button, input, select, nav, textarea, lora-widget",
  ".katex-html, .mark, .kicker, .quiz-kicker, [hidden], .spoken, section.works, .copy-text, .keeping",
  // The glossary has the cards of terms, and the paper's page its tables.
  ".carded > .card, .symbols, .paper-table",
  // What a page hides until the reader asks for it.
  ".quiz-answer, .quiz-feedback, .quiz-hint, .quiz-foot, .quiz-options, .layer, .prompts details",
  // Cases of programs, and their listings.
  ".code-cases, .code-keys, pre.astro-code, .engine :is(pre, .where)",
  // The texts of licenses.
  "pre[data-file]",
  // The sentences around it say what it adds up to; the paper's page has the cells.
  ".comparison",
  // The caption repeats the heading above the table.
  "caption",
  // Sentences tell what these two tables list: in the chapter that trains a model, and below the methods.
  ".headed:is(:has(#models), :has(#table)) ~ table",
  // Lists of chapters and of sections.
  ".path, .read, .index",
  ".interview-before, .interview-grade, .preset-why",
  // The answer to one case, and what its sources say.
  ".practice :is(details, .answers, .memory, .files, form, td, template, .scripts-off, .worked-comes)",
  // The labels of small pictures.
  ".sign-key, .sign-scale",
  // The specifier repeats the file's name above it.
  ".engine .specifier",
  // The chapter that explains the term.
  ".glossary dd > a:last-child",
  // Each platform has a section that says the same.
  "table[aria-label^='platform'] td",
  // Shown only on a copy of the site that was built without its address.
  ".no-address",
  // The same tables are in another guide.
  ".common-parameters.again",
].join(",");

/** Elements that begin and end a line. */
const blocks =
  /^(p|div|section|header|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|td|th|figure|figcaption|caption|fieldset|legend|label|pre|blockquote|summary|details|br)$/;

/** The text to use in place of an element's own; undefined to read the element. */
type TextInstead = (element: Element) => string | undefined;

/** The text below a node, on one line. The node itself is read even if its kind is not searched. */
export function pageText(root: Node, instead: TextInstead = () => undefined): string {
  const walk = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? "";
    if (node.nodeType !== 1) return "";
    const element = node as Element;
    if (node !== root) {
      const other = instead(element);
      if (other !== undefined) return other;
      if (element.matches(unsearched)) return "";
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
