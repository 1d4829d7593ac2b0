/** Drags that change a value by how far the pointer moves. */
import {local, select} from "d3";
import {drags} from "./drags.ts";

interface DragHandleOptions<T> {
  /** Gives the value to drag, as it is at the press; undefined if there is nothing to drag. */
  from(x: number, y: number): T | undefined;
  /** Gets how far the pointer has moved since the press, in the units of `g`. */
  onPull(from: T, dx: number, dy: number): void;
  /** Called if Escape or the system ends the drag. */
  onCancel(from: T): void;
  /** Called when the pointer is released. */
  onDrop?(from: T, dx: number, dy: number): void;
}

/** A drag under way: the value at the press, and where the pointer was and is. */
interface DragState {
  from: unknown;
  at: readonly [x: number, y: number];
  to: readonly [x: number, y: number];
}

/** The drag of each element. It is kept on the element, because every move draws the figure anew. */
const dragStates = local<DragState>();

/** Lets the reader drag `field`: the value changes by how far the pointer moves, not to where it is. `g` must not move meanwhile. */
export function dragHandle<T>(field: Element, g: Element, {from, onPull, onCancel, onDrop}: DragHandleOptions<T>) {
  const distance = ({at, to}: DragState): [number, number] => [to[0] - at[0], to[1] - at[1]];
  const drop = () => {
    const one = dragStates.get(field);
    dragStates.remove(field);
    if (one && onDrop) onDrop(one.from as T, ...distance(one));
  };
  // Listens before `drags` does, so that the first place that `drags` reports is the press.
  select(field)
    .on("pointerdown.pull", () => dragStates.remove(field))
    .on("pointerup.pull", drop);
  drags(field, g, {
    onDrag(x, y) {
      const one = dragStates.get(field);
      if (one) {
        // A pointer that rests is reported as a move too.
        if (x === one.to[0] && y === one.to[1]) return;
        one.to = [x, y];
        onPull(one.from as T, ...distance(one));
        return;
      }
      const value = from(x, y);
      if (value !== undefined) dragStates.set(field, {from: value, at: [x, y], to: [x, y]});
    },
    onCancel() {
      const one = dragStates.get(field);
      dragStates.remove(field);
      if (one) onCancel(one.from as T);
    },
  });
}
