/** Draws the handle that changes the rank. */
import {attributes, listen} from "../../figure/plot/children.ts";
import {makeDraggable} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {BREAK_EVEN, draggedRank, steppedRank} from "./model.ts";
import {GAP, type Geometry} from "./square.ts";

/** The distance from the corner to the middle of the handle beyond the gap, and the radius in which it can be pressed. */
const [CORNER_DISTANCE, PRESS_RADIUS] = [13, 15];

/** By how many stops of the rank a key moves. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Draws a round handle in the corner between B and A. Dragged toward the square it makes them thicker. */
export function drawHandle(g: Element, {corner, unit}: Geometry, r: number, act: Act) {
  const at = rounded(corner - GAP - CORNER_DISTANCE);
  const box = layer(g, "g", "thicken");
  attributes(box, {
    transform: `translate(${at} ${at})`,
    tabindex: 0,
    role: "slider",
    "aria-label": "Rank r: the thickness of B and A",
    "aria-valuemin": 1,
    "aria-valuemax": BREAK_EVEN,
    "aria-valuenow": r,
    "aria-valuetext": `${whole(r)} of ${whole(BREAK_EVEN)}`,
  });
  listen(box, "keydown", (event) => {
    const {key, ctrlKey, altKey, metaKey} = event as KeyboardEvent;
    const steps = keySteps[key];
    if (steps === undefined || ctrlKey || altKey || metaKey) return;
    event.preventDefault();
    act.set((now) => ({r: steppedRank(Number(now.r), steps)}));
  });
  const field = layer(box, "circle", "field");
  attributes(field, {r: PRESS_RADIUS});
  attributes(layer(box, "circle", "grip"), {r: 8});
  attributes(layer(box, "path", "arrows"), {d: "M-3.2-3.2 3.2 3.2M-3.2 0v-3.2H0M3.2 0v3.2H0"});
  makeDraggable(field, g, {
    from: () => r,
    onMove: (from, dx, dy) => act.set({r: draggedRank(from, (dx + dy) / 2, unit)}),
    onCancel: (from) => act.set({r: from}),
  });
}
