/** Drags that go to where the pointer is. */
import {pointer, select} from "d3";

interface DragOptions {
  /** Where the pointer is, in the units of `g`: at the press, then at each of its moves. */
  onDrag(x: number, y: number): void;
  /** Called if Escape or the system ends the drag. */
  onCancel?(): void;
}

/** Events that may end a drag. */
const ENDS = ["keydown", "pointerup", "pointercancel"];

/**
 * Reports presses and drags with the primary button on `field`, a shape in `g`. d3-drag would add 1.8 kB, would keep a phone from
 * scrolling past the figure, and does not tell a canceled drag from one that ends.
 */
export function drags(field: Element, g: Element, {onDrag, onCancel}: DragOptions) {
  const drag = (event: PointerEvent) => onDrag(...pointer(event, g));
  const watch = (id: number) => {
    const root = field.ownerDocument;
    const end = (event: Event) => {
      if (event.type === "keydown" && (event as KeyboardEvent).key !== "Escape") return;
      for (const kind of ENDS) root.removeEventListener(kind, end, true);
      if (event.type === "pointerup") return;
      if (field.hasPointerCapture(id)) field.releasePointerCapture(id);
      onCancel?.();
    };
    for (const kind of ENDS) root.addEventListener(kind, end, true);
  };
  select(field)
    .on("pointerdown", (event: PointerEvent) => {
      if (event.button) return;
      field.setPointerCapture(event.pointerId);
      watch(event.pointerId);
      drag(event);
    })
    .on("pointermove", (event: PointerEvent) => {
      if (field.hasPointerCapture(event.pointerId)) drag(event);
    });
}
