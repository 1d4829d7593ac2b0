/** The comparison of two open adapters in the worker: cosines, φ and chance, and the norms, spectra and ranks of a merge. */
import type {MeasuredUpdate} from "../engine/adapters/inspect/measure.ts";
import type {OpenedAdapter} from "../engine/adapters/inspect/open.ts";
import {readPair, type UpdateFactors} from "../engine/adapters/inspect/pairs.ts";
import {
  commonName,
  crossAdapters,
  type ModuleMatch,
  matchModules,
  sizesApart,
} from "../engine/adapters/inspect/second.ts";
import {inOrder, spotOf} from "../engine/adapters/moduleNames.ts";
import {
  type CrossGrams,
  compare,
  compareAll,
  exactSimilarity,
  haveSameStart,
  type Similarity,
  similarityOf,
} from "../engine/analysis/updates/compareUpdates.ts";
import {deltaNorm, type Side, spectrumOf} from "../engine/analysis/updates/grams.ts";
import {lengthKept, mergedGrams} from "../engine/analysis/updates/merging.ts";
import {rankForEnergy} from "../engine/linalg/spectrum.ts";
import {lossByRank} from "./cutting.ts";
import type {
  AdapterSlot,
  ComparedAdapters,
  Job,
  LeftOut,
  MergeView,
  PairView,
  PhiView,
  Request,
  Sides,
  Weights,
} from "./protocol.ts";
import {ORDINALS} from "./sentences.ts";
import type {Session, SessionAdapter} from "./session.ts";

/** φ is shown for at most this many directions of each adapter. */
const MAX_DIRECTIONS = 8;

/** Milliseconds of work after which waiting messages are read. */
const PAUSE_AFTER = 30;

/** The updates of both adapters to one weight, with their cross products. */
interface Crossed {
  one: MeasuredUpdate;
  two: MeasuredUpdate;
  cross: CrossGrams;
}

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
const bySide = <T>(of: (side: Side) => T): Sides<T> => ({A: of("A"), B: of("B")});

/** The names of the second adapter's updates by the first one's names. */
function partnersOf({shared}: ModuleMatch): Map<string, string> {
  return new Map(
    shared.flatMap(({one, two}) =>
      one.experts > 1
        ? Array.from({length: one.experts}, (_, e): [string, string] => [`${one.name}[${e}]`, `${two.name}[${e}]`])
        : [[one.name, two.name] as [string, string]],
    ),
  );
}

/** The last entry of a table of φ: that of all directions of both. */
const lastEntry = ({data}: {data: Float64Array}) => data.at(-1) ?? 0;

function pairView({one, two, cross}: Crossed): PairView {
  const similarity = bySide((side) => similarityOf(one.grams, two.grams, cross, side));
  return {
    ...compare(one.grams, two.grams, cross),
    name: one.name,
    spot: spotOf(one.name),
    ranks: [one.r, two.r],
    phi: bySide((side) => lastEntry(similarity[side].grid)),
    chance: bySide((side) => lastEntry(similarity[side].chance)),
  };
}

const leaveOut = (name: string, why: string): LeftOut => ({name, spot: spotOf(name), why});

/** Modules of both that cannot be compared: their sizes differ, or one adapter has only A or B. */
function incomparableModules(one: OpenedAdapter, two: OpenedAdapter, {mismatched}: ModuleMatch): LeftOut[] {
  const names = [one, two].map(({pairs}) => new Set([...pairs.keys()].map(commonName)));
  const halves = [one, two].flatMap(({problems, keys, pairs}, i) =>
    problems
      .filter(({name}) => keys.modules.has(name) && !pairs.has(name) && names[1 - i]!.has(commonName(name)))
      .map(({name, sentence}) => leaveOut(name, `in the ${ORDINALS[i]} adapter, ${sentence}`)),
  );
  return [...mismatched.map(({name, one, two}) => leaveOut(name, sizesApart(one, two))), ...halves];
}

/** The error where no module can be compared. */
const nothingUsableError = ([first]: readonly LeftOut[]) =>
  new Error(
    `None of the modules that both have can be used${first ? `. The first is ${first.name}: ${first.why}` : ""}.`,
  );

