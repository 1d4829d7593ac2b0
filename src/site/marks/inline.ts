import {escapeHtml} from "../../figure/export/escape.ts";
import {joinedAfter, joinedBefore, keepTogether, type Neighbors} from "../markdown/keepTogether.ts";
import {renderMath} from "../markdown/math.ts";
import {symbolHtml} from "../markdown/symbolHtml.ts";

// The order matters: text between backticks or dollars is not parsed further, and a backslash escapes a sign.
const MARKS = /\\([$*`\\])|`([^`]+)`|\$((?:\\.|[^$\\])+)\$|\*\*(.+?)\*\*|\*(.+?)\*/g;

/**
 * The inline Markdown of a question as HTML: **strong**, *emphasis*, `code` and $formulas$; everything else is text. Formulas
 * are rendered by `math`, by default by KaTeX, which also keeps adjacent punctuation on the same line; then symbols in plain
 * text have their color too. Throws when a formula does not render or is not closed; write \$ for a dollar sign.
 */
export function inline(text: string, math?: (tex: string) => string): string {
  return set(text, math, {});
}

/** `rim`: the characters next to the emphasis around this text. */
function set(text: string, math: ((tex: string) => string) | undefined, rim: Neighbors): string {
  const plain = math ? unmarked : marked;
  let html = "";
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, sign, code, tex, strong, emphasis] = match;
    const [from, to] = [match.index, match.index + whole.length];
    const outside = {
      before: from === 0 ? rim.before : joinedBefore(text.slice(end, from)),
      after: to === text.length ? rim.after : joinedAfter(text.slice(to)),
    };
    if (tex !== undefined && math === undefined) {
      html +=
        plain(text.slice(end, from - (outside.before?.length ?? 0)), text) + keepTogether(renderMath(tex), outside);
      end = to + (outside.after?.length ?? 0);
      continue;
    }
    html += plain(text.slice(end, from), text);
    end = to;
    const inner = {before: outside.before && "", after: outside.after && ""};
    if (sign !== undefined) html += escapeHtml(sign);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (tex !== undefined) html += math!(tex);
    else if (strong !== undefined) html += `<strong>${set(strong, math, inner)}</strong>`;
    else html += `<em>${set(emphasis!, math, inner)}</em>`;
  }
  return html + plain(text.slice(end), text);
}

function unmarked(piece: string, text: string): string {
  if (piece.includes("$")) throw new Error(`inline: a $ stands alone in “${text}”; close the formula, or write \\$`);
  return escapeHtml(piece);
}

const marked = (piece: string, text: string): string => unmarked(piece, text) && symbolHtml(piece);
