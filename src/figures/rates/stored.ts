/** The runs that `npm run sweep:rates` stored: loss by learning rate, and how well names were memorized at each rank. */
import file from "../../../content/lab/rates.json" with {type: "json"};
import type {RatesParams} from "./controls.ts";

type Loss = number | null;
/** By way of training, "full" or "16 root": for each rate the lowest, middle and highest loss of five seeds, or one seed's. */
type Curves = Readonly<Record<string, Loss[][]>>;

export type RatesTask = RatesParams["ground"];

/** Runs that differ in the seed alone: the lowest, middle and highest of a value, such as the loss in nats. */
export interface SeedRange {
  low: number;
  median: number;
  high: number;
  seeds: number;
}

/** Losses by learning rate, and where they are lowest. */
export interface LossCurve {
  /** In the order of SWEPT_RATES; nats a letter or a digit. */
  runs: readonly SeedRange[];
  /** The index of the lowest median, and that median. */
  lowest: number;
  least: number;
  /** The rate at the lowest point of a parabola through that median and its two neighbors, over log η. */
  best: number;
}

/** From an odd number of sorted values. */
const seedRangeOf = (values: readonly number[], seeds: number): SeedRange => ({
  low: values[0]!,
  median: values[(values.length - 1) / 2]!,
  high: values.at(-1)!,
  seeds,
});

/** Where the parabola through three values at −1, 0 and 1 is lowest. */
export const vertex = (before: number, at: number, after: number): number =>
  (before - after) / (2 * (before - 2 * at + after));

function lossCurveOf(rows: readonly (readonly Loss[])[], isLog: boolean): LossCurve {
  const runs = rows.map((row) =>
    seedRangeOf(
      row.map((loss) => loss ?? Number.POSITIVE_INFINITY),
      row.length > 1 ? 5 : 1,
    ),
  );
  const medians = runs.map(({median}) => median);
  const least = Math.min(...medians);
  const lowest = medians.indexOf(least);
  const height = (place: number) => (isLog ? Math.log(medians[place]!) : medians[place]!);
  const isInside = lowest > 0 && lowest < medians.length - 1;
  const off = isInside ? vertex(height(lowest - 1), height(lowest), height(lowest + 1)) : 0;
  return {runs, lowest, least, best: 10 ** ((lowest + off) / 4 - 3.5)};
}

const made = new Map<string, LossCurve>();

/** The curve of full fine-tuning, or of LoRA with this rank. At r = 4 all couplings have the same α. */
export function lossCurve(rank: "full" | number, {ground, coupling}: RatesParams): LossCurve {
  const way = rank === "full" ? rank : `${rank} ${rank === 4 ? "double" : coupling}`;
  const key = ground + way;
  const one = made.get(key) ?? lossCurveOf((file[ground] as Curves)[way]!, ground === "digits");
  made.set(key, one);
  return one;
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
      const shares = losses.map((loss) => (base - loss) / (base - byHeart)).sort((a, b) => a - b);
      return [r, seedRangeOf(shares, shares.length)];
    }),
  ),
}));
