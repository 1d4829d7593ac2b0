/** Marks that can be told apart without color, hollow or filled: closed paths around 0, 0. */
export type Shape = "circle" | "square" | "up" | "down" | "right" | "diamond" | "hexagon";

const corners = (points: string): string => `M${points}Z`;

const paths: Readonly<Record<Shape, string>> = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
  square: corners("-4 -4H4V4H-4"),
  up: corners("0 -5L4.7 3.5H-4.7"),
  down: corners("0 5L4.7 -3.5H-4.7"),
  right: corners("5 0L-3.5 4.7V-4.7"),
  diamond: corners("0 -5.2L5.2 0L0 5.2L-5.2 0"),
  hexagon: corners("0 -5L4.4 -2.5V2.5L0 5L-4.4 2.5V-2.5"),
};

export const shape = (name: Shape): string => paths[name];
