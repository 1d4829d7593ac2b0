/** The comparison of two open adapters in the worker: cosines, φ and chance, and the norms, spectra and losses of a merge. */
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
  LeftOutModule,
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
interface SharedModule {
  one: MeasuredUpdate;
  two: MeasuredUpdate;
  cross: CrossGrams;
}

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
const bySide = <T>(valueFor: (side: Side) => T): Sides<T> => ({A: valueFor("A"), B: valueFor("B")});

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

function pairView({one, two, cross}: SharedModule): PairView {
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

const leftOutModule = (name: string, why: string): LeftOutModule => ({name, spot: spotOf(name), why});

/** Modules of both that cannot be compared: their sizes differ, or in one adapter A and B make no pair. */
function incomparableModules(first: OpenedAdapter, second: OpenedAdapter, {mismatched}: ModuleMatch): LeftOutModule[] {
  const names = [first, second].map(({pairs}) => new Set([...pairs.keys()].map(commonName)));
  const unpaired = [first, second].flatMap(({problems, keys, pairs}, i) =>
    problems
      .filter(({name}) => keys.modules.has(name) && !pairs.has(name) && names[1 - i]!.has(commonName(name)))
      .map(({name, sentence}) => leftOutModule(name, `in the ${ORDINALS[i]} adapter, ${sentence}`)),
  );
  return [...mismatched.map(({name, one, two}) => leftOutModule(name, sizesApart(one, two))), ...unpaired];
}

/** The error where no module can be compared. */
const nothingUsableError = ([first]: readonly LeftOutModule[]) =>
  new Error(
    `None of the modules that both have can be used${first ? `. The first is ${first.name}: ${first.why}` : ""}.`,
  );

/** In which adapter a module could not be measured, and why. */
function whyFailed(
  result: {name: string; sentence?: string},
  partner: string | undefined,
  unusable: readonly ReadonlyMap<string, string>[],
): string {
  const pairName = (name: string) => name.replace(/\[\d+\]$/, "");
  for (const [i, name] of [result.name, partner ?? result.name].entries()) {
    const why = unusable[i]!.get(name) ?? unusable[i]!.get(pairName(name));
    if (why !== undefined) return `in the ${ORDINALS[i]} adapter, ${why}`;
  }
  return result.sentence?.replace(/^\w+: /, "") ?? "it could not be read";
}

/** The comparison of both slots, kept for φ and merges until the next one. */
export class AdapterComparison {
  readonly #session: Session;
  #sharedModules = new Map<string, SharedModule>();
  /** The adapters that were compared. */
  #compared: [SessionAdapter, SessionAdapter] | undefined;
  /** The names of the modules that only the first has, and only the second. */
  #unsharedNames: [ReadonlySet<string>, ReadonlySet<string>] = [new Set(), new Set()];
  #lastSpectra: Spectra | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads both files once more, pair by pair. Throws errors in plain words where nothing can be compared. */
  async *compare(): Job<"compare"> {
    const adapters: [SessionAdapter, SessionAdapter] = [this.#session.at(0), this.#session.at(1)];
    const [{adapter: first}, {adapter: second}] = adapters;
    const match = matchModules(first, second);
    const leftOut = incomparableModules(first, second, match);
    if (match.sentence)
      throw leftOut[0] && match.mismatched.length === 0 ? nothingUsableError(leftOut) : new Error(match.sentence);
    const measuredByName = (slot: AdapterSlot) => new Map(this.#session.measured(slot).map((one) => [one.name, one]));
    const [ones, twos] = [measuredByName(0), measuredByName(1)];
    const partnerOf = partnersOf(match);
    const sharedModules = new Map<string, SharedModule>();
    const unusable = [this.#session.unusable(0), this.#session.unusable(1)];
    let done = 0;
    for await (const result of crossAdapters(first, second, this.#session.kernel, match)) {
      const [one, two] = [ones.get(result.name), twos.get(partnerOf.get(result.name) ?? "")];
      if ("cross" in result && one && two) sharedModules.set(result.name, {one, two, cross: result.cross});
      else leftOut.push(leftOutModule(result.name, whyFailed(result, partnerOf.get(result.name), unusable)));
      yield {done: ++done, of: partnerOf.size};
    }
    if (sharedModules.size === 0) throw nothingUsableError(leftOut);
    this.#sharedModules = sharedModules;
    this.#compared = adapters;
    this.#unsharedNames = [new Set(match.onlyFirst), new Set(match.onlySecond)];
    this.#lastSpectra = undefined;
    return this.#result(match, leftOut);
  }

  #result(match: ModuleMatch, leftOut: LeftOutModule[]): ComparedAdapters {
    const pairs = [...this.#sharedModules.values()].map(pairView);
    const phi = bySide((side) => mean(pairs.map((pair) => pair.phi[side])));
    const chance = bySide((side) => mean(pairs.map((pair) => pair.chance[side])));
    return {
      whole: compareAll(pairs),
      pairs,
      spots: inOrder([...pairs, ...leftOut], ({name}) => name).map(({name, spot}) => ({name, spot})),
      phi,
      chance,
      haveSameStart: haveSameStart(phi, chance),
      onlyInFirst: match.onlyFirst.length,
      onlyInSecond: match.onlySecond.length,
      leftOut,
    };
  }

  /** The updates of a module in both. Throws if they were not compared. */
  #at(name: string): SharedModule {
    const sharedModule = this.#sharedModules.get(name);
    if (!sharedModule) throw new Error("These two were not compared yet.");
    return sharedModule;
  }

  /** φ(i, j) of one module; from the factors themselves where a Gram matrix is near singular. */
  async phi(name: string): Promise<PhiView> {
    const sharedModule = this.#at(name);
    const {one, two, cross} = sharedModule;
    const exact = one.byQr || two.byQr ? await this.#factors(sharedModule) : undefined;
    return bySide((side) => {
      const similarity = exact
        ? exactSimilarity({...exact[0], scale: 1}, {...exact[1], scale: 1}, side)
        : similarityOf(one.grams, two.grams, cross, side);
      return {...firstDirections(similarity), width: side === "A" ? one.pair.k : one.pair.d};
    });
  }

  /** A and B of both adapters, read from their files. */
  async #factors({one, two}: SharedModule): Promise<[UpdateFactors, UpdateFactors]> {
    const read = async (update: MeasuredUpdate, {adapter}: SessionAdapter) =>
      (await readPair(adapter.container, update.pair)).updates.find(({name}) => name === update.name)!;
    return [await read(one, this.#compared![0]), await read(two, this.#compared![1])];
  }

  /** The merge at these weights: how much of the length is kept over all modules and in each, and the spectrum of the module `name`. */
  merge({weights, name}: Request<"merge">): MergeView {
    const all = [...this.#sharedModules.values()];
    const allGrams = all.map(gramsIn);
    const norms = allGrams.map(({one, two, cross}) => deltaNorm(mergedGrams(one, two, cross, weights)));
    const unrelatedNorms = allGrams.map(({one, two}) =>
      Math.hypot(weights[0] * deltaNorm(one), weights[1] * deltaNorm(two)),
    );
    const lengthOf = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const chosenGrams = gramsIn(this.#at(name));
    return {
      lengthsKept: allGrams.map(({one, two, cross}) => lengthKept(one, two, cross, weights)),
      whole: {
        norm: lengthOf(norms),
        lengthKept: lengthOf(unrelatedNorms) > 0 ? lengthOf(norms) / lengthOf(unrelatedNorms) : 1,
      },
      s: spectrumOf(mergedGrams(chosenGrams.one, chosenGrams.two, chosenGrams.cross, weights)).s,
    };
  }

  /** The spectra of all modules of the merge at these weights. Those of the last weights are kept. */
  async *#spectra(weights: Weights): AsyncGenerator<undefined, Spectra> {
    const last = this.#lastSpectra;
    if (last && last.weights.join() === weights.join()) return last;
    const spectraOfBoth: Float64Array[] = [];
    let lastPause = performance.now();
    for (const sharedModule of this.#sharedModules.values()) {
      const {one, two, cross} = gramsIn(sharedModule);
      spectraOfBoth.push(spectrumOf(mergedGrams(one, two, cross, weights)).s);
      if (performance.now() - lastPause < PAUSE_AFTER) continue;
      yield undefined;
      lastPause = performance.now();
    }
    const spectraOfOne = ([0, 1] as const).flatMap((slot) =>
      this.#session
        .measured(slot)
        .filter(({pair}) => this.#unsharedNames[slot].has(pair.name))
        .map(({s}) => s.map((sigma) => sigma * Math.abs(weights[slot]))),
    );
    this.#lastSpectra = {weights, spectraOfBoth, spectraOfOne};
    return this.#lastSpectra;
  }

  /** How many directions carry 90% of ‖ΔW‖² of the merge, on average over the modules of both that change anything. */
  async *mergeDirections(weights: Weights): Job<"mergeDirections"> {
    const {spectraOfBoth} = yield* this.#spectra(weights);
    return mean(spectraOfBoth.flatMap((s) => (s[0]! > 0 ? [rankForEnergy(s, 0.9)] : [])));
  }

  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ of the whole merge, cut to rank 1, 2, … Throws if the open adapters were not compared. */
  async *mergeLosses(weights: Weights): AsyncGenerator<undefined, number[]> {
    if (this.#compared?.[0] !== this.#session.at(0) || this.#compared[1] !== this.#session.at(1))
      throw new Error("These two were not compared yet.");
    const {spectraOfBoth, spectraOfOne} = yield* this.#spectra(weights);
    return lossByRank([...spectraOfBoth, ...spectraOfOne]);
  }
}

/** The singular values of a merge at these weights, in the modules of both adapters and in those of one alone. */
interface Spectra {
  weights: Weights;
  spectraOfBoth: Float64Array[];
  spectraOfOne: Float64Array[];
}

const gramsIn = ({one, two, cross}: SharedModule) => ({one: one.grams, two: two.grams, cross});

/** φ and chance of the first directions of each, row by row. */
function firstDirections({grid, chance}: Similarity) {
  const [rows, cols] = [Math.min(MAX_DIRECTIONS, grid.rows), Math.min(MAX_DIRECTIONS, grid.cols)];
  const pick = ({cols: width, data}: {cols: number; data: Float64Array}) =>
    Array.from({length: rows * cols}, (_, at) => data[Math.floor(at / cols) * width + (at % cols)]!);
  return {rows, cols, phi: pick(grid), chance: pick(chance)};
}
