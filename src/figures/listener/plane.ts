/** A panel that shows a part of the plane around zero: its background, dots, rings and paths, and pointing at its dots. */
import {pointer} from "d3";
import {attributes, join, listen} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import type {Vector} from "./arrows.ts";

/** A place in the panel, in units. */
export type Spot = readonly [x: number, y: number];
/** A panel and its scale, which is the same across and up, so that angles are true. */
export interface Plane {
  g: Element;
  width: number;
  height: number;
  /** Units of the picture for a length of 1. */
  unit: number;
  /** Where a point of the plane is in the panel. */
  at(v: Vector): Spot;
}

/** Draws the background and a cross through zero. `reach` is the distance from zero that is seen along the shorter edge. */
export function drawPlane(g: Element, {width, height}: {width: number; height: number}, reach: number): Plane {
  const unit = Math.min(width, height) / (2 * reach);
  attributes(layer(g, "rect", "plane"), {width, height, rx: 10});
  attributes(layer(g, "path", "zero"), {d: `M0,${height / 2}H${width}M${width / 2},0V${height}`});
  return {
    g,
    width,
    height,
    unit,
    at: ([across, up]) => [rounded(width / 2 + across * unit), rounded(height / 2 - up * unit)],
  };
}

export interface PlaneDot {
  spot: Spot;
  /** Its classes. */
  name: string;
  /** A diamond, for group 0; otherwise a circle. */
  isDiamond?: boolean;
}

/** The path of a circle, or of a diamond of about the same area. */
function dotPath({spot, isDiamond}: PlaneDot, r: number): string {
  if (!isDiamond) return `M${spot.join()}m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const half = rounded(r * 1.25);
  return `M${spot.join()}m0,${-half}l${half},${half} ${-half},${half} ${-half},${-half}z`;
}

/** Draws dots of radius r in a group of this class. */
export const drawDots = (g: Element, group: string, dots: readonly PlaneDot[], r: number) =>
  join(layer(g, "g", group), "path", dots, {name: ({name}) => name}, (path, dot) =>
    attributes(path, {d: dotPath(dot, r)}),
  );

/** Draws a ring around a place, if there is one. */
export const drawRing = (g: Element, spot: Spot | undefined) =>
  join(layer(g, "g", "rings"), "circle", spot ? [spot] : [], {name: "circled"}, (circle, [cx, cy]) =>
    attributes(circle, {cx, cy, r: 8}),
  );

/** Draws the path of this class; none is seen if `d` is empty. */
export const drawPath = (g: Element, name: string, d: string) => attributes(layer(g, "path", name), {d});

/** "M…L…" from one place to another. */
export const lineTo = (from: Spot, to: Spot): string => `M${from.join()}L${to.join()}`;

/** How near to a dot the pointer has to be, in units. */
const POINTING_DISTANCE = 16;

/** Calls `onPoint` with the index of the spot that a mouse is near, or that is pressed or tapped. */
export function listenForPointing({g, width, height}: Plane, spots: readonly Spot[], onPoint: (i: number) => void) {
  const find = (event: Event) => {
    const [x, y] = pointer(event, g);
    const distances = spots.map((spot) => Math.hypot(spot[0] - x, spot[1] - y));
    const shortest = Math.min(...distances);
    if (shortest < POINTING_DISTANCE) onPoint(distances.indexOf(shortest));
  };
  const field = layer(g, "rect", "nearby");
  attributes(field, {width, height});
  listen(field, "pointermove", (event) => {
    const {pointerType, buttons} = event as PointerEvent;
    if (pointerType === "mouse" && !buttons) find(event);
  });
  listen(field, "click", find);
}
