import {polygonHull} from "d3";
import {rounded} from "../../../figure/plot/rounded.ts";

/** The path of the convex hull of points; null for fewer than three, which have none. */
export function hullPath(points: readonly (readonly [x: number, y: number])[]): string | null {
  const corners = polygonHull(points.map(([x, y]) => [x, y]));
  return corners && `M${corners.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join("L")}z`;
}
