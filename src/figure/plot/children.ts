/** Children of an element, which D3 joins to data; and the attributes and listeners of an element. */
import {select} from "d3";
import {create} from "./layer.ts";

/** `moveBefore` moves a node without ending its transitions. Browsers that lack it, such as Safari, move it with `insertBefore`. */
interface Mover {
  moveBefore?(node: Node, child: Node | null): void;
}

type Key = string | number;

/**
 * Leaves and gives one child with this tag for each key, in this order: the child that has the key, or a new one. `keyOf` gives the
 * key of the i-th present child, whose `datum` is the key that it got here before.
 */
function arrange(
  parent: Element,
  tag: string,
  keys: readonly Key[],
  keyOf: (child: Element, i: number, datum: Key | undefined) => Key | undefined,
): Element[] {
  const present = select(parent)
    .selectChildren<Element, Key>(tag)
    .data(keys, function (datum, i) {
      return String(this === parent ? datum : keyOf(this as Element, i, datum));
    });
  present.exit().remove();
  const arranged = present
    .enter()
    .append(() => create(parent, tag))
    .merge(present)
    .nodes();
  const place = (parent as Mover).moveBefore?.bind(parent) ?? parent.insertBefore.bind(parent);
  for (const [i, child] of arranged.entries()) {
    const next = i ? arranged[i - 1]!.nextElementSibling : select(parent).selectChildren<Element, Key>(tag).node();
    if (next !== child) place(child, next);
  }
  return arranged;
}

/**
 * Makes and gives exactly one child with this tag for each class name, in this order. Children that are present already are kept:
 * with `keys` the one that had the key, else the one with the class if all classes differ, else the one at the same place.
 */
export function children(parent: Element, tag: string, names: readonly string[], keys?: readonly Key[]): Element[] {
  const areDifferent = new Set(names).size === names.length;
  const arranged = keys
    ? // A first frame's elements have no keys yet: they are in the order of the data.
      arrange(parent, tag, keys, (_, i, datum) => datum ?? keys[i])
    : areDifferent
      ? arrange(parent, tag, names, (child) => child.getAttribute("class") ?? "")
      : arrange(parent, tag, [...names.keys()], (_, i) => i);
  for (const [i, child] of arranged.entries()) attributes(child, {class: names[i] || null});
  return arranged;
}

/** How children are matched with data. */
interface JoinOptions<D> {
  /** The class of each child. */
  name?: string | ((datum: D, i: number) => string);
  /** Identifies a datum, so that its child goes where the datum goes. Without keys, children are matched by class or order. */
  key?(datum: D, i: number): Key;
}

/** Makes one child with this tag for each datum, gives it its class, and calls `draw` with each. */
export function join<D, E extends Element = Element>(
  parent: Element,
  tag: string,
  data: readonly D[],
  {name = "", key}: JoinOptions<D>,
  draw: (child: E, datum: D, i: number) => void,
) {
  const names = data.map((datum, i) => (typeof name === "string" ? name : name(datum, i)));
  const elements = children(parent, tag, names, key && data.map(key));
  for (const [i, datum] of data.entries()) draw(elements[i] as E, datum, i);
}

/** Makes one child with this tag for each datum, in their order, and calls `draw` with each. Classes are left as they are. */
export function each<D, E extends Element = Element>(
  parent: Element,
  tag: string,
  data: readonly D[],
  draw: (child: E, datum: D, i: number) => void,
) {
  select(parent)
    .selectChildren<E, D>(tag)
    .data(data)
    .join((enter) => enter.append(() => create(parent, tag) as E))
    .each(function (datum, i) {
      draw(this, datum, i);
    });
}

/** Writes the attributes that differ; null and undefined remove one. */
export function attributes(element: Element, values: Readonly<Record<string, string | number | null | undefined>>) {
  for (const [name, value] of Object.entries(values))
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}

/** Listens to events of this type with `handler` and no longer with the handler of an earlier call; undefined only ends that. */
export const listen = (element: Element, type: string, handler: ((event: Event) => void) | undefined) =>
  handler ? select(element).on(type, handler) : select(element).on(type, null);

/**
 * Makes a part of a picture a toggle button for pointer and keys. Its name for screen readers is `name`, or else its text. Without
 * `press` it is no button.
 */
export function makePressable(
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
