// Writes content/lab/samples.weights.json anew, the inspector's samples, some seconds of training: `npm run sweep:samples`.
import {type WritableModule, writeAdapter} from "../engine/adapters/peftWriter.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import {extrasOf} from "../engine/lora/attachment.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {splitOf} from "./baseModels.ts";
import {drawFrom, wordForgeBase} from "./forgeRuns.ts";
import {labFile, writeJsonFile} from "./jsonFiles.ts";
import {createLabKernels} from "./loadBase.ts";
import {trainOn} from "./trainOn.ts";
import type {ListName} from "./words.ts";

/** An adapter on every matrix of the forge: the words it learns, its rank and its rate. */
interface Sample {
  list: ListName;
  r: number;
  /** The factor on the lab's usual rate. */
  rateFactor: number;
}

/** The samples by the names that the page gives them. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  names: {list: "names", r: 16, rateFactor: 1},
  slow: {list: "names", r: 16, rateFactor: 1 / 1000},
  names4: {list: "names", r: 4, rateFactor: 1},
  french4: {list: "french", r: 4, rateFactor: 1},
};
const SEED = 7;

/** Metadata that say how A started, so that the inspector can tell whether it has moved. */
const START_METADATA = new Map([
  ["format", "pt"],
  ["lora_a_start", "normal, variance 1/in"],
]);

/** Trains a sample, 200 steps from seed 7 → its two PEFT files: the config, and the weights in 16 bits as base64. */
export function trainSample(kernels: Kernels, {list, r, rateFactor}: Sample): {config: string; model: string} {
  const plan = {targets: TARGETS, r, alpha: 2 * r};
  const draw = drawFrom(splitOf(list).training);
  const course = {draw, seed: SEED, training: {...labTraining, rate: labTraining.rate * rateFactor}};
  const {model: trained} = trainOn(kernels, wordForgeBase, plan, course);
  const layers = extrasOf(trained.attached, wordForgeBase.sizes.L);
  const modules = layers.flatMap(({loras}, l) =>
    TARGETS.map((target): [string, WritableModule] => {
      const {A, B, alpha} = loras[target]![0]!;
      return [`layers.${l}.${target}`, {A, B, r, alpha, dtypes: {A: "F16", B: "F16"}}];
    }),
  );
  const {config, model} = writeAdapter(
    {modules: new Map(modules), metadata: START_METADATA},
    {base_model_name_or_path: "word-forge"},
  );
  return {config, model: Buffer.from(model).toString("base64")};
}

const file = labFile("samples.weights.json");

if (import.meta.main) {
  const kernels = createLabKernels();
  writeJsonFile(
    file,
    Object.fromEntries(Object.entries(SAMPLES).map(([name, one]) => [name, trainSample(kernels, one)])),
  );
}
