import {pointer, select} from "d3";
import {layer} from "../layer.ts";
import {withText} from "../text/put.ts";

export interface ThresholdOptions {
  width: number;
  height: number;
  /** Steps across the width. */
  steps: number;
  /** Under the knob. */
  label?: string;
  onMove(value: number): void;
}

/** A dashed line with a knob at `value` of `steps`; pressing or dragging anywhere in the plot moves it. */
export function threshold(g: Element, value: number, {width, height, steps, label = "", onMove}: ThresholdOptions) {
  const x = steps ? (value / steps) * width : 0;
  const field = layer(g, "rect", "field");
  const at = (event: PointerEvent) => {
    const across = Math.min(Math.max(pointer(event, g)[0] / width, 0), 1);
    onMove(Math.round(across * steps));
  };
  /** If Escape or the system cancels a drag, the knob returns to where it began. */
  const watch = (id: number) => {
    const root = field.ownerDocument;
    const kinds = ["keydown", "pointerup", "pointercancel"];
    const end = (event: Event) => {
      if (event.type === "keydown" && (event as KeyboardEvent).key !== "Escape") return;
      for (const kind of kinds) root.removeEventListener(kind, end, true);
      if (event.type === "pointerup") return;
      if (field.hasPointerCapture(id)) field.releasePointerCapture(id);
      onMove(value);
    };
    for (const kind of kinds) root.addEventListener(kind, end, true);
  };
  select(field)
    .attr("x", -12)
    .attr("y", -12)
    .attr("width", width + 24)
    .attr("height", height + 24)
    .on("pointerdown", (event: PointerEvent) => {
      if (event.button) return;
      field.setPointerCapture(event.pointerId);
      watch(event.pointerId);
      at(event);
    })
    .on("pointermove", (event: PointerEvent) => {
      if (field.hasPointerCapture(event.pointerId)) at(event);
    });
  select(layer(g, "line", "threshold"))
    .attr("x1", x)
    .attr("x2", x)
    .attr("y1", 0)
    .attr("y2", height);
  select(layer(g, "circle", "knob"))
    .attr("cx", x)
    .attr("cy", 0)
    .attr("r", 6);
  select(layer(g, "text", "tick"))
    .attr("x", Math.min(Math.max(x, 16), width - 16))
    .attr("y", height + 16)
    .attr("text-anchor", "middle")
    .each(withText(label));
}
