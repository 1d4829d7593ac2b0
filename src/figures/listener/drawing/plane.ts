/** A panel as a piece of the plane around zero, its background, and the nearest point under the pointer. */
import {pointer} from "d3";
import {attributes, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {Vector} from "./vector.ts";

/** The scale is the same across and up, so that angles are true. */
export interface Plane {
  g: Element;
  width: number;
  height: number;
  /** Units of the picture for a length of 1. */
  unit: number;
  at(v: Vector): readonly [x: number, y: number];
}

/** `reach`: how far is seen on each side of zero along the shorter edge. */
export function plane(g: Element, width: number, height: number, reach: number): Plane {
  const unit = Math.min(width, height) / (2 * reach);
  return {
    g,
    width,
    height,
    unit,
    at: ([across, up]) => [rounded(width / 2 + across * unit), rounded(height / 2 - up * unit)],
  };
}

/** The background of the panel, and a cross through zero. */
export function planeGround({g, width, height}: Plane) {
  const box = layer(g, "g", "ground");
  attributes(layer(box, "rect", "plane"), {width, height, rx: 10});
  attributes(layer(box, "path", "zero"), {d: `M0,${height / 2}H${width}M${width / 2},0V${height}`});
}

/** How near to a point the pointer has to be, in units. */
const NEAR = 16;

/** Calls `onPoint` with the place that is nearest to a mouse, or nearest to a press or tap. */
export function nearest(
  {g, width, height}: Plane,
  places: readonly (readonly [number, number])[],
  onPoint: (i: number) => void,
) {
  const look = (event: PointerEvent) => {
    const [x, y] = pointer(event, g);
    let [best, least] = [-1, NEAR];
    for (const [i, [atX, atY]] of places.entries()) {
      const far = Math.hypot(atX - x, atY - y);
      if (far < least) [best, least] = [i, far];
    }
    if (best >= 0) onPoint(best);
  };
  const field = layer(g, "rect", "nearby");
  attributes(field, {width, height});
  listen(field, "pointermove", (event) => {
    const {pointerType, buttons} = event as PointerEvent;
    if (pointerType === "mouse" && !buttons) look(event as PointerEvent);
  });
  listen(field, "click", (event) => look(event as PointerEvent));
}
