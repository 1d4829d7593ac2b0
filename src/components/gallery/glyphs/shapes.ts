/**
 * Shapes for the gallery's drawings, as SVG. The ground is 120 × 80 units. `look` names classes of gallery.css: a symbol's color
 * (`w`, `a`, `b`, `d`, `x`) or ink (`k`, `n`), and `line`, `thin`, `dash`, `soft`, `faint`.
 */
export const WIDTH = 120;
export const HEIGHT = 80;

const short = (value: number): string => String(Number(value.toFixed(2)));

export const box = (look: string, x: number, y: number, width: number, height: number): string =>
  `<path class="${look}" d="M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z"/>`;

export const disc = (look: string, x: number, y: number, radius: number): string =>
  `<circle class="${look}" cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"/>`;

export const path = (look: string, d: string): string => `<path class="${look}" d="${d}"/>`;

/** A line through these points. */
export const through = (look: string, points: readonly (readonly [x: number, y: number])[]): string =>
  path(look, points.map(([x, y], i) => `${i ? "L" : "M"}${short(x)} ${short(y)}`).join(""));

/** A straight arrow; its head is 5 long. */
export function arrow(look: string, x: number, y: number, toX: number, toY: number): string {
  const length = Math.hypot(toX - x, toY - y);
  const [along, across] = [(toX - x) / length, (toY - y) / length];
  const side = (sign: number): readonly [number, number] => [
    toX - 5 * along - sign * 3 * across,
    toY - 5 * across + sign * 3 * along,
  ];
  return (
    through(look, [
      [x, y],
      [toX, toY],
    ]) + through(look.replace("dash", ""), [side(1), [toX, toY], side(-1)])
  );
}

/** A letter or two with its middle at x and its foot at y. */
export const letters = (look: string, x: number, y: number, text: string): string =>
  `<text class="${look}" x="${short(x)}" y="${short(y)}">${text}</text>`;

/** One shape for each number from 0 to `count` − 1. */
export const each = (count: number, shape: (i: number) => string): string =>
  Array.from({length: count}, (_, i) => shape(i)).join("");
