import {each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";

/** Draws a list of words that a forge writes; beside each, in gray, the word of `others` at the same place if that is another one. */
export const drawWrittenWords = (box: Element, words: readonly string[], others: readonly string[] = words): void =>
  each(layer(box, "ol", "words"), "li", words, (item, word, i) => {
    layer(item, "span", "word", word || "–");
    layer(item, "span", "uncut", word === others[i] ? "" : ` ${others[i] || "–"}`);
  });
