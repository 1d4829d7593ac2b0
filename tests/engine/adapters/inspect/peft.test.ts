/** PEFT's adapters of every kind, and three real ones, against NumPy. */
import {existsSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {healthOf, sentenceOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import {openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {readAdapter} from "../../../../src/engine/adapters/peft.ts";
import {writeAdapter} from "../../../../src/engine/adapters/peftWriter.ts";
import {readSafetensors} from "../../../../src/engine/adapters/safetensors.ts";
import {costOf, evenRanks, resizeError, splitRanks} from "../../../../src/engine/analysis/updates/resizing.ts";
import {scaling} from "../../../../src/engine/lora/lora.ts";
import {findings, measuredOf, reopened, taken} from "./fixture.ts";

const fixtures = new URL("../../../fixtures/adapters/", import.meta.url);

async function opened(name: string, folder = fixtures) {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}/adapter_model.safetensors`, folder)));
  const config = readFileSync(new URL(`${name}/adapter_config.json`, folder), "utf8");
  return {adapter: await openAdapter(sourceOf(bytes), config), config, bytes};
}

/** NumPy's answers: tests/fixtures/make_files.py. */
const {adapters}: {adapters: Record<string, Record<string, {r: number; scaling: number; deltaWeight: number[]}>>} =
  JSON.parse(readFileSync(new URL("../adapters.json", fixtures), "utf8"));

test.each(Object.entries(adapters))("%s: modules, ranks, scales and norms are NumPy's", async (name, due) => {
  const {adapter} = await opened(name);
  expect(adapter.problems).toEqual([]);
  const measured = await measuredOf(adapter);
  expect([...measured.keys()].sort()).toEqual(Object.keys(due).sort());
  for (const [key, {r, scaling, deltaWeight}] of Object.entries(due)) {
    const one = measured.get(key)!;
    expect([one.r, one.scale]).toEqual([r, expect.closeTo(scaling, 12)]);
    const norm = Math.sqrt(deltaWeight.reduce((sum, x) => sum + x * x, 0));
    expect(Math.abs(one.norm - norm)).toBeLessThan(1e-10 * norm);
  }
});

test.each(Object.keys(adapters))(
  "%s taken home unchanged: the same factors, scales, heads and formats",
  async (name) => {
    const {adapter, config: text, bytes} = await opened(name);
    const before = readAdapter(text, readSafetensors(bytes));
    const {config, model} = await reopened(await taken(adapter, {kind: "none"}, {as: "PEFT"}));
    const after = readAdapter(config!, readSafetensors(model));
    expect([...after.modules.keys()]).toEqual([...before.modules.keys()]);
    expect([...after.others.keys()].sort()).toEqual([...before.others.keys()].sort());
    for (const [key, {alpha: _, dtypes, ...module}] of before.modules) {
      const other = after.modules.get(key)!;
      expect(other).toMatchObject(module);
      expect([other.dtypes.A, other.dtypes.B]).toEqual([dtypes.A, dtypes.B]);
      expect(scaling(other)).toBeCloseTo(scaling(before.modules.get(key)!), 12);
    }
  },
);

/** Real adapters from public repositories. They have no license and are not part of the project, so most machines lack them. */
const folder = new URL("../../../../../shared/adapters/", import.meta.url);
const isPresent = existsSync(new URL("oracle.json", folder));

interface Oracle {
  scaling: number;
  lora_params: number;
  modules: Record<string, {fro: number; sv: number[]}>;
}

test.for(["gpt2-tigrinya", "gptneox-delta", "opt-lab08"])(
  "%s: norms and singular values are NumPy's, and it is written again byte for byte",
  async (name, {skip}) => {
    skip(!isPresent, "there is no ../shared/adapters beside the project");
    const oracle: Oracle = JSON.parse(readFileSync(new URL("oracle.json", folder), "utf8"))[name];
    const {adapter, config, bytes} = await opened(name, folder);
    expect([adapter.notes, adapter.problems, adapter.facts.numbers]).toEqual([[], [], oracle.lora_params]);
    const measured = await measuredOf(adapter);
    expect([...measured.keys()].sort()).toEqual(Object.keys(oracle.modules).sort());
    for (const [module, {fro, sv}] of Object.entries(oracle.modules)) {
      const one = measured.get(module)!;
      expect([one.scale, one.scaleFrom, one.byQr]).toEqual([oracle.scaling, "config", false]);
      expect(Math.abs(one.norm / fro - 1)).toBeLessThan(1e-12);
      // The oracle has nine digits of each singular value.
      for (const [i, sigma] of sv.entries()) expect(Math.abs(one.s[i]! / sigma - 1)).toBeLessThan(1e-6);
    }
    const written = writeAdapter(readAdapter(config, readSafetensors(bytes)));
    expect(Buffer.compare(written.model, bytes)).toBe(0);
    expect(JSON.parse(written.config)).toEqual(JSON.parse(config));
  },
);

test("what is said of the three", async ({skip}) => {
  skip(!isPresent, "there is no ../shared/adapters beside the project");
  const said = async (name: string) => {
    const {adapter} = await opened(name, folder);
    const summary = summarize(adapter, await findings(adapter));
    const loudest = healthOf(adapter, summary).find(({id}) => id === "loudest")!.sentence;
    return {summary, sentence: sentenceOf(adapter, summary), loudest};
  };
  const {summary, sentence} = await said("gpt2-tigrinya");
  expect(sentence).toBe("The rank is 8, but on average 2.0 directions carry 90% of the update.");
  expect([summary.r90, summary.r99, summary.effective].map((x) => x.toFixed(2))).toEqual(["2.03", "4.42", "4.20"]);
  expect(summary.start.median).toBeCloseTo(1.28, 2);
  const all = summary.measured.map(({s, pair}) => ({s, cost: pair.d + pair.k}));
  const errors = [6, 4, 3, 2, 1].map((r) => (100 * resizeError(all, evenRanks(all, r))).toFixed(2));
  expect(errors).toEqual(["5.14", "10.26", "14.49", "23.07", "42.10"]);
  const split = splitRanks(all, costOf(all, evenRanks(all, 4)));
  expect((100 * resizeError(all, split)).toFixed(2)).toBe("7.64");
  expect([Math.min(...split), Math.max(...split)]).toEqual([2, 7]);
  expect((await said("opt-lab08")).sentence).toContain("was hardly trained");
  expect((await said("gptneox-delta")).loudest).toContain("6.4 × the median");
});
