import {type BaseType, type Selection, selection, type ValueFn} from "d3";

type Value = string | number | boolean | null | undefined;

/**
 * Makes d3's `attr` write only attributes that differ. Of the 790 attributes that figure 1.1 sets at each step of its slider, 740
 * have not changed; d3 writes them all, and the browser lays out each shape again. `selection.prototype` is where d3 wants extensions.
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
