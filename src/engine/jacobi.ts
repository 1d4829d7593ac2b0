import {powerOfTwo} from "./exponent.ts";
import {identity, type Matrix, zeros} from "./matrix.ts";

/** Rows whose squared length is below this (2⁻⁹⁶⁰; entries are near 1) count as zero. */
const NOTHING = powerOfTwo(-960);
const MOST_SWEEPS = 60;

/**
 * One-sided Jacobi (Hestenes 1958): turns pairs of rows of r (n × n, entries near 1 or below) until all are
 * orthogonal. → `rotation` (n × n, orthogonal), `s` (n, descending) and `rows` (n × n, orthonormal rows) with
 * rotation · r = diag(s) · rows. Rows of length 0 are completed to a basis.
 */
export function orthogonalizeRows(r: Matrix): {rotation: Matrix; rows: Matrix; s: Float64Array} {
  const n = r.rows;
  const work = r.data.slice();
  const turns = identity(n).data;
  const tolerance = Number.EPSILON * Math.sqrt(n);
  let rotated = true;
  for (let sweep = 0; sweep < MOST_SWEEPS && rotated; sweep++) {
    rotated = false;
    const squares = Float64Array.from({length: n}, (_, i) => dot(work, i * n, i * n, n));
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (squares[p] < NOTHING || squares[q] < NOTHING) continue;
        const g = dot(work, p * n, q * n, n);
        if (Math.abs(g) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) continue;
        rotated = true;
        const t = tangent((squares[q] - squares[p]) / (2 * g));
        const cosine = 1 / Math.sqrt(1 + t * t);
        turn(turns, p * n, q * n, n, cosine, cosine * t);
        turn(work, p * n, q * n, n, cosine, cosine * t);
        // Good enough to steer the next angles; each sweep, the last included, starts from sums taken afresh.
        squares[p] -= t * g;
        squares[q] += t * g;
      }
    }
  }
  return sorted(work, turns, n);
}

/** The smaller root t of t² + 2·zeta·t = 1; beyond 1e8 its square is all that float64 sees of 1 + zeta². */
function tangent(zeta: number): number {
  const size = Math.abs(zeta);
  const t = size > 1e8 ? 0.5 / size : 1 / (size + Math.sqrt(1 + zeta * zeta));
  return zeta < 0 ? -t : t;
}

function dot(data: Float64Array, p: number, q: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += data[p + i] * data[q + i];
  return sum;
}

/** Rows p and q become cosine·p − sine·q and sine·p + cosine·q. */
function turn(data: Float64Array, p: number, q: number, n: number, cosine: number, sine: number): void {
  for (let i = 0; i < n; i++) {
    const x = data[p + i];
    const y = data[q + i];
    data[p + i] = cosine * x - sine * y;
    data[q + i] = sine * x + cosine * y;
  }
}

function sorted(work: Float64Array, turns: Float64Array, n: number) {
  const lengths = Float64Array.from({length: n}, (_, i) => {
    const square = dot(work, i * n, i * n, n);
    return square < NOTHING ? 0 : Math.sqrt(square);
  });
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j] - lengths[i] || i - j);
  const s = Float64Array.from(order, (i) => lengths[i]);
  const rotation = zeros(n, n);
  const rows = zeros(n, n);
  order.forEach((from, to) => {
    rotation.data.set(turns.subarray(from * n, (from + 1) * n), to * n);
    if (s[to] > 0)
      rows.data.set(
        work.subarray(from * n, (from + 1) * n).map((value) => value / s[to]),
        to * n,
      );
  });
  for (let i = 0; i < n; i++) if (s[i] === 0) completeRow(rows, i);
  return {rotation, rows, s};
}

/** Fills row i with a unit vector orthogonal to rows 0 … i − 1: the axis farthest from them, orthogonalized twice. */
function completeRow({data, cols: n}: Matrix, i: number): void {
  let axis = 0;
  let least = Infinity;
  for (let j = 0; j < n; j++) {
    let covered = 0;
    for (let l = 0; l < i; l++) covered += data[l * n + j] * data[l * n + j];
    if (covered < least) [axis, least] = [j, covered];
  }
  data[i * n + axis] = 1;
  for (let pass = 0; pass < 2; pass++) {
    for (let l = 0; l < i; l++) {
      const g = dot(data, l * n, i * n, n);
      for (let j = 0; j < n; j++) data[i * n + j] -= g * data[l * n + j];
    }
  }
  const size = Math.sqrt(dot(data, i * n, i * n, n));
  for (let j = 0; j < n; j++) data[i * n + j] /= size;
}
