// Writes content/lab/family.json anew, some seconds of training: `npm run sweep:family`.
import {runRace} from "../figures/family/model.ts";
import {bestOf, type FamilyParams, RACE_STEPS} from "../figures/family/race.ts";
import {writeJsonFile} from "./writeJson.ts";

/** What is to be learned where LoRA and DoRA are compared, and the seeds. The rest is what figure 10.1 starts with. */
export const LEARN_CHOICES = ["fresh", "lengths", "columns"] as const satisfies readonly FamilyParams["learn"][];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The loss of each after the last step at its own best rate of seven. */
export interface TunedLosses {
  lora: number;
  dora: number;
}

interface Family {
  command: string;
  /** The medians over the seeds. */
  medians: Record<(typeof LEARN_CHOICES)[number], TunedLosses>;
}

/** The tuned losses of one seed. */
export function tuned(learn: FamilyParams["learn"], seed: number): TunedLosses {
  const [lora, dora] = runRace({learn, seed, work: "dora", r: 4, optimizer: "adam", ratio: "16", repairs: 1}).runs.map(
    (run) => bestOf(run, RACE_STEPS)!.loss,
  );
  return {lora: lora!, dora: dora!};
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[(sorted.length - 1) / 2]!.toPrecision(4));
};

export function medians(learn: FamilyParams["learn"]): TunedLosses {
  const all = SEEDS.map((seed) => tuned(learn, seed));
  return {lora: median(all.map(({lora}) => lora)), dora: median(all.map(({dora}) => dora))};
}

if (import.meta.main) {
  const file = new URL("../../content/lab/family.json", import.meta.url).pathname;
  const found = Object.fromEntries(LEARN_CHOICES.map((learn) => [learn, medians(learn)])) as Family["medians"];
  writeJsonFile(file, {command: "npm run sweep:family", medians: found});
}
