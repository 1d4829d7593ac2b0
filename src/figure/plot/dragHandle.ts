import {local, select} from "d3";
import {drags} from "./drags.ts";

export interface DragHandleOptions<T> {
  /** What is pulled, asked at the press: a value as it is then. Undefined if there is nothing to pull. */
  from(x: number, y: number): T | undefined;
  /** How far the pointer has come since, in the units of `g`. */
  onPull(from: T, dx: number, dy: number): void;
  /** If Escape or the system ends the drag. */
  onCancel?(from: T): void;
  onDrop?(from: T, dx: number, dy: number): void;
}

interface Held {
  from: unknown;
  at: readonly [x: number, y: number];
  to: readonly [x: number, y: number];
}

/** On the element, since every move of a drag draws the figure anew. */
const held = local<Held>();

/** Drags by distance: what is pulled keeps the value it had at the press until the pointer moves. `g` does not move meanwhile. */
export function dragHandle<T>(field: Element, g: Element, {from, onPull, onCancel, onDrop}: DragHandleOptions<T>) {
  const way = ({at, to}: Held): [number, number] => [to[0] - at[0], to[1] - at[1]];
  const drop = () => {
    const one = held.get(field);
    held.remove(field);
    if (one && onDrop) onDrop(one.from as T, ...way(one));
  };
  // Before those of `drags`, so that the first place it tells is the one of the press.
  select(field)
    .on("pointerdown.pull", () => held.remove(field))
    .on("pointerup.pull", drop);
  drags(field, g, {
    onDrag(x, y) {
      const one = held.get(field);
      if (one) {
        // A pointer that rests is reported as a move too.
        if (x === one.to[0] && y === one.to[1]) return;
        one.to = [x, y];
        onPull(one.from as T, ...way(one));
        return;
      }
      const value = from(x, y);
      if (value !== undefined) held.set(field, {from: value, at: [x, y], to: [x, y]});
    },
    onCancel() {
      const one = held.get(field);
      held.remove(field);
      if (one) onCancel?.(one.from as T);
    },
  });
}
