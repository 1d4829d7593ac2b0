/** The handle that changes the rank. */
import {attributes, listen} from "../../../figure/plot/children.ts";
import {dragHandle} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {GAP, type Geometry} from "./geometry.ts";

interface HandleOptions {
  r: number;
  /** The largest rank. */
  last: number;
  /** Gets by how many stops of the rank a key moves. */
  onStep(steps: number): void;
  /** Gets the distance toward the square, in units, and the rank when the drag began. */
  onPull(from: number, distance: number): void;
  /** Gets the rank when the drag began. */
  onCancel(from: number): void;
}

/** From the corner of the gap to the middle of the handle, and how far a finger may miss it. */
const OFF = 13;
const REACH = 15;

/** By how many stops of the rank a key moves. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** A round handle in the corner between B and A. Dragged toward the square it makes them thicker. */
export function handle(g: Element, {corner}: Geometry, {r, last, onStep, onPull, onCancel}: HandleOptions) {
  const at = rounded(corner - GAP - OFF);
  const box = layer(g, "g", "thicken");
  attributes(box, {
    transform: `translate(${at} ${at})`,
    tabindex: 0,
    role: "slider",
    "aria-label": "Rank r: the thickness of B and A",
    "aria-valuemin": 1,
    "aria-valuemax": last,
    "aria-valuenow": r,
    "aria-valuetext": `${whole(r)} of ${whole(last)}`,
  });
  listen(box, "keydown", (event) => {
    const {key, ctrlKey, altKey, metaKey} = event as KeyboardEvent;
    const steps = keySteps[key];
    if (steps === undefined || ctrlKey || altKey || metaKey) return;
    event.preventDefault();
    onStep(steps);
  });
  const field = layer(box, "circle", "pull");
  attributes(field, {r: REACH});
  attributes(layer(box, "circle", "grip"), {r: 8});
  attributes(layer(box, "path", "arrows"), {d: "M-3.2-3.2 3.2 3.2M-3.2 0v-3.2H0M3.2 0v3.2H0"});
  dragHandle(field, g, {from: () => r, onMove: (from, dx, dy) => onPull(from, (dx + dy) / 2), onCancel});
}
