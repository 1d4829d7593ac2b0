import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import type {Batch, Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, heldOut} from "../../engine/training/words.ts";
import {baseOf, wordsOf} from "../shared/baseModels.ts";
import type {List} from "../shared/taskNames.ts";
import {counted, measured} from "./batchMean.ts";
import type {Settings} from "./controls.ts";
import type {Lesson} from "./lesson.ts";

/** Words shown at each look. The random numbers they are drawn with are the same at every step and in every run. */
const SHOWN = 8;
const SHOWN_SEED = 11;
/** Words that the base writes by itself: its own skill, as nothing of what it was trained on is on the page. */
const OWN = 200;
const OWN_SEED = 12;

let own: Batch | undefined;

/** What the base writes before anything is attached; the same in every run, so written once. */
function ownWords(base: Transformer, kernels: Kernels): Batch {
  if (own) return own;
  const start = kernels.heap.mark();
  const words = sampleWords(logitsOf(placeTransformer(kernels, base)), OWN, mulberry32(OWN_SEED));
  kernels.heap.release(start);
  own = batchOf(words.filter((word) => word !== ""));
  return own;
}

/** The word forge and a list of words for it. */
export function listLesson(list: List, examples: Settings["examples"], kernels: Kernels): Lesson {
  const base = baseOf(list);
  const split = heldOut(wordsOf(list), SPLIT_SEED);
  const training = examples === "all" ? split.training : split.training.slice(0, Number(examples));
  const known = new Set(training);
  const fresh = batchOf(split.heldOut);
  const old = ownWords(base, kernels);
  return {
    base,
    draw: (B, random) => drawWords(training, B, random),
    *look(decoder) {
      const written = sampleWords(logitsOf(decoder), SHOWN, mulberry32(SHOWN_SEED)).map((text) => ({
        text,
        isHit: known.has(text),
      }));
      yield;
      const score = yield* measured(fresh, decoder.loss, counted);
      return {written, score, skill: yield* measured(old, decoder.loss, counted)};
    },
    proof({written}) {
      const words = written.map(({text}) => text).filter((text) => text !== "");
      // A word of the longest kind has no mark behind it.
      return {batch: batchOf(words), texts: words.map((word) => `.${word}.`)};
    },
    ground: {fresh: fresh.B, old: old.B, pool: training.length},
  };
}
