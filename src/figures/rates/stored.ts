/** The runs of `npm run sweep:rates`, as bowls: losses by learning rate, and where each is lowest. */
import file from "../../../content/lab/rates.json" with {type: "json"};
import type {RatesParams} from "./model.ts";

type Loss = number | null;
/** By way of training, "full" or "16 root": a row a rate, with the lowest, middle and highest of five seeds, or one seed alone. */
type Curves = Readonly<Record<string, Loss[][]>>;

export type RatesTask = RatesParams["ground"];

/** Runs that differ in the seed alone: lowest, middle and highest loss, in nats a letter or a digit. */
export interface Runs {
  low: number;
  median: number;
  high: number;
  seeds: number;
}

export interface Bowl {
  /** By place on the grid of rates. */
  runs: readonly Runs[];
  /** The place of the lowest median, and that median. */
  lowest: number;
  least: number;
  /** The rate at the lowest point of a parabola through that median and its two neighbors, over log η. */
  best: number;
}

/** Of values in a row: the first is the lowest, the last the highest, and there is one in the middle. */
const runsOf = (values: readonly number[], seeds: number): Runs => ({
  low: values[0]!,
  median: values[(values.length - 1) / 2]!,
  high: values.at(-1)!,
  seeds,
});

/** The place on the grid, between its numbers, where the parabola through three points at −1, 0 and 1 is lowest. */
export const vertex = (before: number, at: number, after: number): number =>
  (before - after) / (2 * (before - 2 * at + after));

function bowlOf(rows: readonly (readonly Loss[])[], isLog: boolean): Bowl {
  const runs = rows.map((row) =>
    runsOf(
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

const made = new Map<string, Bowl>();

/** The bowl of full fine-tuning, or of LoRA with this rank. At r = 4 the couplings agree. */
export function bowl(rank: "full" | number, {ground, coupling}: RatesParams): Bowl {
  const way = rank === "full" ? rank : `${rank} ${rank === 4 ? "double" : coupling}`;
  const key = ground + way;
  const one = made.get(key) ?? bowlOf((file[ground] as Curves)[way]!, ground === "digits");
  made.set(key, one);
  return one;
}

/** Names learned by heart: of the way from the base's loss to the least a list allows, the share that training went. */
interface Shelf {
  names: number;
  /** By rank: seeds' shares, lowest, middle, highest. */
  shares: Readonly<Record<string, Runs>>;
  /** Nats a letter on these names: before training, and for whoever knows exactly this list. */
  base: number;
  byHeart: number;
}

export const shelves: readonly Shelf[] = file.capacity.map(({names, base, byHeart, ranks}) => ({
  ...{names, base, byHeart},
  shares: Object.fromEntries(
    Object.entries(ranks).map(([r, losses]) => {
      const shares = losses.map((loss) => (base - loss) / (base - byHeart)).sort((a, b) => a - b);
      return [r, runsOf(shares, shares.length)];
    }),
  ),
}));
