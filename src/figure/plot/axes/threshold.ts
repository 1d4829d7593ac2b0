import {select} from "d3";
import {dragsOver} from "../drags.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
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
  const x = steps ? rounded((value / steps) * width) : 0;
  dragsOver(g, width, height, {
    onDrag: (across) => onMove(Math.round(Math.min(Math.max(across / width, 0), 1) * steps)),
    // The knob returns to where it began.
    onCancel: () => onMove(value),
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
