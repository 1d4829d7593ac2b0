/** The runs that `npm run sweep:rates` stored: loss by learning rate, and how well names were memorized at each rank. */
import file from "../../../content/lab/rates.json" with {type: "json"};
import {medianRange} from "../shared/medianRange.ts";
import type {Coupling} from "./controls.ts";

/** Runs that differ in the seed alone: the lowest, middle and highest of a value, such as the loss in nats. */
export interface SeedRange {
  low: number;
  median: number;
  high: number;
  seeds: number;
}

/** Losses by learning rate, and where they are lowest. */
export interface LossCurve {
  /** In the order of SWEPT_RATES; nats a letter on held-out names. */
  runs: readonly SeedRange[];
  /** The index of the lowest median, and that median. */
  lowest: number;
  least: number;
  /** The rate at the lowest point of a parabola through that median and its two neighbors, over log η. */
  best: number;
}

/** Where the parabola through three values at −1, 0 and 1 is lowest. */
export const vertex = (before: number, at: number, after: number): number =>
  (before - after) / (2 * (before - 2 * at + after));

/** The rate at a place among the swept rates, which has fractions between them. */
const rateAt = (place: number): number => 10 ** (place / 4 - 3.5);

/** By way of training, "full" or "16 root": for each rate the lowest, middle and highest loss of five seeds, or the loss of one. */
const storedLosses: Readonly<Record<string, readonly (readonly (number | null)[])[]>> = file.forge;

/** The curve of full fine-tuning, or of LoRA with this rank. At r = 4 all couplings have the same α, so they were run once. */
export function lossCurve(rank: "full" | number, coupling: Coupling): LossCurve {
  const way = rank === "full" ? rank : `${rank} ${rank === 4 ? "double" : coupling}`;
  const runs = storedLosses[way]!.map((stored) => {
    const losses = stored.map((loss) => loss ?? Number.POSITIVE_INFINITY);
    return {...medianRange(losses), seeds: losses.length > 1 ? 5 : 1};
  });
  const medians = runs.map(({median}) => median);
  const least = Math.min(...medians);
  const lowest = medians.indexOf(least);
  // No curve is lowest at its first or last rate.
  const best = rateAt(lowest + vertex(medians[lowest - 1]!, least, medians[lowest + 1]!));
  return {runs, lowest, least, best};
}

/** How well a list of names was memorized. */
interface Memorized {
  /** How many names the list has. */
  names: number;
  /** By rank: how far training brought the loss from the base's to that of a model that knows exactly this list; 1 is all the way. */
  shares: Readonly<Record<string, SeedRange>>;
}

export const memorized: readonly Memorized[] = file.capacity.map(({names, base, byHeart, ranks}) => ({
  names,
  shares: Object.fromEntries(
    Object.entries(ranks).map(([r, losses]) => {
      const shares = losses.map((loss) => (base - loss) / (base - byHeart));
      return [r, {...medianRange(shares), seeds: shares.length}];
    }),
  ),
}));
