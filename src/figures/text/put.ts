import type {BaseType, ValueFn} from "d3";

/** Sets an element's text only if it changes: screen readers announce every write, and drop those that come too fast. */
export function put(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** `selection.each(withText(f))` is `selection.text(f)` that writes only what changes. */
export const withText = <E extends BaseType, D>(
  text: string | number | ValueFn<E, D, string | number>,
): ValueFn<E, D, void> =>
  function (d, i, group) {
    put(this as Element, String(typeof text === "function" ? text.call(this, d, i, group) : text));
  };
