import type {BaseType, ValueFn} from "d3";
import {flat, raise} from "./raised.ts";

/** Elements whose content the browser shows as plain text. */
const plain = ["title", "option", "textarea"];

const TEXT = 3;

/**
 * Sets an element's text only if it changes: screen readers announce every write, and drop those that come too fast. Exponents
 * ("10⁻⁸") are raised.
 */
export function put(element: Element, text: string) {
  const shown = plain.includes(element.localName) ? text : flat(text);
  if (element.textContent === shown) return;
  const only = element.firstChild;
  // A new node of text would have the browser lay out its element from scratch and match every `:has()` again.
  if (text && shown === text && only?.nodeType === TEXT && !only.nextSibling) only.nodeValue = text;
  else if (shown === text) element.textContent = text;
  else raise(element, text);
}

/** `selection.each(withText(f))` is `selection.text(f)` that writes only what changes. */
export const withText = <E extends BaseType, D>(
  text: string | number | ValueFn<E, D, string | number>,
): ValueFn<E, D, void> =>
  function (d, i, group) {
    put(this as Element, String(typeof text === "function" ? text.call(this, d, i, group) : text));
  };
