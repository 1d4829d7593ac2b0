/** A panel as a piece of the plane around zero: its background, dots, rings and paths, and the point that the reader points at. */
import {pointer} from "d3";
import {attributes, join, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** A place in the panel, in units; and a direction or a point of the plane. */
export type Spot = readonly [x: number, y: number];
type Vector = readonly [across: number, up: number];

/** The scale is the same across and up, so that angles are true. */
export interface Plane {
  g: Element;
  width: number;
  height: number;
  /** Units of the picture for a length of 1. */
  unit: number;
  at(v: Vector): Spot;
}

/** The plane in `g`, with its background and a cross through zero. `reach`: how far is seen from zero along the shorter edge. */
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

/** A circle or a diamond of about the same area. Each begins with its place as in the trails, which compresses well. */
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

/** A ring around a place. */
export const ring = (g: Element, spot: Spot | undefined) =>
  join(layer(g, "g", "rings"), "circle", spot ? [spot] : [], {name: "circled"}, (circle, [cx, cy]) =>
    attributes(circle, {cx, cy, r: 8}),
  );

/** The path of this class; empty without `d`. */
export const pathIn = (g: Element, name: string, d: string | undefined) =>
  attributes(layer(g, "path", name), {d: d ?? ""});

/** "M…L…" from one place to another. */
export const lineTo = (from: Spot, to: Spot): string => `M${from.join()}L${to.join()}`;

/** How near to a point the pointer has to be, in units. */
const NEAR = 16;

/** Calls `onPoint` with the place that is nearest to a mouse, or nearest to a press or tap. */
export function nearest({g, width, height}: Plane, spots: readonly Spot[], onPoint: (i: number) => void) {
  const find = (event: Event) => {
    const [x, y] = pointer(event, g);
    const distances = spots.map((spot) => Math.hypot(spot[0] - x, spot[1] - y));
    const least = Math.min(...distances);
    if (least < NEAR) onPoint(distances.indexOf(least));
  };
  const field = layer(g, "rect", "nearby");
  attributes(field, {width, height});
  listen(field, "pointermove", (event) => {
    const {pointerType, buttons} = event as PointerEvent;
    if (pointerType === "mouse" && !buttons) find(event);
  });
  listen(field, "click", find);
}
