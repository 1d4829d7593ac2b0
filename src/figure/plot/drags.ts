/** Drags: to where the pointer is, or by how far it moves. */
import {pointer} from "d3";
import {listen} from "./children.ts";

interface DragOptions {
  /** Gets where the pointer is pressed, in the units of `g`, if `onDrag` should not. */
  onPress?(x: number, y: number): void;
  /** Gets where the pointer is, in the units of `g`: at the press, and after each of its moves. */
  onDrag(x: number, y: number): void;
  /** Called if Escape or the system ends the drag. */
  onCancel?(): void;
  /** Called when the pointer is released. */
  onDrop?(): void;
}

/** The callbacks of the latest drawing. Each move may draw the figure anew, with other callbacks. */
const latestOptions = new WeakMap<Element, DragOptions>();

/**
 * Calls `options` at presses and drags with the primary button on `field`, a shape in `g`. d3-drag would keep a phone from
 * scrolling past the figure, and does not tell a canceled drag from one that ends.
 */
export function listenToDrags(field: Element, g: Element, options: DragOptions) {
  latestOptions.set(field, options);
  listen(field, "pointerdown", (event) => {
    if (!(event as PointerEvent).button) beginDrag(field, g, event as PointerEvent);
  });
}

/** Follows the pointer from a press until it is released, Escape is pressed, or the system ends the drag. */
function beginDrag(field: Element, g: Element, press: PointerEvent) {
  const page = field.ownerDocument;
  const listening = new AbortController();
  const {signal} = listening;
  // A canceled drag goes back to the value of the drawing that was pressed.
  const {onPress, onDrag, onCancel} = latestOptions.get(field)!;
  const end = (event: Event) => {
    if (event.type === "keydown" && (event as KeyboardEvent).key !== "Escape") return;
    listening.abort();
    if (event.type === "pointerup") return latestOptions.get(field)!.onDrop?.();
    // Escape does not close the whole figure too.
    event.preventDefault();
    if (field.hasPointerCapture(press.pointerId)) field.releasePointerCapture(press.pointerId);
    onCancel?.();
  };
  for (const type of ["keydown", "pointerup", "pointercancel"])
    page.addEventListener(type, end, {capture: true, signal});
  field.addEventListener("pointermove", (move) => latestOptions.get(field)!.onDrag(...pointer(move, g)), {signal});
  field.setPointerCapture(press.pointerId);
  (onPress ?? onDrag)(...pointer(press, g));
}

interface DraggableOptions<T> {
  /** Gives the value to drag, as it is at the press; undefined if there is nothing to drag. */
  from(x: number, y: number): T | undefined;
  /** Gets how far the pointer has moved since the press, in the units of `g`. */
  onMove(from: T, dx: number, dy: number): void;
  /** Called if Escape or the system ends the drag. */
  onCancel(from: T): void;
  /** Called when the pointer is released. */
  onDrop?(from: T, dx: number, dy: number): void;
}

/** The value at the press of each element's drag, where the pointer was then, and how far it has moved. */
const dragStates = new WeakMap<Element, {from: unknown; x: number; y: number; dx: number; dy: number}>();

/** Lets the reader drag `field`: the value changes by how far the pointer moves, not to where it is. `g` must not move meanwhile. */
export function makeDraggable<T>(field: Element, g: Element, {from, onMove, onCancel, onDrop}: DraggableOptions<T>) {
  const change = (use: (from: T, dx: number, dy: number) => void) => {
    const state = dragStates.get(field)!;
    if (state.from !== undefined) use(state.from as T, state.dx, state.dy);
  };
  listenToDrags(field, g, {
    onPress: (x, y) => dragStates.set(field, {from: from(x, y), x, y, dx: 0, dy: 0}),
    onDrag(x, y) {
      const state = dragStates.get(field)!;
      const [dx, dy] = [x - state.x, y - state.y];
      // A pointer that rests is reported as a move too.
      if (dx === state.dx && dy === state.dy) return;
      Object.assign(state, {dx, dy});
      change(onMove);
    },
    onCancel: () => change(onCancel),
    onDrop: () => onDrop && change(onDrop),
  });
}
