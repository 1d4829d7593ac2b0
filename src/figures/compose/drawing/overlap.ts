/** Two boxes of points that overlap as far as two tasks share directions. */
import {attributes, children, each} from "../../../figure/plot/children.ts";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {type Drawn, paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {put} from "../../../figure/plot/text/put.ts";

interface OverlapOptions {
  /** How many directions each task has, and how many of them both have. */
  each: number;
  shared: number;
  looks: readonly [Drawn["look"], Drawn["look"]];
  /** Called with the number of shared directions to which the reader drags. */
  onMove(shared: number): void;
}

/** Room for names above and below the boxes; and how much lower the second box is, so that the edges of both can be seen. */
const [NAMES, STEP] = [20, 5];

/** Draws the boxes, with a point for each direction. The second lies over the first as far as they share directions. */
export function overlap(g: Element, {width, height}: Sheet, {each: count, shared, looks, onMove}: OverlapOptions) {
  const pitch = (width - 4) / (2 * count);
  const deep = height - 2 * NAMES;
  const r = Math.max(Math.min(pitch / 4, 8, (deep - STEP) / 2 - 5), 2);
  const [one, two, knob] = children(g, "g", ["task-1", "task-2", "mark-knob"]);
  for (const [t, task] of [one!, two!].entries()) {
    // It is drawn at 0 and moved, so that the movement can be animated.
    const left = t ? (count - shared) * pitch : 0;
    attributes(task, {
      transform: `translate(${(left + 2).toFixed(1)} ${NAMES + t * STEP})`,
      "data-glides": t ? "" : null,
    });
    const box = `M0 0H${(count * pitch).toFixed(1)}V${deep - STEP}H0Z`;
    for (const kind of ["mark-rect", "mark-lineY"]) {
      const edge = layer(layer(task, "g", kind), "path", "box");
      attributes(edge, {d: box});
      paint(edge, looks[t]!);
    }
    const points = layer(task, "g", "mark-dot");
    each(points, "path", Array.from({length: count}), (point, _, i) => {
      // The second task's rings lie around the first's points.
      attributes(point, {
        d: shapePath("circle", [(i + 0.5) * pitch, (deep - STEP) / 2 + (t ? -STEP / 2 : STEP / 2)], t ? r + 3 : r),
      });
      paint(point, looks[t]!);
      attributes(point, {"fill-opacity": t ? 0 : null});
    });
    const name = layer(layer(task, "g", "mark-text"), "text", "name");
    attributes(name, {x: t ? (count * pitch).toFixed(1) : 0, y: t ? deep + 10 : -7, "text-anchor": t ? "end" : null});
    paint(name, looks[t]!);
    put(name, t ? "task 2 these" : "task 1 reads these");
  }
  const field = layer(knob!, "path", "field");
  attributes(field, {d: `M0 ${NAMES}H${width}V${NAMES + deep}H0Z`});
  drags(field, knob!, {
    // The middle of the second box follows the pointer.
    onDrag: (across) => onMove(Math.min(Math.max(Math.round(1.5 * count - across / pitch), 0), count)),
    onCancel: () => onMove(shared),
  });
}
