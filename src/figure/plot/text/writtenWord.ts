/** A word that the forge writes, and above it the word that the base writes. */
import {attributes, join} from "../children.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {put} from "./put.ts";

/** A word that is written now, and the word that the base writes from the same random draws. */
export interface WrittenWord {
  before: string;
  now: string;
}

/** The word in pieces, in each of which all letters differ from the base's word or none does. */
function piecesOf({before, now}: WrittenWord): {text: string; isNew: boolean}[] {
  const found: {text: string; isNew: boolean}[] = [];
  for (const [i, letter] of Array.from(now).entries()) {
    const isNew = letter !== before[i];
    const last = found.at(-1);
    if (last?.isNew === isNew) last.text += letter;
    else found.push({text: letter, isNew});
  }
  return found;
}

/** Draws a word with its baseline at y, its new letters violet, and above it, small, the word of the base. */
export function writtenWord(g: Element, word: WrittenWord, x: number, y: number) {
  const above = layer(g, "text", "was");
  attributes(above, {x: rounded(x), y: rounded(y - 17)});
  put(above, word.before || "·");
  const line = layer(g, "text", "now");
  attributes(line, {x: rounded(x), y: rounded(y)});
  join(line, "tspan", piecesOf(word), {name: ({isNew}) => (isNew ? "new" : "")}, (span, {text}) => {
    put(span, text);
  });
}
