import {attributes, listen} from "../../../figure/plot/children.ts";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {GAP, type Geometry} from "./geometry.ts";

export interface HandleOptions {
  r: number;
  /** The largest rank. */
  last: number;
  /** So many stops of the rank on. */
  onStep(steps: number): void;
  /** Pulled so many units toward the square since the rank was `from`. */
  onPull(from: number, way: number): void;
  onCancel(from: number): void;
}

/** From the corner of the threads' gap to the middle of the handle, and how far a finger may miss it. */
const OFF = 13;
const REACH = 15;

/** Which way a key goes among the stops of the rank. */
const ways: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** A round handle in the corner between B and A. Pulled toward the square it thickens them. */
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
    const way = ways[key];
    if (way === undefined || ctrlKey || altKey || metaKey) return;
    event.preventDefault();
    onStep(way);
  });
  const field = layer(box, "circle", "pull");
  attributes(field, {r: REACH});
  attributes(layer(box, "circle", "grip"), {r: 8});
  attributes(layer(box, "path", "arrows"), {d: "M-3.2-3.2 3.2 3.2M-3.2 0v-3.2H0M3.2 0v3.2H0"});
  dragHandle(field, g, {from: () => r, onPull: (from, dx, dy) => onPull(from, (dx + dy) / 2), onCancel});
}
