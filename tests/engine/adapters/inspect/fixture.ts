/** NumPy's answers (tests/fixtures/make_inspect.py) and the files they are about. */
import {existsSync, readFileSync} from "node:fs";
import type {Change} from "../../../../src/engine/adapters/inspect/changes.ts";
import {
  type Finding,
  isMeasured,
  type MeasuredUpdate,
  measureAdapter,
} from "../../../../src/engine/adapters/inspect/measure.ts";
import {type OpenedAdapter, openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import type {ScaleChoice} from "../../../../src/engine/adapters/inspect/scales.ts";
import {type Source, sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {type TakeOptions, type TakeResult, takeHome} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {createGramKernel} from "../../../../src/engine/kernels/gram/gramKernel.ts";

/** What NumPy says of one update. */
export interface Answer {
  r: number;
  d: number;
  k: number;
  kind: string;
  scale: number;
  norm: number;
  s: number[];
  effective: number;
  energy: number;
  r90: number;
  r99: number;
}

/** What NumPy says of two updates of one weight. */
export interface PairAnswer {
  cosine: number;
  sum: number;
  difference: number;
  updateA: number[][];
  updateB: number[][];
  factorA: number[][];
  factorB: number[][];
  merges: Record<string, number[]>;
  ties: {norm: number; s: number[]; entries: number[]};
  cut: number[];
}

interface Fixture {
  adapters: Record<string, Record<string, Answer>>;
  two: Record<string, PairAnswer>;
  fp8: Record<"F8_E4M3" | "F8_E5M2", (number | string | null)[]>;
}

const folder = new URL("../../../fixtures/", import.meta.url);
export const fixture: Fixture = JSON.parse(readFileSync(new URL("inspect.json", folder), "utf8"));

/** The bytes of a fixture, and its config if it has one. */
export function filesOf(name: string): {bytes: Uint8Array; config: string | undefined} {
  const file = name.startsWith("gguf") ? `${name}.gguf` : `${name}.safetensors`;
  const config = new URL(`inspect/${name}.json`, folder);
  return {
    bytes: new Uint8Array(readFileSync(new URL(`inspect/${file}`, folder))),
    config: existsSync(config) ? readFileSync(config, "utf8") : undefined,
  };
}

export function openFixture(name: string): Promise<OpenedAdapter> {
  const {bytes, config} = filesOf(name);
  return openAdapter(sourceOf(bytes), config);
}

/** A source that counts what is read of it. */
export function counting(source: Source): {source: Source; read: () => {bytes: number; times: number}} {
  const seen = {bytes: 0, times: 0};
  return {
    read: () => ({...seen}),
    source: {
      size: source.size,
      slice(begin, end) {
        seen.bytes += end - begin;
        seen.times++;
        return source.slice(begin, end);
      },
    },
  };
}

export const kernel = createGramKernel();

/** All findings of a pass. */
export async function findings(adapter: OpenedAdapter, choice?: ScaleChoice): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const one of measureAdapter(adapter, kernel, choice)) found.push(one);
  return found;
}

/** All updates of an adapter whose every module can be measured. */
export async function measuredOf(adapter: OpenedAdapter, choice?: ScaleChoice): Promise<Map<string, MeasuredUpdate>> {
  const all = await findings(adapter, choice);
  const bad = all.find((one) => !isMeasured(one));
  if (bad) throw new Error(`not measured: ${JSON.stringify(bad)}`);
  return new Map(all.filter(isMeasured).map((one) => [one.name, one]));
}

/** What `takeHome` writes, once it is done; it counts the modules one by one. */
export async function taken(adapter: OpenedAdapter, change: Change, options: TakeOptions): Promise<TakeResult> {
  const job = takeHome(adapter, change, options);
  let step = await job.next();
  for (let count = 1; !step.done; count++, step = await job.next())
    if (step.value.done !== count) throw new Error(`${step.value.done} modules are done; ${count} should be`);
  return step.value;
}

/** The adapter that was written, opened again, and the text of its config. */
export async function reopened({
  files,
}: TakeResult): Promise<{adapter: OpenedAdapter; config: string | undefined; model: Uint8Array}> {
  const bytesOf = (end: string) => files.find(({name}) => name.endsWith(end))?.bytes;
  const [json, model] = [bytesOf(".json"), bytesOf(".safetensors")!];
  const config = json && new TextDecoder().decode(json);
  return {adapter: await openAdapter(sourceOf(model), config), config, model};
}
