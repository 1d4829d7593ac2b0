/** Rectangles and arrow heads of a block, and the measures of B and A at a matrix. */
import type {Square} from "./plan.ts";

/** A rectangle and its class. */
export interface PlanPart {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** How far it has moved from there. */
  moved?: readonly [dx: number, dy: number];
  /** Opacity of its color. */
  strength?: number;
}

/** As shares of a square's side: its distance from B and A, the gap between two of their columns or rows, and their thickness. */
export const [APART, BETWEEN, THICK] = [0.07, 0.022, 0.045];

/** How far B and A of a rank reach from their square. */
export const depthOf = (size: number, rank: number): number => size * (APART + rank * (THICK + BETWEEN));

/** A square as a rectangle with a class. */
export const wholeSquare = (name: string, {x, y, size}: Square): PlanPart => ({
  name,
  x,
  y,
  width: size,
  height: size,
});

/** Half the width of an arrow head, and its length. */
const [HALF, LONG] = [4, 7];

/** Arrow heads at the ends of the lines of `path`, which has only M, H and V. */
export function headsOf(path: string): string {
  const head = (line: string) => {
    let [x, y, dx, dy] = [0, 0, 0, 0];
    for (const [, step, one, two] of line.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)) {
      const [toX, toY] = step === "V" ? [x, Number(one)] : [Number(one), step === "M" ? Number(two) : y];
      [dx, dy] = [Math.sign(toX - x), Math.sign(toY - y)];
      [x, y] = [toX, toY];
    }
    const [backX, backY] = [x - LONG * dx, y - LONG * dy];
    return `M${x} ${y}L${backX + HALF * dy} ${backY + HALF * dx}L${backX - HALF * dy} ${backY - HALF * dx}z`;
  };
  return path.split(/(?=M)/).map(head).join("");
}
