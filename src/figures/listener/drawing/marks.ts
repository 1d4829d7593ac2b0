/** Small marks: dots, rings and paths. */
import {attributes, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

export interface PlaneDot {
  x: number;
  y: number;
  /** Its classes. */
  name: string;
  /** A diamond, for group 0; otherwise a circle. */
  isDiamond?: boolean;
}

/** A circle or a diamond of about the same area. Each begins with its place as in the trails, which compresses well. */
function shape({x, y, isDiamond}: PlaneDot, r: number): string {
  if (!isDiamond) return `M${x},${y}m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const half = rounded(r * 1.25);
  return `M${x},${y}m0,${-half}l${half},${half} ${-half},${half} ${-half},${-half}z`;
}

export const dots = (g: Element, all: readonly PlaneDot[], r: number) =>
  join(g, "path", all, {name: ({name}) => name}, (one, dot) => attributes(one, {d: shape(dot, r)}));

/** A ring around each of these places. */
export const rings = (g: Element, places: readonly (readonly [x: number, y: number])[]) =>
  join(g, "circle", places, {name: "circled"}, (ring, [cx, cy]) => attributes(ring, {cx, cy, r: 8}));

/** The path of this class; empty without `d`. */
export const pathIn = (g: Element, name: string, d: string | undefined) =>
  attributes(layer(g, "path", name), {d: d ?? ""});
