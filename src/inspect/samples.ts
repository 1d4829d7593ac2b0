/** The sample adapters that the page offers. */
import type {DroppedFile} from "./protocol.ts";

/** Samples of one adapter, or of two to compare: keys in samples.weights.json, and folders. Our engine trained all of them. */
const SAMPLES = {
  names: [["names", "names, rank 16"]],
  slow: [["slow", "names, rate too low"]],
  two: [
    ["names4", "names, seed 7"],
    ["french4", "French, seed 7"],
  ],
} as const;

export type SampleName = keyof typeof SAMPLES;
export const isSampleName = (name: string): name is SampleName => Object.hasOwn(SAMPLES, name);

/** The files of a sample, as if they had been dropped: a list for each adapter. Rejects if the samples do not load. */
export async function sampleFiles(name: SampleName): Promise<DroppedFile[][]> {
  const {default: samples} = await import("../../content/lab/samples.weights.json");
  return SAMPLES[name].map(([key, folder]) => {
    const {config, model} = samples[key];
    const bytes = Uint8Array.from(atob(model), (letter) => letter.charCodeAt(0));
    return [
      {name: `${folder}/adapter_model.safetensors`, blob: new Blob([bytes])},
      {name: `${folder}/adapter_config.json`, blob: new Blob([config])},
    ];
  });
}
