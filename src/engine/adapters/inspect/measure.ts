/** Measures the updates of an opened adapter, pair by pair: norm, spectrum, ranks. Of their numbers only Gram matrices are kept. */
import {
  areFinite,
  deltaNorm,
  exactSpectrum,
  type Grams,
  gramsOf,
  LEAST_EVENNESS,
  spectrumOf,
} from "../../analysis/updates/grams.ts";
import {energyRank} from "../../analysis/updates/singularValues.ts";
import type {GramKernel, Rows} from "../../kernels/gram/gramKernel.ts";
import {effectiveRank, rankForEnergy} from "../../linalg/spectrum.ts";
import {shown} from "../../wording.ts";
import type {OpenedAdapter} from "./open.ts";
import {type PairUpdates, readPair, type StoredPair, type UpdateFactors} from "./pairs.ts";
import {type Scale, type ScaleChoice, type ScaledModule, type ScaleFrom, scaleOf} from "./scales.ts";

/** The measurements of one update. */
export interface MeasuredUpdate extends ScaledModule {
  /** The pair of the file it came from. */
  pair: StoredPair;
  grams: Grams;
  /** ‖ΔW‖_F. */
  norm: number;
  /** The singular values of ΔW, descending. */
  s: Float64Array;
  /** exp of the entropy of σ / Σσ, and of σ² / Σσ². */
  effective: number;
  energy: number;
  /** The ranks that keep 90% and 99% of ‖ΔW‖². */
  r90: number;
  r99: number;
  /** The root mean squares of the entries of A and B. */
  rmsA: number;
  rmsB: number;
  /** Σ|B|; it is 0 in a model that has not loaded the file, so a reader can compare. */
  sumB: number;
  /** rmsA over its value at the start of training: 1/√(3k) in PEFT and MLX, 1/√k if the file's metadata say so. */
  start: number;
  /** Whether the spectrum was computed by QR from A and B, because a factor is near singular. */
  byQr: boolean;
}

/** An update whose numbers cannot be used. */
export interface UnmeasuredUpdate {
  name: string;
  pair: StoredPair;
  /** The tensors that hold NaN or infinity, with how many; none when the pair could not be read. */
  broken: {tensor: string; count: number}[];
  sentence: string;
}

/** What measuring an update finds. */
export type Finding = MeasuredUpdate | UnmeasuredUpdate;

/** Whether an update was measured. */
export const isMeasured = (finding: Finding): finding is MeasuredUpdate => "grams" in finding;

/**
 * Reads the pairs one after the other and gives each update as soon as it is measured, in the order of `pairs`; end the
 * loop to cancel. The next pair is fetched while one is measured, so at most two are in memory. A pair that cannot be read
 * or holds NaN becomes a sentence and stops nothing. `choice` is the alpha or the scale for modules whose file has none.
 */
export async function* measureAdapter(
  adapter: OpenedAdapter,
  kernel: GramKernel,
  choice?: ScaleChoice,
): AsyncGenerator<Finding, void> {
  const pairs = [...adapter.pairs.values()];
  let next = fetchPair(adapter, pairs[0]);
  for (const [i, pair] of pairs.entries()) {
    const read = await next;
    next = fetchPair(adapter, pairs[i + 1]);
    yield* findingsOf(adapter, pair, read, kernel, choice);
  }
}

/** The updates of one pair, measured: for programs that share a file's pairs among workers. */
export async function measurePair(
  adapter: OpenedAdapter,
  pair: StoredPair,
  kernel: GramKernel,
  choice?: ScaleChoice,
): Promise<Finding[]> {
  return findingsOf(adapter, pair, await fetchPair(adapter, pair), kernel, choice);
}

/** Reads a pair; gives the error if it cannot be read. It never rejects, so that the result may wait for its turn. */
async function fetchPair(adapter: OpenedAdapter, pair: StoredPair | undefined): Promise<PairUpdates | Error> {
  if (!pair) return new Error("inspect: there is no pair");
  try {
    return await readPair(adapter.container, pair);
  } catch (error) {
    return error as Error;
  }
}

