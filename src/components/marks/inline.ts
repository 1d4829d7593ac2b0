import {escapeHtml} from "../../markup/escape.ts";
import {joinedAfter, joinedBefore, keepTogether, type Neighbors} from "../../markup/keepTogether.ts";
import {renderMath} from "../../markup/math.ts";

// In this order: what stands between backticks or dollars is not read again; a backslash takes a sign's meaning away.
const MARKS = /\\([$*`\\])|`([^`]+)`|\$((?:\\.|[^$\\])+)\$|\*\*(.+?)\*\*|\*(.+?)\*/g;

/**
 * The inline Markdown of a question as HTML: **strong**, *emphasis*, `code` and $formulas$; everything else is text. `math` sets
 * the formulas; without it KaTeX does, and binds what stands at them. Throws where a formula does not render or a dollar sign
 * stands alone; write \$ for one that is meant.
 */
export function inline(text: string, math?: (tex: string) => string): string {
  return set(text, math, {});
}

/** `rim`: what stands outside of the emphasis that the text is in. */
function set(text: string, math: ((tex: string) => string) | undefined, rim: Neighbors): string {
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

function plain(piece: string, text: string): string {
  if (piece.includes("$")) throw new Error(`inline: a $ stands alone in “${text}”; close the formula, or write \\$`);
  return escapeHtml(piece);
}
