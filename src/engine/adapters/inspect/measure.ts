/** Reads an opened adapter pair by pair and says what each does: norm, spectrum, ranks. Gram matrices are all that stays. */
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
import type {StoredPair} from "./pairs.ts";
import {type ReadModule, type ReadPair, readPair} from "./pairs.ts";
import {type Choice, type Scale, type ScaledModule, type ScaleFrom, scaleOf} from "./scales.ts";

/** The measurements of one update. */
export interface Measured extends ScaledModule {
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
  /** The root mean squares of A and B. */
  rootA: number;
  rootB: number;
  /** Σ|B|: 0 in a model that has not loaded it. */
  sumB: number;
  /** rootA against where A began: 1/√(3k) in PEFT and MLX, 1/√k where the file's metadata say so. */
  start: number;
  /** Whether the spectrum took QR, because a factor is near singular. */
  byQr: boolean;
}

/** An update whose numbers cannot be used. */
export interface Unmeasured {
  name: string;
  pair: StoredPair;
  /** The tensors that hold NaN or infinity, with how many; none when the pair could not be read. */
  broken: {tensor: string; count: number}[];
  sentence: string;
}

/** What a pass gives for each update. */
export type Finding = Measured | Unmeasured;

/** Whether an update was measured. */
export const isMeasured = (finding: Finding): finding is Measured => "grams" in finding;

/**
 * Reads the pairs one after the other and gives each update as soon as it is measured, in the order of `pairs`; end the
 * loop to cancel. The next pair is fetched while one is measured, so at most two are in memory. A pair that cannot be read
 * or holds NaN becomes a sentence and stops nothing. `choice` is the alpha or the scale for modules whose file has none.
 */
export async function* measureAdapter(
  adapter: OpenedAdapter,
  kernel: GramKernel,
  choice?: Choice,
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
  choice?: Choice,
): Promise<Finding[]> {
  return findingsOf(adapter, pair, await fetchPair(adapter, pair), kernel, choice);
}

/** A pair, or why it cannot be read. It never rejects, so it may wait for its turn. */
async function fetchPair(adapter: OpenedAdapter, pair: StoredPair | undefined): Promise<ReadModule | Error> {
  if (!pair) return new Error("inspect: there is no pair");
  try {
    return await readPair(adapter.container, pair);
  } catch (error) {
    return error as Error;
  }
}

function findingsOf(
  adapter: OpenedAdapter,
  pair: StoredPair,
  read: ReadModule | Error,
  kernel: GramKernel,
  choice: Choice | undefined,
): Finding[] {
  if (read instanceof Error) return [unmeasured(pair, pair.name, [], read.message)];
  const {updates, alpha} = read;
  const scale = scaleOf(pair, alpha, adapter.scales, choice);
  if (!Number.isFinite(scale.scale))
    return [
      unmeasured(pair, pair.name, [], `${shown(pair.name)}: its alpha is ${alpha}, so its scale is ${scale.scale}`),
    ];
  const factor = startFactorOf(adapter);
  return updates.map((update) => {
    const finding = measureUpdate(pair, update, scale, kernel);
    return isMeasured(finding) ? {...finding, start: finding.start * factor} : finding;
  });
}

/** How much narrower PEFT's start is than the start that a file of our own lab states. */
const startFactorOf = ({container}: OpenedAdapter) =>
  container.metadata.get("lora_a_start") === "normal, variance 1/in" ? Math.sqrt(1 / 3) : 1;

const unmeasured = (pair: StoredPair, name: string, broken: Unmeasured["broken"], sentence: string): Unmeasured => ({
  name,
  pair,
  broken,
  sentence,
});

function measureUpdate(
  pair: StoredPair,
  {name, A, B}: ReadPair,
  {scale, from, alpha, isRs}: Scale,
  kernel: GramKernel,
): Finding {
  const grams = gramsOf({A, B, scale}, kernel);
  if (!areFinite(grams)) return brokenPair(pair, name, A, B);
  const rough = spectrumOf(grams);
  // Where B = 0, QR would find nothing else.
  const byQr = rough.evenness < LEAST_EVENNESS && trace(grams.B) > 0 && trace(grams.A) > 0;
  const s = byQr ? exactSpectrum({A, B, scale}) : rough.s;
  const values = valuesOf(grams, s);
  // Norms are squared when modules are added up or compared.
  if (!(values.norm ** 2 < Number.POSITIVE_INFINITY)) return tooLarge(pair, name);
  return {
    ...values,
    name,
    pair,
    r: A.rows,
    sumB: sumOf(B),
    scale,
    scaleFrom: from,
    ...(alpha !== undefined && {alpha, isRs: isRs === true}),
    byQr,
  };
}

/** What follows from the Gram matrices and the spectrum. */
function valuesOf(grams: Grams, s: Float64Array) {
  const r = grams.A.rows;
  const [rootA, rootB] = [Math.sqrt(trace(grams.A) / (r * grams.k)), Math.sqrt(trace(grams.B) / (r * grams.d))];
  return {
    grams,
    norm: deltaNorm(grams),
    s,
    effective: effectiveRank(s),
    energy: energyRank(s),
    r90: rankForEnergy(s, 0.9),
    r99: rankForEnergy(s, 0.99),
    rootA,
    rootB,
    start: rootA * Math.sqrt(3 * grams.k),
  };
}

const sumOf = ({data}: Rows) => {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]);
  return sum;
};

const trace = ({rows, data}: {rows: number; data: Float64Array}) => {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
  return sum;
};

function brokenPair(pair: StoredPair, name: string, A: Rows, B: Rows): Finding {
  const broken = [
    {tensor: pair.A, count: countNonfinite(A)},
    {tensor: pair.B, count: countNonfinite(B)},
  ].filter(({count}) => count > 0);
  if (broken.length === 0) return tooLarge(pair, name);
  const [{tensor, count}] = broken;
  return unmeasured(
    pair,
    name,
    broken,
    `${shown(name)}: ${count} of the numbers in ${shown(tensor)} ${count === 1 ? "is" : "are"} NaN or infinite; such a module makes every output NaN`,
  );
}

const tooLarge = (pair: StoredPair, name: string) =>
  unmeasured(pair, name, [], `${shown(name)}: its numbers are so large that their squares exceed float64`);

const countNonfinite = ({data}: Rows) => {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]) < Number.POSITIVE_INFINITY)) count++;
  return count;
};

/** The same update at another scale: norms and singular values are multiplied, ranks and directions stay. */
export function rescaled(one: Measured, scale: number, scaleFrom: ScaleFrom = "chosen"): Measured {
  if (!Number.isFinite(scale)) throw new Error(`rescaled: the scale is ${scale}; it must be a finite number`);
  const old = Math.abs(one.scale);
  // A scale of 0 has lost the spectrum; it comes back from the Gram matrices.
  const unit = old > 0 ? one.s.map((sigma) => sigma / old) : spectrumOf({...one.grams, scale: 1}).s;
  const s = unit.map((sigma) => sigma * Math.abs(scale));
  const {alpha, isRs, ...rest} = one;
  return {...rest, ...valuesOf({...one.grams, scale}, s), start: one.start, scale, scaleFrom, alpha: scale * one.r};
}