/** The findings of a pair that was read, or of one that could not be. */
function findingsOf(
  adapter: OpenedAdapter,
  pair: StoredPair,
  read: PairUpdates | Error,
  kernel: GramKernel,
  choice: ScaleChoice | undefined,
): Finding[] {
  const unmeasured = (sentence: string): UnmeasuredUpdate => ({name: pair.name, pair, broken: [], sentence});
  if (read instanceof Error) return [unmeasured(read.message)];
  const {updates, alpha} = read;
  const scale = scaleOf(pair, alpha, adapter.scales, choice);
  if (!Number.isFinite(scale.scale))
    return [unmeasured(`${shown(pair.name)}: its alpha is ${alpha}, so its scale is ${scale.scale}`)];
  // A file of our own lab says so if its A began wider than PEFT's by √3.
  const isWideStart = adapter.container.metadata.get("lora_a_start") === "normal, variance 1/in";
  return updates.map((update) => {
    const finding = measureUpdate(pair, update, scale, kernel);
    return isMeasured(finding) && isWideStart ? {...finding, start: finding.start / Math.sqrt(3)} : finding;
  });
}

function measureUpdate(pair: StoredPair, update: UpdateFactors, scaleOfPair: Scale, kernel: GramKernel): Finding {
  const {name, A, B} = update;
  const {scale} = scaleOfPair;
  const grams = gramsOf({A, B, scale}, kernel);
  if (!areFinite(grams)) return unusable(pair, update);
  const rough = spectrumOf(grams);
  // If A or B is 0, QR would find nothing else.
  const byQr = rough.evenness < LEAST_EVENNESS && trace(grams.B) > 0 && trace(grams.A) > 0;
  const values = valuesOf(grams, byQr ? exactSpectrum({A, B, scale}) : rough.s);
  // Norms are squared when modules are added up or compared.
  if (!(values.norm ** 2 < Number.POSITIVE_INFINITY)) return unusable(pair, update);
  return {
    ...values,
    name,
    pair,
    r: A.rows,
    sumB: absoluteSum(B),
    ...scaleOfPair,
    byQr,
  };
}

/** What follows from the Gram matrices and the singular values `s`. */
function valuesOf(grams: Grams, s: Float64Array) {
  const r = grams.A.rows;
  const [rmsA, rmsB] = [Math.sqrt(trace(grams.A) / (r * grams.k)), Math.sqrt(trace(grams.B) / (r * grams.d))];
  return {
    grams,
    norm: deltaNorm(grams),
    s,
    effective: effectiveRank(s),
    energy: energyRank(s),
    r90: rankForEnergy(s, 0.9),
    r99: rankForEnergy(s, 0.99),
    rmsA,
    rmsB,
    start: rmsA * Math.sqrt(3 * grams.k),
  };
}

function absoluteSum({data}: Rows): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]);
  return sum;
}

function trace({rows, data}: {rows: number; data: Float64Array}): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
  return sum;
}

/** An update with NaN or infinity in A or B, or with numbers that are too large to be squared. */
function unusable(pair: StoredPair, {name, A, B}: UpdateFactors): UnmeasuredUpdate {
  const broken = [
    {tensor: pair.A, count: countNonfinite(A)},
    {tensor: pair.B, count: countNonfinite(B)},
  ].filter(({count}) => count > 0);
  const [first] = broken;
  const sentence = first
    ? `${first.count} of the numbers in ${shown(first.tensor)} ${first.count === 1 ? "is" : "are"} NaN or infinite; ` +
      "such a module makes every output NaN"
    : "its numbers are so large that their squares exceed float64";
  return {name, pair, broken, sentence: `${shown(name)}: ${sentence}`};
}

function countNonfinite({data}: Rows): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]) < Number.POSITIVE_INFINITY)) count++;
  return count;
}

/** An update at another scale: norms and singular values are multiplied, ranks and directions stay. */
export function rescaled(one: MeasuredUpdate, scale: number, scaleFrom: ScaleFrom = "chosen"): MeasuredUpdate {
  if (!Number.isFinite(scale)) throw new Error(`rescaled: the scale is ${scale}; it must be a finite number`);
  const oldScale = Math.abs(one.scale);
  // At a scale of 0 the spectrum is lost; it comes back from the Gram matrices.
  const unscaled = oldScale > 0 ? one.s.map((sigma) => sigma / oldScale) : spectrumOf({...one.grams, scale: 1}).s;
  const s = unscaled.map((sigma) => sigma * Math.abs(scale));
  const {alpha, isRs, ...rest} = one;
  return {...rest, ...valuesOf({...one.grams, scale}, s), start: one.start, scale, scaleFrom, alpha: scale * one.r};
}
