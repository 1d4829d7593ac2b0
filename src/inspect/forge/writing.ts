/** The word forge with the open adapters on it: the words that a weighted sum of them writes. */
import {fromBase64} from "../../engine/adapters/base64.ts";
import {readPair} from "../../engine/adapters/inspect/readPair.ts";
import {readOwnBase} from "../../engine/adapters/ownBase.ts";
import type {Rows} from "../../engine/kernels/gram/gramKernel.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {WeightName} from "../../engine/network/architecture.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LETTERS, MARK, wordForge} from "../../engine/training/words.ts";
import type {AdapterSlot, Orders} from "../protocol.ts";
import type {Held, Session} from "../session.ts";

/** Words of a column. */
export const WRITTEN = 6;

/** An update of one matrix of the forge: scale · B·A, with A (r × k) and B turned (r × d). */
export interface ForgeUpdate {
  name: WeightName;
  A: Rows;
  B: Rows;
  scale: number;
}

/** The forge with w₁ΔW₁ + w₂ΔW₂ in its weights: a copy, always from the base, so nothing adds up over many moves. */
function merged(
  {sizes, weights}: Transformer,
  updates: readonly (readonly ForgeUpdate[])[],
  by: readonly number[],
): Transformer {
  const copy = allocate(weights.layout, weights.flat.slice());
  updates.forEach((all, i) => {
    const weight = by[i]!;
    // An update at weight 0 is left out, so that it does not round the other one.
    if (weight === 0) return;
    for (const {name, A, B, scale} of all) addTo(copy.views[name], A, B, weight * scale);
  });
  return {sizes, weights: copy, attached: []};
}

/** W (d × k) += factor · B·A. */
function addTo({data, cols}: Matrix, A: Rows, B: Rows, factor: number): void {
  for (let l = 0; l < A.rows; l++)
    for (let i = 0; i < B.cols; i++) {
      const b = factor * B.data[l * B.cols + i]!;
      for (let j = 0; j < cols; j++) data[i * cols + j]! += b * A.data[l * cols + j]!;
    }
}

/** A model's logits as `sampleWords` asks for them, without the work for words that have ended. */
function logitsOf(model: Transformer): (tokens: Int32Array, B: number) => Matrix {
  const cols = LETTERS.length;
  return (tokens, B) => {
    const T = tokens.length / B;
    const words = Array.from({length: B}, (_, b) => tokens.subarray(b * T, (b + 1) * T));
    const open = words.flatMap((word, b) => (T > 1 && word[T - 1] === MARK ? [] : b));
    const {logits} = forward(model, Int32Array.from(open.flatMap((b) => [...words[b]!])), open.length);
    const data = new Float64Array(tokens.length * cols);
    open.forEach((b, i) => {
      data.set(logits.data.subarray(i * T * cols, (i + 1) * T * cols), b * T * cols);
    });
    return {rows: tokens.length, cols, data};
  };
}

/** The words of a model; the same seed draws the same numbers for every model. */
const wordsOf = (model: Transformer, seed: number): string[] => sampleWords(logitsOf(model), WRITTEN, mulberry32(seed));

const ORDINALS = ["first", "second"] as const;

/** The forge, once the page has lent its weights, and the adapters as far as they were read for it. */
export class Writing {
  readonly #session: Session;
  readonly #read = new WeakMap<Held, Promise<ForgeUpdate[]>>();
  #base: Transformer | undefined;
  #kept: string[][] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Takes the weights of the forge. */
  lend({base64}: Orders["lend"]["order"]): undefined {
    this.#base = readOwnBase(fromBase64(base64), wordForge);
  }

  /** Takes the lab's word lists, and keeps the held-out words of each. */
  async lendLists({lists}: Orders["lendLists"]["order"]): Promise<undefined> {
    const {keptBack} = await import("./doubting.ts");
    this.#kept = lists.map(keptBack);
  }

  /** What the forge writes with both adapters at these weights. Throws in words where it cannot. */
  async write({weights, seed}: Orders["write"]["order"]): Promise<string[]> {
    const model = await this.#model(weights);
    try {
      return wordsOf(model, seed);
    } catch {
      throw new Error("At these weights the numbers in the forge overflow, so it writes nothing. Lower a weight.");
    }
  }

  /** The letters in doubt at these weights on every list that was lent. Throws as `write` does. */
  async *doubt({weights}: Orders["doubt"]["order"]): AsyncGenerator<undefined, number[]> {
    const {doubtsOf} = await import("./doubting.ts");
    return yield* doubtsOf(await this.#model(weights), this.#kept);
  }

  async #model(weights: readonly number[]): Promise<Transformer> {
    if (!this.#base) throw new Error("The word forge is not loaded yet.");
    const updates = await Promise.all(([0, 1] as const).map((slot) => this.#updates(slot)));
    return merged(this.#base, updates, weights);
  }

  /** The updates of a slot with their scales. The findings are asked each time, so a scale that was chosen since counts. */
  async #updates(slot: AdapterSlot): Promise<ForgeUpdate[]> {
    const held = this.#session.at(slot);
    if (held.lab === undefined)
      throw new Error(`The ${ORDINALS[slot]} adapter is not for the word forge, so the forge cannot write with it.`);
    const [bad] = this.#session.unusable(slot);
    if (bad) throw new Error(`In the ${ORDINALS[slot]} adapter, ${bad[1]}, so the forge cannot write with it.`);
    const scales = new Map(this.#session.measured(slot).map(({name, scale}) => [name, scale]));
    if (!this.#read.has(held)) this.#read.set(held, factorsOf(held));
    const factors = await this.#read.get(held)!;
    return factors.map((one) => ({...one, scale: scales.get(one.name)!}));
  }
}

/** Reads all pairs of an adapter for the forge; they are a few thousand parameters. */
async function factorsOf({adapter: {container, pairs}}: Held): Promise<ForgeUpdate[]> {
  const read = await Promise.all([...pairs.values()].map((pair) => readPair(container, pair)));
  return read.flatMap(({updates}) => updates.map(({name, A, B}) => ({name: name as WeightName, A, B, scale: 1})));
}
