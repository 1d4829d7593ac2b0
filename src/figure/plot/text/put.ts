/** Sets the text of elements, only where it changes. */
import type {BaseType, ValueFn} from "d3";
import {flat, raise} from "./raised.ts";

/** Elements whose content browsers show as plain text, so that no exponent can be raised. */
const plainTextTags = ["title", "option", "textarea"];

/** The type of a text node. */
const TEXT_NODE = 3;

/**
 * Sets an element's text only if it changes: screen readers announce every write, and drop those that come too fast. Exponents
 * ("10⁻⁸") are raised.
 */
export function put(element: Element, text: string) {
  const visibleText = plainTextTags.includes(element.localName) ? text : flat(text);
  if (element.textContent === visibleText) return;
  const onlyChild = element.firstChild;
  // A new text node would make the browser lay out its element from scratch and match every `:has()` again.
  if (text && visibleText === text && onlyChild?.nodeType === TEXT_NODE && !onlyChild.nextSibling)
    onlyChild.nodeValue = text;
  else if (visibleText === text) element.textContent = text;
  else raise(element, text);
}

/** `selection.each(withText(f))` is `selection.text(f)` that writes only what changes. */
export const withText = <E extends BaseType, D>(
  text: string | number | ValueFn<E, D, string | number>,
): ValueFn<E, D, void> =>
  function (d, i, group) {
    put(this as Element, String(typeof text === "function" ? text.call(this, d, i, group) : text));
  };
