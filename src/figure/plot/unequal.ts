import {type BaseType, type Selection, selection, type ValueFn} from "d3";

type Value = string | number | boolean | null | undefined;

/**
 * Of the 790 attributes that figure 1.1 sets at each step of its slider, 740 are what they were. d3 writes them all the same, and the
 * browser lays each shape out again, so `attr` writes here only what differs. `selection.prototype` is where d3 wants extensions.
 */
selection.prototype.attr = function (
  this: Selection<Element, unknown, BaseType, unknown>,
  name: string,
  ...values: (Value | ValueFn<Element, unknown, Value>)[]
) {
  if (!values.length) return this.node()!.getAttribute(name);
  const [value] = values;
  return this.each(function (datum, i, group) {
    const now = (typeof value === "function" ? value.call(this, datum, i, group) : value) ?? null;
    if (now === null) this.removeAttribute(name);
    else if (this.getAttribute(name) !== `${now}`) this.setAttribute(name, `${now}`);
  });
};
