/** Vectors in the plane, and the arrows a and b: their rank, their text in links, and where a dragged one may go. */

/** A direction or a point of the plane. */
export type Vector = readonly [across: number, up: number];

/** The largest length of an arrow. */
export const MAX_ARROW_LENGTH = 2.4;

export const dotProduct = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1];
export const lengthOf = (v: Vector): number => Math.hypot(v[0], v[1]);
export const sumOf = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1]];
export const scaled = (s: number, v: Vector): Vector => [s * v[0], s * v[1]];

/** One row a of A and one column b of B: ΔWx gets (a·x)b from it. */
export interface ArrowPair {
  readonly a: Vector;
  readonly b: Vector;
}
export type Arrows = readonly ArrowPair[];

/** The cross product, zero for two arrows on one line. */
const cross = (a: Vector, b: Vector): number => a[0] * b[1] - a[1] * b[0];

/** A determinant of ΔW below this share of its squared norm counts as zero: links round arrows to a ten-thousandth. */
const SMALL_DETERMINANT = 1e-3;

/** The rank of ΔW = Σ b aᵀ, which is 2 × 2. */
export function arrowRank(arrows: Arrows): 0 | 1 | 2 {
  const [first, second] = arrows;
  const entries = [0, 1].flatMap((i) => [0, 1].map((j) => arrows.reduce((sum, {a, b}) => sum + b[i]! * a[j]!, 0)));
  const size = entries.reduce((sum, x) => sum + x * x, 0);
  if (size < 1e-9) return 0;
  // The determinant of b₁a₁ᵀ + b₂a₂ᵀ is (b₁ × b₂)(a₁ × a₂).
  const determinant = first && second ? cross(first.b, second.b) * cross(first.a, second.a) : 0;
  return Math.abs(determinant) > SMALL_DETERMINANT * size ? 2 : 1;
}

/** Arrows as text: "0.9,0.5,1.1,0.6" is a, then b; a second pair follows. */
export const writeArrows = (arrows: Arrows): string =>
  arrows
    .flatMap(({a, b}) => [...a, ...b])
    .map((x) => Math.round(x * 1e4) / 1e4 || 0)
    .join();

/** Reads what `writeArrows` wrote, or says why it cannot; an empty text has neither. */
export function readArrows(text: string, pairs: number): {arrows?: Arrows; problem?: string} {
  if (text === "") return {};
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.length !== 4 * pairs || !numbers.every(Number.isFinite))
    return {
      problem: `${4 * pairs} numbers are needed, separated by commas: ${pairs === 1 ? "a, then b" : "a and b, twice"}, across and up.`,
    };
  const arrows = Array.from({length: pairs}, (_, i): ArrowPair => {
    const [ax, ay, bx, by] = numbers.slice(4 * i);
    return {a: [ax!, ay!], b: [bx!, by!]};
  });
  const isLong = arrows.some(({a, b}) => Math.max(lengthOf(a), lengthOf(b)) > MAX_ARROW_LENGTH + 1e-3);
  return isLong ? {problem: `No arrow can be longer than ${MAX_ARROW_LENGTH}.`} : {arrows};
}

/** Shorter arrows are set to zero. */
const MIN_ARROW_LENGTH = 0.08;

/** The nearest arrow that is allowed: not too long, and exactly zero if it is so short that it is hard to see. */
export function limited(v: Vector): Vector {
  const size = lengthOf(v);
  if (size < MIN_ARROW_LENGTH) return [0, 0];
  return size > MAX_ARROW_LENGTH ? scaled(MAX_ARROW_LENGTH / size, v) : v;
}

/** A dragged arrow snaps to the other's line within this angle, in radians: a hand cannot make two arrows parallel. */
const SNAP_ANGLE = 0.07;

/** v, or its projection on the line of `other` if it is almost on that line. */
export function snapped(v: Vector, other: Vector | undefined): Vector {
  if (!other || lengthOf(other) === 0 || lengthOf(v) === 0) return v;
  const along = dotProduct(v, other) / dotProduct(other, other);
  return Math.abs(cross(v, other)) < SNAP_ANGLE * lengthOf(v) * lengthOf(other) ? scaled(along, other) : v;
}
