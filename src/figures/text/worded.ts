import type {BaseType, ValueFn} from "d3";

/** Writes a text where another stands: of every writing a screen reader hears, changed or not, and drops what comes too fast. */
export function put(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** For `selection.each`: what `selection.text` does, where it changes something. */
export const worded = <E extends BaseType, D>(
  text: string | number | ValueFn<E, D, string | number>,
): ValueFn<E, D, void> =>
  function (d, i, group) {
    put(this as Element, String(typeof text === "function" ? text.call(this, d, i, group) : text));
  };
