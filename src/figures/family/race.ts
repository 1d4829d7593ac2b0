import type {Work} from "./controls.ts";

/** d and k of the layer, the same as in the train figure; and the α of every run except PiSSA and LoftQ. */
export const RACE_SIDE = 16;
export const RACE_ALPHA = 4;
export const RACE_STEPS = 60;

export const RACE_RATES = ["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2"] as const;
export type Rate = (typeof RACE_RATES)[number];

/** What the figure can run: "lora" next to full fine-tuning, the others next to LoRA. */
const RUN = ["lora", "qlora", "lorafa", "loftq", "vera", "rslora", "dora", "loraplus", "pissa"] as const;
type Runnable = (typeof RUN)[number];
export type Who = Runnable | "full";

export const isRun = (work: Work): work is Runnable => (RUN as readonly string[]).includes(work);

/** The runs of one method, at every rate. */
export interface MethodRuns {
  who: Who;
  /** How many parameters it trains. */
  trained: number;
  /** ‖W′ − W₀‖_F before the first step. */
  offset: number;
  /** The least loss that it can reach; undefined if there is no formula for it. */
  floor?: number;
  /** By rate, then by step. A run ends before its loss is over twice its first. */
  losses: readonly (readonly number[])[];
}

/** LoRA first, then the successor, or full fine-tuning if the work is LoRA; for LoftQ, QLoRA comes between them. */
export interface FamilyResult {
  runs: readonly MethodRuns[];
}

export interface LowestLoss {
  loss: number;
  at: number;
}

/** The least loss at a step over all rates, and its rate; undefined if every rate was too large. */
export function bestOf({losses}: MethodRuns, step: number): LowestLoss | undefined {
  return losses.reduce<LowestLoss | undefined>((best, one, at) => {
    const loss = one[step];
    return loss !== undefined && (!best || loss < best.loss) ? {loss, at} : best;
  }, undefined);
}
