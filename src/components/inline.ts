import {renderMath} from "../build/math.ts";
import {escapeHtml} from "../widgets/escape.ts";

// In this order: what stands between backticks or dollars is not read again; a backslash takes a sign's meaning away.
const MARKS = /\\([$*`\\])|`([^`]+)`|\$((?:\\.|[^$\\])+)\$|\*\*(.+?)\*\*|\*(.+?)\*/g;

/**
 * The inline Markdown of a question as HTML: **strong**, *emphasis*, `code` and $formulas$; everything else is text. `math` sets
 * the formulas. Throws where a formula does not render or a dollar sign stands alone; write \$ for one that is meant.
 */
export function inline(text: string, math: (tex: string) => string = renderMath): string {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, sign, code, tex, strong, emphasis] = match;
    html += plain(text.slice(end, match.index), text);
    if (sign !== undefined) html += escapeHtml(sign);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (tex !== undefined) html += math(tex);
    else if (strong !== undefined) html += `<strong>${inline(strong, math)}</strong>`;
    else html += `<em>${inline(emphasis!, math)}</em>`;
    end = match.index + whole.length;
  }
  return html + plain(text.slice(end), text);
}

function plain(piece: string, text: string): string {
  if (piece.includes("$")) throw new Error(`inline: a $ stands alone in “${text}”; close the formula, or write \\$`);
  return escapeHtml(piece);
}
