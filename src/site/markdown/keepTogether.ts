import {escapeHtml} from "../../figure/export/escape.ts";

/**
 * The text that touches a formula without a space and must stay on its line: punctuation, then the rest of a word. Undefined for
 * a space or nothing. Empty if the text is outside the element around the formula, as the comma in `**$r$**,`.
 */
export interface Neighbors {
  before?: string | undefined;
  after?: string | undefined;
}

// $ * ` and \\ are left out: they are markup in the text of a question.
const AFTER = /^[^\s\p{L}\p{N}$*`\\]*\p{L}*/u;
const BEFORE = /[\p{L}\p{N}]*[^\s\p{L}\p{N}$*`\\]*$/u;

/** The start of a text after a formula that must stay on its line: "),", "-th", "’s". */
export const joinedAfter = (text: string): string | undefined => AFTER.exec(text)?.[0] || undefined;

/** The end of a text before a formula that must stay on its line: "(", "non-". */
export const joinedBefore = (text: string): string | undefined => BEFORE.exec(text)?.[0] || undefined;

const PICTURE = '<span class="katex-html" aria-hidden="true">';
const END = "</span></span>";
const withoutBreak = (html: string) => `<span class="bound">${html}</span>`;

/**
 * KaTeX's HTML of an inline formula together with the text that touches it, so that no line breaks between them. KaTeX makes a
 * formula of boxes, and browsers may break a line at each box, even before a comma; only `nowrap` around both prevents that. The
 * wrapper holds only the box next to the text, so that a long formula can still break between its boxes.
 */
export function keepTogether(formula: string, {before, after}: Neighbors): string {
  if (before === undefined && after === undefined) return formula;
  const at = formula.indexOf(PICTURE);
  if (at < 0 || !formula.endsWith(END))
    throw new Error(`keepTogether: this is no inline formula of KaTeX: ${formula.slice(0, 80)}`);
  // The MathML, which screen readers read and searches find, stays whole, with the first boxes.
  const mathml = formula.slice(0, at);
  const boxes = formula.slice(at + PICTURE.length, -END.length).split(/(?=<span class="katex-base">)/);
  const [left, right] = [escapeHtml(before ?? ""), escapeHtml(after ?? "")];
  if (boxes.length === 1) return withoutBreak(left + formula + right);
  const first = before === undefined ? [] : boxes.splice(0, 1);
  const last = after === undefined ? [] : boxes.splice(-1);
  const part = (some: string[], head = '<span class="katex">') => head + PICTURE + some.join("") + END;
  return [
    first.length ? withoutBreak(left + part(first, mathml)) : "",
    boxes.length ? part(boxes, first.length ? undefined : mathml) : "",
    last.length ? withoutBreak(part(last) + right) : "",
  ].join("");
}
