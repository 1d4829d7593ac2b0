/** Measures of a spectrum: the singular values s of a matrix a, descending as `svd` gives them. */
import {exp, log} from "./elementary.ts";
import {norm} from "./exponent.ts";

/** The norm of s[from] … s[to − 1], summed from small to large so that the small values are not lost. */
function normBetween(s: Float64Array, from: number, to: number): number {
  return norm(s.slice(from, to).reverse());
}

/** Throws unless these are singular values: the whole `Svd` is a common slip. */
function needValues(what: string, s: Float64Array): void {
  if (typeof s !== "object" || !(s?.length >= 0))
    throw new Error(`${what}: expected singular values, such as svd(a).s`);
}

function needRank(what: string, s: Float64Array, r: number): number {
  needValues(what, s);
  if (!Number.isInteger(r) || r < 0) throw new Error(`${what}: r is ${r}; it must be a whole number of at least 0`);
  return Math.min(r, s.length);
}

/** √(σ²_{r+1} + … + σ²_p): the Frobenius error of the best approximation of rank r (Eckart and Young 1936). */
export function tail(s: Float64Array, r: number): number {
  return normBetween(s, needRank("tail", s, r), s.length);
}

/** Σ_{i≤r} σᵢ² / Σ σᵢ² in [0, 1]: the share of the squared norm that rank r keeps; 1 for a zero matrix. */
export function energyKept(s: Float64Array, r: number): number {
  const rank = needRank("energyKept", s, r);
  const all = normBetween(s, 0, s.length);
  if (all === 0) return 1;
  const ratio = normBetween(s, 0, rank) / all;
  return Math.min(1, ratio * ratio);
}

/**
 * The smallest r with energyKept(s, r) ≥ share in float64; 0 for a zero matrix. Throws unless 0 ≤ share ≤ 1.
 */
export function rankForEnergy(s: Float64Array, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new Error(`rankForEnergy: the share is ${share}; it must lie from 0 to 1`);
  let r = 0;
  while (energyKept(s, r) < share) r++;
  return r;
}

/**
 * exp(−Σ pᵢ log pᵢ) with pᵢ = σᵢ / Σσ, from 1 (one direction) to p (all equal); 0 for a zero matrix.
 * Roy and Vetterli 2007, "The effective rank: a measure of effective dimensionality".
 */
export function effectiveRank(s: Float64Array): number {
  if (spectralNorm(s) === 0) return 0;
  const shares = s.map((sigma) => sigma / s[0]);
  const sum = shares.reduceRight((total, share) => total + share, 0);
  const entropy = shares.reduceRight((total, share) => {
    const p = share / sum;
    return p === 0 ? total : total - p * log(p);
  }, 0);
  return exp(entropy);
}

/** ‖a‖²_F / σ₁², from 1 to the rank; 0 for a zero matrix. */
export function stableRank(s: Float64Array): number {
  if (spectralNorm(s) === 0) return 0;
  const ratio = normBetween(s, 0, s.length) / s[0];
  return ratio * ratio;
}

/**
 * The number of singular values of a rows × cols matrix that exceed σ₁ · max(rows, cols) · 2⁻⁵², the tolerance of
 * NumPy's `matrix_rank`. Smaller ones are rounding errors.
 */
export function numericalRank(s: Float64Array, rows: number, cols: number): number {
  const tolerance = spectralNorm(s) * Math.max(rows, cols) * Number.EPSILON;
  return s.filter((sigma) => sigma > tolerance).length;
}

/** ‖a‖₂ = σ₁; 0 when there are no singular values. */
export function spectralNorm(s: Float64Array): number {
  needValues("spectrum", s);
  return s[0] ?? 0;
}
