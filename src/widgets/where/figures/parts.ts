import type {Square} from "./plan.ts";

/** A rectangle and its class. */
export interface Part {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Between a square and its threads, and between two threads; a thread's thickness. Parts of a square's size. */
export const [APART, BETWEEN, THICK] = [0.07, 0.022, 0.045];

/** How far the threads of a rank reach from their square. */
export const depthOf = (size: number, rank: number): number => size * (APART + rank * (THICK + BETWEEN));

export const whole = (name: string, {x, y, size}: Square): Part => ({
  name,
  x,
  y,
  width: size,
  height: size,
});
