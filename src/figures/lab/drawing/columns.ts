import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {put, withText} from "../../../figure/plot/text/put.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";

/** A word or an answer, with the word that stands at its place in the column Before. */
export interface WrittenItem {
  text: string;
  before: string;
  /** What was asked, in front of an answer. */
  asked?: string;
  /** A dot or a tick behind it, and what that means. */
  sign?: string;
  said?: string;
}

interface Column {
  /** "before" or "after", a class. */
  name: string;
  title: string;
  formula: Rich;
  /** Its loss or score. */
  note: string;
}

/** Neighboring letters that are all the same as in Before, or all new. */
interface Piece {
  text: string;
  isNew: boolean;
}

/** "shina" on "slotcher" → "s" as before, "hina" new. */
function pieces({text, before}: Pick<WrittenItem, "text" | "before">): Piece[] {
  const all: Piece[] = [];
  for (const [i, letter] of Array.from(text).entries()) {
    const isNew = letter !== before[i];
    const last = all.at(-1);
    if (last?.isNew === isNew) last.text += letter;
    else all.push({text: letter, isNew});
  }
  return all;
}

/** The head of a column. Returns it, for what else it holds. */
export function columnHead(box: Element, {name, title, formula, note}: Column): Element {
  const head = layer(box, "div", `side ${name}`);
  layer(head, "p", "title", title);
  write(layer(head, "p", "formula"), formula);
  layer(head, "p", "note", note);
  return head;
}

/** A list of words, of this class; letters that Before does not have in their place are marked. */
export function wordColumn(box: Element, name: string, list: readonly WrittenItem[], label: string) {
  const words = layer(box, "ol", name);
  words.setAttribute("aria-label", label);
  select(words)
    .selectChildren<HTMLLIElement, WrittenItem>("li")
    .data(list)
    .join("li")
    .each(function (entry) {
      layer(this, "span", "asked", entry.asked ?? "");
      select(layer(this, "span", "word"))
        .selectChildren<HTMLSpanElement, Piece>("span")
        .data(pieces({...entry, text: entry.text || "–"}))
        .join("span")
        .attr("class", ({isNew}) => (isNew && entry.text ? "new" : null))
        .each(withText(({text}) => text));
      const sign = layer(this, "span", "sign");
      put(sign, entry.sign ?? "");
      sign.setAttribute("aria-hidden", "true");
      layer(this, "span", "said", entry.said ?? "");
    });
}
