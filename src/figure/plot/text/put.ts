/** Sets the text of elements, only where it changes. */
import type {BaseType, ValueFn} from "d3";
import {flat, raise} from "./raised.ts";

/** Elements whose content browsers show as plain text, so that no exponent can be raised. */
const plain = ["title", "option", "textarea"];

/** The type of a text node. */
const TEXT = 3;

/**
 * Sets an element's text only if it changes: screen readers announce every write, and drop those that come too fast. Exponents
 * ("10⁻⁸") are raised.
 */
export function put(element: Element, text: string) {
  const shown = plain.includes(element.localName) ? text : flat(text);
  if (element.textContent === shown) return;
  const only = element.firstChild;
  // A new text node would make the browser lay out its element from scratch and match every `:has()` again.
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
