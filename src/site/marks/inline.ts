import {escapeHtml} from "../../figure/export/escape.ts";
import {symbolsIn} from "../../figure/symbols.ts";
import {joinedAfter, joinedBefore, keepTogether, type Neighbors} from "../markdown/keepTogether.ts";
import {renderMath} from "../markdown/math.ts";

/** Plain text as HTML, in which the symbols of the paper have their color and are italic. */
export const symbolHtml = (text: string): string =>
  symbolsIn(text)
    .map((one) =>
      typeof one === "string" ? escapeHtml(one) : `<i data-symbol="${one.symbol}">${escapeHtml(one.text)}</i>`,
    )
    .join("");

// The order matters: text between backticks or dollars is not parsed further, and a backslash escapes a sign.
const MARKS = /\\([$*`\\])|`([^`]+)`|\$((?:\\.|[^$\\])+)\$|\*\*(.+?)\*\*|\*(.+?)\*/g;

/**
 * The inline Markdown of a question as HTML: **strong**, *emphasis*, `code` and $formulas$; everything else is text. Formulas
 * are rendered by `math`, by default by KaTeX, which also keeps adjacent punctuation on the same line; then symbols in plain
 * text have their color too. Throws when a formula does not render or is not closed; write \$ for a dollar sign.
 */
export function inline(text: string, math?: (tex: string) => string): string {
  return render(text, math, {});
}

/** `edge` is the text that touches the emphasis around this text, as in `**$r$**,`. */
function render(text: string, math: ((tex: string) => string) | undefined, edge: Neighbors): string {
  const plain = math ? escaped : withSymbols;
  let html = "";
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, sign, code, tex, strong, emphasis] = match;
    const [from, to] = [match.index, match.index + whole.length];
    const touching = {
      before: from === 0 ? edge.before : joinedBefore(text.slice(end, from)),
      after: to === text.length ? edge.after : joinedAfter(text.slice(to)),
    };
    if (tex !== undefined && math === undefined) {
      html +=
        plain(text.slice(end, from - (touching.before?.length ?? 0)), text) + keepTogether(renderMath(tex), touching);
      end = to + (touching.after?.length ?? 0);
      continue;
    }
    html += plain(text.slice(end, from), text);
    end = to;
    const inner = {before: touching.before && "", after: touching.after && ""};
    if (sign !== undefined) html += escapeHtml(sign);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (tex !== undefined) html += math!(tex);
    else if (strong !== undefined) html += `<strong>${render(strong, math, inner)}</strong>`;
    else html += `<em>${render(emphasis!, math, inner)}</em>`;
  }
  return html + plain(text.slice(end), text);
}

/** A piece of the text without marks, as HTML. Throws when it holds a dollar sign. */
function escaped(piece: string, text: string): string {
  if (piece.includes("$")) throw new Error(`inline: a $ stands alone in “${text}”; close the formula, or write \\$`);
  return escapeHtml(piece);
}

/** The same, with the paper's symbols in their colors. */
const withSymbols = (piece: string, text: string): string => escaped(piece, text) && symbolHtml(piece);
