import {escapeHtml} from "./escape.ts";

/**
 * What stands at a formula without a space, and so on its line: signs, then what is left of a word. Undefined where a
 * space or nothing is; empty where it stands outside of the element that the formula ends or begins, as in `**$r$**,`.
 */
export interface Beside {
  before?: string | undefined;
  after?: string | undefined;
}

// None of them is a sign that marks a formula, code or emphasis in a question's text.
const AFTER = /^[^\s\p{L}\p{N}$*`\\]*\p{L}*/u;
const BEFORE = /[\p{L}\p{N}]*[^\s\p{L}\p{N}$*`\\]*$/u;

/** The part of the text behind a formula that no line may part from it: "),", "-th", "’s". */
export const heldAfter = (text: string): string | undefined => AFTER.exec(text)?.[0] || undefined;

/** The part of the text before a formula that no line may part from it: "(", "non-". */
export const heldBefore = (text: string): string | undefined => BEFORE.exec(text)?.[0] || undefined;

const PICTURE = '<span class="katex-html" aria-hidden="true">';
const END = "</span></span>";
const held = (html: string) => `<span class="bound">${html}</span>`;

/**
 * An inline formula of KaTeX with what stands at it, so that no line begins or ends between them. KaTeX sets a formula in
 * boxes, and browsers break a line at each box: also before a comma, and whatever joins letters. Only `nowrap` around both
 * stops them. It holds the box that is next: between the boxes of a long formula a line still ends, as within KaTeX's own.
 */
export function bind(formula: string, {before, after}: Beside): string {
  if (before === undefined && after === undefined) return formula;
  const at = formula.indexOf(PICTURE);
  if (at < 0 || !formula.endsWith(END))
    throw new Error(`bind: no formula as KaTeX sets one in line: ${formula.slice(0, 80)}`);
  // MathML, which is what is read aloud and found, stays whole, with the first boxes.
  const spoken = formula.slice(0, at);
  const boxes = formula.slice(at + PICTURE.length, -END.length).split(/(?=<span class="katex-base">)/);
  const [left, right] = [escapeHtml(before ?? ""), escapeHtml(after ?? "")];
  if (boxes.length === 1) return held(left + formula + right);
  const first = before === undefined ? [] : boxes.splice(0, 1);
  const last = after === undefined ? [] : boxes.splice(-1);
  const part = (some: string[], head = '<span class="katex">') => head + PICTURE + some.join("") + END;
  return [
    first.length ? held(left + part(first, spoken)) : "",
    boxes.length ? part(boxes, first.length ? undefined : spoken) : "",
    last.length ? held(part(last) + right) : "",
  ].join("");
}
