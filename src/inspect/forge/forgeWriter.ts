/** The word forge with a weighted sum of the open adapters in its weights: the words that it writes, and its letters in doubt. */
import {fromBase64} from "../../engine/adapters/base64.ts";
import {readPair} from "../../engine/adapters/inspect/pairs.ts";
import {readSiteBase} from "../../engine/adapters/siteBase.ts";
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Rows} from "../../engine/kernels/gram/gramKernel.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {WeightName} from "../../engine/network/architecture.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, LETTERS, MARK, splitWords, wordForge} from "../../engine/training/words.ts";
import {giveBack, lend, loadKernels} from "../../figures/shared/kernelPool.ts";
import {unpackWords} from "../../figures/shared/sortedWords.ts";
import type {AdapterSlot, Job, Request, Weights} from "../protocol.ts";
import {ORDINALS} from "../sentences.ts";
import type {Session, SessionAdapter} from "../session.ts";

/** How many words the forge writes at a time. */
const WORD_COUNT = 6;

/** An update of one matrix of the forge: scale · B·A, with A (r,k) and B transposed, (r,d). */
interface ForgeUpdate {
  name: WeightName;
  A: Rows;
  B: Rows;
  scale: number;
}

/** A copy of the forge with w₁ΔW₁ + w₂ΔW₂ in its weights. It is made from the base each time, so that rounding does not add up. */
function mergeInto(
  {sizes, weights}: Transformer,
  updates: readonly (readonly ForgeUpdate[])[],
  mergeWeights: Weights,
): Transformer {
  const copy = allocate(weights.layout, weights.flat.slice());
  updates.forEach((all, i) => {
    const weight = mergeWeights[i]!;
    // An update at weight 0 is left out, so that it does not round the other one.
    if (weight === 0) return;
    for (const {name, A, B, scale} of all) addTo(copy.views[name], A, B, weight * scale);
  });
  return {sizes, weights: copy, attached: []};
}

/** W (d,k) += factor · B·A, with B transposed, (r,d). */
function addTo({data, cols}: Matrix, A: Rows, B: Rows, factor: number): void {
  for (let l = 0; l < A.rows; l++)
    for (let i = 0; i < B.cols; i++) {
      const b = factor * B.data[l * B.cols + i]!;
      for (let j = 0; j < cols; j++) data[i * cols + j]! += b * A.data[l * cols + j]!;
    }
}

/** A model's logits for `sampleWords`, which are computed only for words that have not ended. */
function logitsOf(model: Transformer): (tokens: Int32Array, wordCount: number) => Matrix {
  const cols = LETTERS.length;
  return (tokens, wordCount) => {
    const length = tokens.length / wordCount;
    const words = Array.from({length: wordCount}, (_, w) => tokens.subarray(w * length, (w + 1) * length));
    /** The indices of words that have not ended. */
    const open = words.flatMap((word, w) => (length > 1 && word[length - 1] === MARK ? [] : w));
    const {logits} = forward(model, Int32Array.from(open.flatMap((w) => [...words[w]!])), open.length);
    const data = new Float64Array(tokens.length * cols);
    open.forEach((w, i) => {
      data.set(logits.data.subarray(i * length * cols, (i + 1) * length * cols), w * length * cols);
    });
    return {rows: tokens.length, cols, data};
  };
}

/** The words of a model; the same seed draws the same numbers for every model. */
const wordsOf = (model: Transformer, seed: number): string[] =>
  sampleWords(logitsOf(model), WORD_COUNT, mulberry32(seed));

/** A model's letters in doubt, e to the loss, on the words of a packed list that no run of the lab trains on. */
function lettersInDoubtOn(model: Transformer, packed: string): number {
  const {heldOut: words} = splitWords(unpackWords(packed), SPLIT_SEED);
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    return Math.exp(placeTransformer(kernels, model).loss(batchOf(words)));
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}

/** The forge, for which the page brings the weights, and the adapters that were read for it. */
export class ForgeWriter {
  readonly #session: Session;
  readonly #factors = new WeakMap<SessionAdapter, Promise<ForgeUpdate[]>>();
  #base: Transformer | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Stores the forge's weights. */
  useWeights(base64: string): undefined {
    this.#base = readSiteBase(fromBase64(base64), wordForge);
  }

  /** The words that the forge writes with both adapters at these weights. Throws errors in plain words. */
  async writeWords({weights, seed}: Request<"writeWords">): Promise<string[]> {
    const model = await this.#model(weights);
    try {
      return wordsOf(model, seed);
    } catch {
      throw new Error("At these weights the numbers in the forge overflow, so it writes nothing. Lower a weight.");
    }
  }

  /** The letters in doubt at these weights on each list; NaN where the loss overflows. */
  async *lettersInDoubt({weights, lists}: Request<"lettersInDoubt">): Job<"lettersInDoubt"> {
    await loadKernels();
    const model = await this.#model(weights);
    const doubts: number[] = [];
    for (const packed of lists) {
      doubts.push(lettersInDoubtOn(model, packed));
      yield undefined;
    }
    return doubts;
  }

  /** The forge with both adapters in its weights. */
  async #model(weights: Weights): Promise<Transformer> {
    if (!this.#base) throw new Error("The word forge is not loaded yet.");
    const updates = await Promise.all(([0, 1] as const).map((slot) => this.#updates(slot)));
    return mergeInto(this.#base, updates, weights);
  }

  /** The updates of a slot with their scales, which are looked up each time, since the reader may have set one. */
  async #updates(slot: AdapterSlot): Promise<ForgeUpdate[]> {
    const adapter = this.#session.at(slot);
    if (!adapter.isForForge)
      throw new Error(`The ${ORDINALS[slot]} adapter is not for the word forge, so the forge cannot write with it.`);
    const [problem] = this.#session.unusable(slot);
    if (problem) throw new Error(`In the ${ORDINALS[slot]} adapter, ${problem[1]}, so the forge cannot write with it.`);
    const scales = new Map(this.#session.measured(slot).map(({name, scale}) => [name, scale]));
    if (!this.#factors.has(adapter)) this.#factors.set(adapter, factorsOf(adapter));
    const factors = await this.#factors.get(adapter)!;
    return factors.map((one) => ({...one, scale: scales.get(one.name)!}));
  }
}

/** Reads all pairs of an adapter for the forge, a few thousand parameters; their scales are still 1. */
async function factorsOf({adapter: {container, pairs}}: SessionAdapter): Promise<ForgeUpdate[]> {
  const read = await Promise.all([...pairs.values()].map((pair) => readPair(container, pair)));
  return read.flatMap(({updates}) => updates.map(({name, A, B}) => ({name: name as WeightName, A, B, scale: 1})));
}
