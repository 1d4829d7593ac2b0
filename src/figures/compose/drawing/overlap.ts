import {range, select} from "d3";
import {spots} from "../../../figure/plot/charts/spots.ts";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface OverlapOptions {
  width: number;
  height: number;
  /** Directions of each task, and how many of them both have. */
  each: number;
  shared: number;
  onMove(shared: number): void;
}

/** Above and below the boxes, for their names; the second box is set off by STEP so that both edges are seen. */
const [NAMES, STEP] = [20, 5];

/** Two boxes of points, a point for each direction; the second lies over the first as far as they share directions. */
export function overlap(svg: Element, {width, height, each, shared, onMove}: OverlapOptions) {
  const pitch = (width - 2) / (2 * each);
  const plot = group(svg, "plot", 1, NAMES);
  const deep = height - 2 * NAMES;
  const box = (name: string, from: number, y: number) =>
    select(layer(plot, "rect", name))
      .attr("x", rounded(from * pitch))
      .attr("y", y)
      .attr("rx", 8)
      .attr("width", rounded(each * pitch))
      .attr("height", rounded(deep - STEP));
  box("reads task-1", 0, 0);
  box("reads task-2", each - shared, STEP);
  const kindOf = (i: number) => (i < each - shared ? "task-1" : i < each ? "both" : "task-2");
  spots(
    group(plot, "directions"),
    range(2 * each - shared).map((i) => ({
      name: `direction ${kindOf(i)}`,
      x: rounded((i + 0.5) * pitch),
      y: rounded(deep / 2),
    })),
    rounded(Math.min(pitch / 4, 8)),
  );
  label(plot, "name task-1", "task 1 reads these", {x: 0, y: -7});
  label(plot, "name task-2", "task 2 these", {x: rounded((2 * each - shared) * pitch), y: deep + 15, anchor: "end"});
  const field = layer(plot, "rect", "slide");
  select(field)
    .attr("width", rounded(2 * each * pitch))
    .attr("height", rounded(deep));
  drags(field, plot, {
    // The second box comes to lie with its middle under the pointer.
    onDrag: (across) => onMove(Math.min(Math.max(Math.round(1.5 * each - across / pitch), 0), each)),
    onCancel: () => onMove(shared),
  });
}
