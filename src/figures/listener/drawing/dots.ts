import {select} from "d3";
import {rounded} from "../../../figure/plot/rounded.ts";

export interface PlaneDot {
  x: number;
  y: number;
  /** Its classes. */
  name: string;
  /** A diamond, for the group below the line; else round. */
  isDiamond: boolean;
}

/** A round mark or a diamond of about the same area. Each begins with its place as trails write it, which packs well. */
function shape({x, y, isDiamond}: PlaneDot, r: number): string {
  if (!isDiamond) return `M${x},${y}m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const half = rounded(r * 1.25);
  return `M${x},${y}m0,${-half}l${half},${half} ${-half},${half} ${-half},${-half}z`;
}

/** Marks of radius `r`. */
export const dots = (g: Element, all: readonly PlaneDot[], r: number) =>
  select(g)
    .selectChildren<SVGPathElement, PlaneDot>("path")
    .data(all)
    .join("path")
    .attr("class", ({name}) => name)
    .attr("d", (one) => shape(one, r));
