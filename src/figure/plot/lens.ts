/** The geometry of a lens that magnifies a part of a drawing. */
import {rounded} from "./rounded.ts";

/** The largest of 1, 2 or 5 times a power of ten that is at most `x` > 0: a round number to magnify by. */
export function roundBelow(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return power * ([5, 2].find((n) => n * power <= x) ?? 1);
}

/** The path of a cone from the point (x, y) to a lens that does not contain it: to the two places where lines from the point touch the lens's circle. */
export function cone(x: number, y: number, cx: number, cy: number, radius: number): string {
  const [dx, dy] = [cx - x, cy - y];
  const distance = Math.hypot(dx, dy);
  const [inward, sideways] = [radius ** 2 / distance, radius * Math.sqrt(1 - (radius / distance) ** 2)];
  const touch = (side: number) => {
    const [ux, uy] = [dx / distance, dy / distance];
    return `${rounded(cx - ux * inward - side * uy * sideways)} ${rounded(cy - uy * inward + side * ux * sideways)}`;
  };
  return `M${x} ${y}L${touch(1)}L${touch(-1)}Z`;
}
