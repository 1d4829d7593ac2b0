/** Children of an element, made and changed to fit data; and the attributes and listeners of an element. */
import {select} from "d3";
import {layer} from "./layer.ts";

/** `moveBefore` moves a node without ending its transitions. Browsers that lack it, such as Safari, move it with `insertBefore`. */
interface Mover {
  moveBefore?(node: Node, child: Node | null): void;
}

/** The children with this tag. */
const byTag = (parent: Element, tag: string): Element[] =>
  [...parent.children].filter(({localName}) => localName === tag);

/**
 * Makes and gives exactly one child with this tag for each class name, in this order. Children that are present already are kept:
 * with `keys` the one that had the key, else the one with the class if all classes differ, else the one at the same place.
 */
export function children(
  parent: Element,
  tag: string,
  names: readonly string[],
  keys?: readonly (string | number)[],
): Element[] {
  const present = byTag(parent, tag);
  const areDifferent = new Set(names).size === names.length;
  const keyOf = (one: Element) => select<Element, unknown>(one).datum();
  // A first frame's elements have no keys yet: they are in the order of the data.
  const unkeyed = keys && present.filter((one) => keyOf(one) === undefined || keyOf(one) === null);
  const matches = names.map((name, i) => {
    if (keys) return present.find((one) => keyOf(one) === keys[i]) ?? unkeyed!.shift();
    return areDifferent ? present.find((one) => (one.getAttribute("class") ?? "") === name) : present[i];
  });
  for (const one of present) if (!matches.includes(one)) one.remove();
  const all = names.map((name, i) => {
    const one = matches[i] ?? layer(parent, tag, `new-${i}`);
    attributes(one, {class: name || null});
    if (keys) select(one).datum(keys[i]);
    return one;
  });
  const place = (parent as Mover).moveBefore?.bind(parent) ?? parent.insertBefore.bind(parent);
  for (const [i, one] of all.entries()) {
    const next = i ? all[i - 1]!.nextElementSibling : (byTag(parent, tag)[0] ?? null);
    if (next !== one) place(one, next);
  }
  return all;
}

/** How children are matched with data. */
interface JoinOptions<D> {
  /** The class of each child. */
  name?: string | ((datum: D, i: number) => string);
  /** Identifies a datum, so that its child goes where the datum goes. Without keys, children are matched in their order. */
  key?(datum: D, i: number): string | number;
}

/** Makes one child with this tag for each datum, and calls `draw` with each. */
export function join<D>(
  parent: Element,
  tag: string,
  data: readonly D[],
  {name = "", key}: JoinOptions<D>,
  draw: (one: Element, datum: D, i: number) => void,
) {
  const names = data.map((datum, i) => (typeof name === "string" ? name : name(datum, i)));
  const elements = children(parent, tag, names, key && data.map(key));
  for (const [i, datum] of data.entries()) draw(elements[i]!, datum, i);
}

/** `join` without classes. */
export const each = <D>(
  parent: Element,
  tag: string,
  data: readonly D[],
  draw: (one: Element, datum: D, i: number) => void,
): void => join(parent, tag, data, {}, draw);

/** Writes the attributes that differ; null and undefined remove one. */
export function attributes(element: Element, values: Readonly<Record<string, string | number | null | undefined>>) {
  for (const [name, value] of Object.entries(values))
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}

/** Replaces the element's listener of this type, or removes it. */
export const listen = (element: Element, type: string, handler: ((event: Event) => void) | undefined) =>
  handler ? select(element).on(type, handler) : select(element).on(type, null);

/**
 * Makes a part of a picture a toggle button for pointer and keys. Its name for screen readers is `name`, or else its text. Without
 * `press` it is no button.
 */
export function pressable(
  element: Element,
  name: string | undefined,
  isPressed: boolean,
  press: (() => void) | undefined,
) {
  attributes(element, {
    role: press ? "button" : null,
    tabindex: press ? 0 : null,
    "aria-pressed": press ? String(isPressed) : null,
    "aria-label": press ? name : null,
  });
  // The second click of a double click would press the button that the first one brought here.
  listen(element, "click", press && ((event) => (event as MouseEvent).detail < 2 && press()));
  listen(
    element,
    "keydown",
    press &&
      ((event) => {
        const {key} = event as KeyboardEvent;
        if (key !== "Enter" && key !== " ") return;
        event.preventDefault();
        press();
      }),
  );
}