/** In which adapter a module could not be measured, and why. */
function whyFailed(
  found: {name: string; sentence?: string},
  partner: string | undefined,
  unusable: readonly ReadonlyMap<string, string>[],
): string {
  const pairName = (name: string) => name.replace(/\[\d+\]$/, "");
  for (const [i, name] of [found.name, partner ?? found.name].entries()) {
    const why = unusable[i]!.get(name) ?? unusable[i]!.get(pairName(name));
    if (why !== undefined) return `in the ${ORDINALS[i]} adapter, ${why}`;
  }
  return found.sentence?.replace(/^\w+: /, "") ?? "it could not be read";
}

/** The comparison of both slots, kept for φ and merges until an adapter changes. */
export class Comparing {
  readonly #session: Session;
  #crossed = new Map<string, Crossed>();
  /** The adapters that were compared. */
  #compared: [SessionAdapter, SessionAdapter] | undefined;
  /** The modules that only the first has, and only the second. */
  #alone: [ReadonlySet<string>, ReadonlySet<string>] = [new Set(), new Set()];
  #lastSpectra: Spectra | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads both files once more, pair by pair. Throws errors in plain words where nothing can be compared. */
  async *compare(): Job<"compare"> {
    const adapters: [SessionAdapter, SessionAdapter] = [this.#session.at(0), this.#session.at(1)];
    const [{adapter: first}, {adapter: second}] = adapters;
    const match = matchModules(first, second);
    const failed = incomparableModules(first, second, match);
    if (match.sentence)
      throw failed[0] && match.mismatched.length === 0 ? nothingUsableError(failed) : new Error(match.sentence);
    const measuredByName = (slot: AdapterSlot) => new Map(this.#session.measured(slot).map((one) => [one.name, one]));
    const [ones, twos] = [measuredByName(0), measuredByName(1)];
    const partnerOf = partnersOf(match);
    const crossed = new Map<string, Crossed>();
    const unusable = [this.#session.unusable(0), this.#session.unusable(1)];
    let done = 0;
    for await (const result of crossAdapters(first, second, this.#session.kernel, match)) {
      const [one, two] = [ones.get(result.name), twos.get(partnerOf.get(result.name) ?? "")];
      if ("cross" in result && one && two) crossed.set(result.name, {one, two, cross: result.cross});
      else failed.push(leaveOut(result.name, whyFailed(result, partnerOf.get(result.name), unusable)));
      yield {done: ++done, of: partnerOf.size};
    }
    if (crossed.size === 0) throw nothingUsableError(failed);
    this.#crossed = crossed;
    this.#compared = adapters;
    this.#alone = [new Set(match.onlyFirst), new Set(match.onlySecond)];
    this.#lastSpectra = undefined;
    return this.#result(match, failed);
  }

  #result(match: ModuleMatch, failed: LeftOut[]): ComparedAdapters {
    const pairs = [...this.#crossed.values()].map(pairView);
    const phi = bySide((side) => mean(pairs.map((pair) => pair.phi[side])));
    const chance = bySide((side) => mean(pairs.map((pair) => pair.chance[side])));
    return {
      whole: compareAll(pairs),
      pairs,
      spots: inOrder([...pairs, ...failed], ({name}) => name).map(({name, spot}) => ({name, spot})),
      phi,
      chance,
      haveSameStart: haveSameStart(phi, chance),
      onlyInFirst: match.onlyFirst.length,
      onlyInSecond: match.onlySecond.length,
      leftOut: failed,
    };
  }

  /** The updates of a module in both. Throws if the adapters were not compared. */
  #at(name: string): Crossed {
    const pair = this.#crossed.get(name);
    if (!pair) throw new Error("These two were not compared yet.");
    return pair;
  }

  /** φ(i, j) of one module; from the factors themselves where a Gram matrix is near singular. */
  async phi(name: string): Promise<PhiView> {
    const pair = this.#at(name);
    const {one, two, cross} = pair;
    const exact = one.byQr || two.byQr ? await this.#factors(pair) : undefined;
    return bySide((side) => {
      const similarity = exact
        ? exactSimilarity({...exact[0], scale: 1}, {...exact[1], scale: 1}, side)
        : similarityOf(one.grams, two.grams, cross, side);
      return {...firstDirections(similarity), width: side === "A" ? one.pair.k : one.pair.d};
    });
  }

  /** A and B of both adapters, read from their files. */
  async #factors({one, two}: Crossed): Promise<[UpdateFactors, UpdateFactors]> {
    const read = async (of: MeasuredUpdate, from: SessionAdapter) =>
      (await readPair(from.adapter.container, of.pair)).updates.find(({name}) => name === of.name)!;
    return [await read(one, this.#compared![0]), await read(two, this.#compared![1])];
  }

  /** The merge at these weights: its length over all modules and in each, and the spectrum of the module `name`. */
  merge({weights, name}: Request<"merge">): MergeView {
    const all = [...this.#crossed.values()];
    const scaled = all.map(gramsIn);
    const norms = scaled.map(({one, two, cross}) => deltaNorm(mergedGrams(one, two, cross, weights)));
    const unrelated = scaled.map(({one, two}) => Math.hypot(weights[0] * deltaNorm(one), weights[1] * deltaNorm(two)));
    const length = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const chosenGrams = gramsIn(this.#at(name));
    return {
      lengthsKept: scaled.map(({one, two, cross}) => lengthKept(one, two, cross, weights)),
      whole: {norm: length(norms), lengthKept: length(unrelated) > 0 ? length(norms) / length(unrelated) : 1},
      s: spectrumOf(mergedGrams(chosenGrams.one, chosenGrams.two, chosenGrams.cross, weights)).s,
    };
  }

  /** The spectra of all modules of the merge at these weights. Those of the last weights are kept. */
  async *#spectra(weights: Weights): AsyncGenerator<undefined, Spectra> {
    const last = this.#lastSpectra;
    if (last && last.weights.join() === weights.join()) return last;
    const ofBoth: Float64Array[] = [];
    let since = performance.now();
    for (const pair of this.#crossed.values()) {
      const {one, two, cross} = gramsIn(pair);
      ofBoth.push(spectrumOf(mergedGrams(one, two, cross, weights)).s);
      if (performance.now() - since < PAUSE_AFTER) continue;
      yield undefined;
      since = performance.now();
    }
    const ofOne = ([0, 1] as const).flatMap((slot) =>
      this.#session
        .measured(slot)
        .filter(({pair}) => this.#alone[slot].has(pair.name))
        .map(({s}) => s.map((sigma) => sigma * Math.abs(weights[slot]))),
    );
    this.#lastSpectra = {weights, ofBoth, ofOne};
    return this.#lastSpectra;
  }

  /** How many directions carry 90% of ‖ΔW‖² of the merge, on average over the modules of both that change anything. */
  async *mergeDirections(weights: Weights): Job<"mergeDirections"> {
    const {ofBoth} = yield* this.#spectra(weights);
    return mean(ofBoth.flatMap((s) => (s[0]! > 0 ? [rankForEnergy(s, 0.9)] : [])));
  }

  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ of the whole merge, cut to rank 1, 2, … Throws if the open adapters were not compared. */
  async *mergeLosses(weights: Weights): AsyncGenerator<undefined, number[]> {
    if (this.#compared?.[0] !== this.#session.at(0) || this.#compared[1] !== this.#session.at(1))
      throw new Error("These two were not compared yet.");
    const {ofBoth, ofOne} = yield* this.#spectra(weights);
    return lossByRank([...ofBoth, ...ofOne]);
  }
}

/** The singular values of a merge at these weights, in the modules of both adapters and in those of one alone. */
interface Spectra {
  weights: Weights;
  ofBoth: Float64Array[];
  ofOne: Float64Array[];
}

const gramsIn = ({one, two, cross}: Crossed) => ({one: one.grams, two: two.grams, cross});

/** The first directions of each, row by row. */
function firstDirections({grid, chance}: Similarity) {
  const [rows, cols] = [Math.min(MAX_DIRECTIONS, grid.rows), Math.min(MAX_DIRECTIONS, grid.cols)];
  const pick = ({cols: width, data}: {cols: number; data: Float64Array}) =>
    Array.from({length: rows * cols}, (_, at) => data[Math.floor(at / cols) * width + (at % cols)]!);
  return {rows, cols, phi: pick(grid), chance: pick(chance)};
}
