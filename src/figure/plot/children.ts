import {select} from "d3";
import {layer} from "./layer.ts";

/** Chromium moves a node without ending its transitions; others take it out and put it back. */
interface Mover {
  moveBefore?(node: Node, child: Node | null): void;
}

const byTag = (parent: Element, tag: string): Element[] =>
  [...parent.children].filter(({localName}) => localName === tag);

/**
 * Exactly as many children with this tag, one for each class name and in this order. A child that is there already stays: with
 * `keys` the one that had this key, else the one with this class if all differ, else the one at this place.
 */
export function children(
  parent: Element,
  tag: string,
  names: readonly string[],
  keys?: readonly (string | number)[],
): Element[] {
  const there = byTag(parent, tag);
  const areDifferent = new Set(names).size === names.length;
  const keyOf = (one: Element) => select<Element, unknown>(one).datum();
  // A first frame's elements have no keys yet: they are in the order of the data.
  const unkeyed = keys && there.filter((one) => keyOf(one) === undefined || keyOf(one) === null);
  const found = names.map((name, i) => {
    if (keys) return there.find((one) => keyOf(one) === keys[i]) ?? unkeyed!.shift();
    return areDifferent ? there.find((one) => (one.getAttribute("class") ?? "") === name) : there[i];
  });
  for (const one of there) if (!found.includes(one)) one.remove();
  const all = names.map((name, i) => {
    const one = found[i] ?? layer(parent, tag, `new-${i}`);
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

interface Joined<D> {
  /** Their classes. */
  name?: string | ((datum: D, i: number) => string);
  /** Who a datum is: its child goes where the datum goes. Without it children stand for each other in their order. */
  key?(datum: D, i: number): string | number;
}

/** A child with this tag for each datum; each in turn is given to `draw`. */
export function join<D>(
  parent: Element,
  tag: string,
  data: readonly D[],
  {name = "", key}: Joined<D>,
  draw: (one: Element, datum: D, i: number) => void,
) {
  const names = data.map((datum, i) => (typeof name === "string" ? name : name(datum, i)));
  const made = children(parent, tag, names, key && data.map(key));
  for (const [i, datum] of data.entries()) draw(made[i]!, datum, i);
}

/** The same without classes. */
export const each = <D>(
  parent: Element,
  tag: string,
  data: readonly D[],
  draw: (one: Element, datum: D, i: number) => void,
): void => join(parent, tag, data, {}, draw);

/** Writes the attributes that differ; null and undefined take one away. */
export function attributes(element: Element, values: Readonly<Record<string, string | number | null | undefined>>) {
  for (const [name, value] of Object.entries(values))
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}

/** In place of the listener of this type that the element had; none without one. */
export const listen = (element: Element, type: string, heard: ((event: Event) => void) | undefined) =>
  heard ? select(element).on(type, heard) : select(element).on(type, null);

/**
 * Makes a part of a picture a switch for pointer and keys, with this name for screen readers, or else called by its texts;
 * without `press` it is none.
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
  // The second click of a double click would press whatever the first one brought here.
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
