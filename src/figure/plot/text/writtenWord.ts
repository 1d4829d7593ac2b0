import {attributes, join} from "../children.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {put} from "./put.ts";

/** What the base writes from the same draws, and what is written now. */
export interface WrittenWord {
  before: string;
  now: string;
}

/** Pieces of a word whose letters all differ, or all do not. */
function pieces({before, now}: WrittenWord): {text: string; isNew: boolean}[] {
  const all: {text: string; isNew: boolean}[] = [];
  for (const [i, letter] of Array.from(now).entries()) {
    const isNew = letter !== before[i];
    const last = all.at(-1);
    if (last?.isNew === isNew) last.text += letter;
    else all.push({text: letter, isNew});
  }
  return all;
}

/** Draws a word at its base line: new letters violet, and above it, small, what the base writes. */
export function writtenWord(g: Element, word: WrittenWord, x: number, y: number) {
  const above = layer(g, "text", "was");
  attributes(above, {x: rounded(x), y: rounded(y - 17)});
  put(above, word.before || "·");
  const line = layer(g, "text", "now");
  attributes(line, {x: rounded(x), y: rounded(y)});
  const parts = pieces(word);
  join(line, "tspan", parts, {name: ({isNew}) => (isNew ? "new" : "")}, (span, {text}) => {
    put(span, text);
  });
}
