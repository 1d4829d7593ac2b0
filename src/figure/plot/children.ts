/** Children of an element, made and changed to fit data; and the attributes and listeners of an element. */
import {append} from "./layer.ts";

/** `moveBefore` moves a node without ending its transitions. Browsers that lack it, such as Safari, move it with `insertBefore`. */
interface Mover {
  moveBefore?(node: Node, child: Node | null): void;
}

/** The children with this tag. */
const byTag = (parent: Element, tag: string): Element[] =>
  [...parent.children].filter(({localName}) => localName === tag);

type Key = string | number;

/** The key of each element that was made for a datum with a key. */
const keyOf = new WeakMap<Element, Key>();

/** Leaves and gives one child with this tag for each match, in this order: the matched one, or a new one if nothing matched. */
function arrange(parent: Element, tag: string, matches: readonly (Element | undefined)[]): Element[] {
  for (const child of byTag(parent, tag)) if (!matches.includes(child)) child.remove();
  const arranged = matches.map((match) => match ?? append(parent, tag));
  const place = (parent as Mover).moveBefore?.bind(parent) ?? parent.insertBefore.bind(parent);
  for (const [i, child] of arranged.entries()) {
    const next = i ? arranged[i - 1]!.nextElementSibling : (byTag(parent, tag)[0] ?? null);
    if (next !== child) place(child, next);
  }
  return arranged;
}

/**
 * Makes and gives exactly one child with this tag for each class name, in this order. Children that are present already are kept:
 * with `keys` the one that had the key, else the one with the class if all classes differ, else the one at the same place.
 */
export function children(parent: Element, tag: string, names: readonly string[], keys?: readonly Key[]): Element[] {
  const present = byTag(parent, tag);
  const areDifferent = new Set(names).size === names.length;
  // A first frame's elements have no keys yet: they are in the order of the data.
  const unkeyed = present.filter((child) => !keyOf.has(child));
  const matches = names.map((name, i) => {
    if (keys) return present.find((child) => keyOf.get(child) === keys[i]) ?? unkeyed.shift();
    return areDifferent ? present.find((child) => (child.getAttribute("class") ?? "") === name) : present[i];
  });
  const arranged = arrange(parent, tag, matches);
  for (const [i, child] of arranged.entries()) {
    attributes(child, {class: names[i] || null});
    if (keys) keyOf.set(child, keys[i]!);
  }
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
  const present = byTag(parent, tag);
  const elements = arrange(
    parent,
    tag,
    data.map((_, i) => present[i]),
  );
  for (const [i, datum] of data.entries()) draw(elements[i] as E, datum, i);
}

/** Writes the attributes that differ; null and undefined remove one. */
export function attributes(element: Element, values: Readonly<Record<string, string | number | null | undefined>>) {
  for (const [name, value] of Object.entries(values))
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}

type Handler = (event: Event) => void;

/** The handlers that `listen` has set, by the type of their event. */
const handlersOf = new WeakMap<Element, Map<string, Handler>>();

/** Listens to events of this type with `handler` and no longer with the handler of an earlier call; undefined only ends that. */
export function listen(element: Element, type: string, handler: Handler | undefined) {
  const handlers = handlersOf.get(element) ?? new Map<string, Handler>();
  handlersOf.set(element, handlers);
  const before = handlers.get(type);
  if (before) element.removeEventListener(type, before);
  handlers.delete(type);
  if (!handler) return;
  handlers.set(type, handler);
  element.addEventListener(type, handler);
}

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
