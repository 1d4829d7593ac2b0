/** The gradient of one matrix of the forge, averaged over names and over other words. No DOM. */
import {frobenius, type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {type Svd, svd} from "../../engine/linalg/svd.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, languageLoss, type Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, LETTERS, splitWords} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";

/** The mean is over at most this many words. */
const MAX_WORDS = 128;
/** The matrix whose gradient it is: the last one of attention, 32 × 32. */
const MATRIX = "layers.1.Wo";
/** How many held-out names show what a step along the strongest piece does. */
const HELD_OUT_COUNT = 32;
/** Seeds: for shuffling names, and for the words that the forge writes. */
const [SHUFFLE_SEED, OWN_SEED] = [3, 5];

export const controls = {
  beside: choice(["Beside"], {own: "Its own words", shuffled: "Shuffled names"}, "own"),
  words: range(["Words"], {min: 1, max: MAX_WORDS, value: MAX_WORDS, clock: true}),
};
export type GradientParams = Params<typeof controls>;
/** Of which words a mean gradient is. */
type Side = "names" | "beside";

/** Loads the forge and the names. */
export const ready = (): Promise<void> => loadFor(["names"]);

/** The mean of the gradients of the first n words, for one list of words. */
interface MeanGradient {
  /** The last of the n words. */
  word: string;
  /** Mean of ∂L/∂Wo (32,32), where L is the mean loss of one word's letters. */
  mean: Matrix;
  /** Its singular values, largest first. */
  s: Float64Array;
  /** ‖mean‖_F as a share of the mean of the words' own ‖∂L/∂Wo‖_F: 1 if all gradients are equal. */
  sizeShare: number;
}

/** A token, and by how much a step raises its mean chance, from 0 to 1. */
export interface TokenRise {
  token: string;
  rise: number;
}
type GradientSnapshot = Readonly<Record<Side, MeanGradient>> & {
  /** In the last snapshot: by how much an SGD step of 1 along the strongest piece of the names' mean raises each token, most first. */
  rises?: readonly TokenRise[];
};

/** ∂L/∂Wo (32,32) for one word. */
function gradientOf(base: Transformer, word: string): Matrix {
  const weights = allocate(base.weights.layout);
  languageLoss(base, batchOf([word]), {weights});
  return weights.views[MATRIX];
}

/** Gives the words that the forge writes by itself, one after another without end. */
function* ownWords(base: Transformer): Generator<string, never> {
  const random = mulberry32(OWN_SEED);
  for (;;) {
    const [word] = sampleWords((tokens, B) => forward(base, tokens, B).logits, 1, random);
    if (word) yield word;
  }
}

/** Gives for each name a word of its length, each letter drawn from the letters of all names. */
function* shuffledNames(names: readonly string[]): Generator<string, void> {
  const random = mulberry32(SHUFFLE_SEED);
  const letters = names.join("");
  for (const name of names) yield Array.from(name, () => letters[Math.floor(random() * letters.length)]).join("");
}

/** Makes a function that takes words one by one, and gives the mean of their gradients so far. */
function runningMean(base: Transformer) {
  const sum = zeros(base.sizes.C, base.sizes.C);
  let [n, norms] = [0, 0];
  return (word: string): MeanGradient => {
    const gradient = gradientOf(base, word);
    n++;
    norms += frobenius(gradient);
    const mean = zeros(sum.rows, sum.cols);
    for (let i = 0; i < sum.data.length; i++) {
      sum.data[i]! += gradient.data[i]!;
      mean.data[i] = sum.data[i]! / n;
    }
    return {word, mean, s: svd(mean).s, sizeShare: frobenius(mean) / (norms / n)};
  };
}

/** The mean chance of each token over all places of these words. */
function meanChances(model: Transformer, words: readonly string[]): Float64Array {
  const {tokens, targets, B} = batchOf(words);
  const {rows, cols, data} = forward(model, tokens, B).logits;
  const mean = new Float64Array(cols);
  const places = targets.filter((target) => target >= 0).length;
  for (let i = 0; i < rows; i++) {
    if (targets[i]! < 0) continue;
    softmax(data, i * cols, cols);
    for (let j = 0; j < cols; j++) mean[j]! += data[i * cols + j]! / places;
  }
  return mean;
}

/** By how much an SGD step of 1 along the strongest piece of a mean gradient raises each token, most first. */
function tokenRises(base: Transformer, {u, s, v}: Svd, names: readonly string[]): TokenRise[] {
  const weights = allocate(base.weights.layout, base.weights.flat.slice());
  const {rows, cols, data} = weights.views[MATRIX];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) data[i * cols + j]! -= s[0]! * u.data[i * u.cols]! * v.data[j * v.cols]!;
  const [before, after] = [base, {...base, weights}].map((model) => meanChances(model, names));
  return Array.from(LETTERS, (token, i) => ({token, rise: after![i]! - before![i]!})).sort((a, b) => b.rise - a.rise);
}

/** Gives the means over 1, 2, … MAX_WORDS words. */
export function* compute({beside}: Pick<GradientParams, "beside">): Generator<GradientSnapshot, void> {
  const base = loadedBase("names");
  const {training, heldOut} = splitWords(listWords("names"), SPLIT_SEED);
  const names = training.slice(0, MAX_WORDS);
  const besideWords = beside === "own" ? ownWords(base) : shuffledNames(names);
  const [ofNames, ofBeside] = [runningMean(base), runningMean(base)];
  for (const [i, name] of names.entries()) {
    const snapshot = {names: ofNames(name), beside: ofBeside(besideWords.next().value as string)};
    if (i < names.length - 1) yield snapshot;
    else yield {...snapshot, rises: tokenRises(base, svd(snapshot.names.mean), heldOut.slice(0, HELD_OUT_COUNT))};
  }
}

/** A mean gradient, as it is shown. */
export interface GradientSide extends MeanGradient {
  /** The share of its energy in each piece, that is, in each direction of its SVD. */
  shares: readonly number[];
}
/** What is shown: both means over the first `count` words. */
export interface GradientResult extends Readonly<Record<Side, GradientSide>> {
  count: number;
  rises?: readonly TokenRise[];
}

/** The means over as many words as the clock says, from the snapshots of a run. */
export function readGradient(frames: readonly GradientSnapshot[], {words}: GradientParams): GradientResult {
  const count = Math.min(words, frames.length);
  const {rises, ...both} = frames[count - 1]!;
  const toSide = (gradient: MeanGradient): GradientSide => {
    const energy = gradient.s.reduce((sum, s) => sum + s * s, 0);
    return {...gradient, shares: Array.from(gradient.s, (s) => (energy ? s ** 2 / energy : 0))};
  };
  return {count, rises, names: toSide(both.names), beside: toSide(both.beside)};
}
