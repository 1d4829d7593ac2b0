/** Opening and measuring adapters of the sizes that people have: files made here of random factors, in memory, as Blobs. */
import {compare} from "../../src/engine/analysis/updates/compareUpdates.ts";
import {deltaNorm, spectrumOf} from "../../src/engine/analysis/updates/grams.ts";
import {mergedGrams} from "../../src/engine/analysis/updates/merging.ts";
import {type Finding, isMeasured, measureAdapter} from "../../src/engine/inspect/measure.ts";
import {openAdapter} from "../../src/engine/inspect/open.ts";
import {crossAdapters} from "../../src/engine/inspect/second.ts";
import {createGramKernel} from "../../src/engine/kernels/gram/gramKernel.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {Line} from "./table.ts";

/** A file: its modules' sizes, the rank, and the bar in ms for all spectra. */
export interface Case {
  what: string;
  r: number;
  modules: [d: number, k: number, count: number][];
  bar: number;
  style: "PEFT" | "kohya";
}

const LLAMA: [number, number, number][] = [
  [4096, 4096, 4 * 32],
  [11008, 4096, 2 * 32],
  [4096, 11008, 32],
];
const SDXL: [number, number, number][] = [
  [640, 640, 120],
  [1280, 1280, 300],
  [1280, 2048, 140],
  [10240, 1280, 70],
  [1280, 5120, 70],
];

export const CASES: readonly Case[] = [
  {what: "7B, q and v, r = 16", r: 16, modules: [[4096, 4096, 64]], bar: 500, style: "PEFT"},
  {what: "all linear, r = 16", r: 16, modules: LLAMA, bar: 1500, style: "PEFT"},
  {what: "SDXL-like, r = 32", r: 32, modules: SDXL, bar: 3000, style: "kohya"},
  {what: "all linear, r = 64", r: 64, modules: LLAMA, bar: 6000, style: "PEFT"},
];

/** BF16 bytes of a file with random factors; a block of random codes is repeated, which changes no time. */
export function fileOf({r, modules, style}: Case): Blob {
  const random = mulberry32(17);
  const block = Uint16Array.from(
    {length: 2 ** 20 + 7},
    () => 0x3c00 + (random() < 0.5 ? 0x8000 : 0) + Math.floor(random() * 256),
  );
  const header: Record<string, {dtype: string; shape: number[]; data_offsets: [number, number]}> = {};
  const parts: BlobPart[] = [];
  let [end, at, index] = [0, 0, 0];
  const add = (name: string, shape: number[]) => {
    let left = shape.reduce((product, size) => product * size, 1);
    const begin = end;
    end += 2 * left;
    header[name] = {dtype: "BF16", shape, data_offsets: [begin, end]};
    while (left > 0) {
      const count = Math.min(left, block.length - at);
      parts.push(block.slice(at, at + count));
      at = (at + count) % block.length;
      left -= count;
    }
  };
  for (const [d, k, count] of modules) {
    for (let i = 0; i < count; i++, index++) {
      const name = style === "PEFT" ? `base_model.model.model.layers.${index}.m` : `lora_unet_blocks_${index}_m`;
      if (style === "kohya") add(`${name}.alpha`, []);
      add(`${name}.${style === "PEFT" ? "lora_A" : "lora_down"}.weight`, [r, k]);
      add(`${name}.${style === "PEFT" ? "lora_B" : "lora_up"}.weight`, [d, r]);
    }
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return new Blob([length, json, ...parts]);
}

export const CONFIG = JSON.stringify({peft_type: "LORA", r: 16, lora_alpha: 32});
/** The bytes that this process holds besides code, in MB; 0 in a page, which cannot say. */
const memory = () => {
  if (typeof process === "undefined" || !process.memoryUsage) return 0;
  const {external, heapUsed, arrayBuffers} = process.memoryUsage();
  return (Math.max(external, arrayBuffers) + heapUsed) / 1e6;
};

/** Two lines for each file: its header's facts, and all norms and spectra; then what a slider and a comparison cost. */
export async function inspect(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const one of CASES) {
    const file = fileOf(one);
    const size = `${Math.round(file.size / 1e6)} MB`;
    const config = one.style === "PEFT" ? CONFIG : undefined;
    let start = performance.now();
    const adapter = await openAdapter(file, config);
    lines.push({
      what: `${one.what}, ${size}: facts of the header`,
      value: performance.now() - start,
      unit: "ms",
      bar: 200,
    });
    const before = memory();
    let peak = 0;
    const kernel = createGramKernel();
    const found: Finding[] = [];
    start = performance.now();
    for await (const finding of measureAdapter(adapter, kernel)) {
      found.push(finding);
      peak = Math.max(peak, memory() - before);
    }
    const time = performance.now() - start;
    if (!found.every(isMeasured)) throw new Error(`bench: ${one.what} has modules that were not measured`);
    lines.push(
      {what: `${one.what}, ${found.length} modules: norms and spectra`, value: time, unit: "ms", bar: one.bar},
      {what: `${one.what}: memory above the file`, value: peak, unit: "MB", bar: 150},
    );
  }
  return [...lines, ...(await slider())];
}

/** One module of two adapters of 7B, r = 16: the comparison, and the merge's norm and spectrum for a new weight. */
async function slider(): Promise<Line[]> {
  const file = fileOf({...CASES[0]!, modules: [[4096, 4096, 4]]});
  const [one, two] = [await openAdapter(file, CONFIG), await openAdapter(file, CONFIG)];
  const kernel = createGramKernel();
  const found: Finding[] = [];
  for await (const finding of measureAdapter(one, kernel)) found.push(finding);
  const start = performance.now();
  const crosses = [];
  for await (const cross of crossAdapters(one, two, kernel)) if ("cross" in cross) crosses.push(cross);
  const crossed = (performance.now() - start) / crosses.length;
  const grams = found.filter(isMeasured)[0]!.grams;
  const other = found.filter(isMeasured)[1]!.grams;
  compare(grams, other, crosses[0]!.cross);
  const from = performance.now();
  for (let i = 0; i < 50; i++) {
    const merged = mergedGrams(grams, other, crosses[0]!.cross, [i / 50, 1]);
    deltaNorm(merged);
    spectrumOf(merged);
  }
  return [
    {what: "a second adapter, 4096 × 4096 at r = 16: cross products a module", value: crossed, unit: "ms"},
    {
      what: "merge slider, r = 16 + 16: norm and spectrum a module",
      value: (performance.now() - from) / 50,
      unit: "ms",
      bar: 16,
    },
  ];
}
