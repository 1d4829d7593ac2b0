/** Opening and measuring a large adapter: a file made here of random factors, in memory, as a Blob. */
import {type Finding, isMeasured, measureAdapter} from "../../src/engine/adapters/inspect/measure.ts";
import {openAdapter} from "../../src/engine/adapters/inspect/open.ts";
import {createGramKernel} from "../../src/engine/kernels/gram/gramKernel.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {Line} from "./table.ts";

/** Every linear layer of a model of 7B at rank 64: 320 MB. */
const R = 64;
const LLAMA: readonly [d: number, k: number, count: number][] = [
  [4096, 4096, 4 * 32],
  [11008, 4096, 2 * 32],
  [4096, 11008, 32],
];
const CONFIG = JSON.stringify({peft_type: "LORA", r: R, lora_alpha: 2 * R});

/** BF16 bytes of a file with random factors; a block of random codes is repeated, which changes no time. */
function made(): Blob {
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
  for (const [d, k, count] of LLAMA) {
    for (let i = 0; i < count; i++, index++) {
      const name = `base_model.model.model.layers.${index}.m`;
      add(`${name}.lora_A.weight`, [R, k]);
      add(`${name}.lora_B.weight`, [d, R]);
    }
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return new Blob([length, json, ...parts]);
}

/** The bytes that this process holds besides code, in MB. */
const memory = () => {
  const {external, heapUsed, arrayBuffers} = process.memoryUsage();
  return (Math.max(external, arrayBuffers) + heapUsed) / 1e6;
};

/** The facts of the header, all norms and spectra, and what they take of memory. */
export async function inspect(): Promise<Line[]> {
  const file = made();
  let start = performance.now();
  const adapter = await openAdapter(file, CONFIG);
  const opened = performance.now() - start;
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
  if (!found.every(isMeasured)) throw new Error("bench: an adapter has modules that were not measured");
  const what = `adapter of ${Math.round(file.size / 1e6)} MB, ${found.length} modules`;
  return [
    {what: `${what}: facts of the header`, value: opened, unit: "ms", bar: 200},
    {what: `${what}: norms and spectra`, value: time, unit: "ms", bar: 6000},
    {what: `${what}: memory above the file`, value: peak, unit: "MB", bar: 150},
  ];
}
