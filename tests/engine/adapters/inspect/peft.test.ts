/** PEFT's adapters of every kind, as `readAdapter` reads them whole, and three real ones against NumPy. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {healthOf, sentenceOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import {openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {takeHome} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {readAdapter} from "../../../../src/engine/adapters/peft.ts";
import {readSafetensors} from "../../../../src/engine/adapters/safetensors.ts";
import {costOf, evenRanks, resizeError, splitRanks} from "../../../../src/engine/analysis/updates/resizing.ts";
import {lowRankSvd} from "../../../../src/engine/linalg/lowrank.ts";
import {scaling} from "../../../../src/engine/lora/lora.ts";
import {findings, measuredOf} from "./fixture.ts";

const fixtures = new URL("../../../fixtures/adapters/", import.meta.url);

test.each(readdirSync(fixtures))("%s: the same modules, scales and spectra as readAdapter's", async (name) => {
  const bytes = readFileSync(new URL(`${name}/adapter_model.safetensors`, fixtures));
  const config = readFileSync(new URL(`${name}/adapter_config.json`, fixtures), "utf8");
  const due = readAdapter(config, readSafetensors(bytes));
  const adapter = await openAdapter(sourceOf(new Uint8Array(bytes)), config);
  expect(adapter.problems).toEqual([]);
  const measured = await measuredOf(adapter);
  expect([...measured.keys()].sort()).toEqual(
    [...due.modules.keys()].map((key) => key.replace(/^transformer\./, "transformer.")).sort(),
  );
  expect(adapter.facts.dora).toBe([...due.modules.values()].filter(({magnitude}) => magnitude).length);
  for (const [key, module] of due.modules) {
    const one = measured.get(key)!;
    expect([one.r, one.pair.kind, one.pair.kernel]).toEqual([module.r, module.kind, module.kernel]);
    expect(one.scale).toBeCloseTo(scaling(module), 12);
    const s = lowRankSvd(module.B, module.A).s.map((sigma) => sigma * scaling(module));
    expect(one.s.length).toBe(s.length);
    for (const [i, sigma] of s.entries()) expect(Math.abs(one.s[i]! - sigma)).toBeLessThan(1e-10 * s[0]!);
  }
});

test.each(readdirSync(fixtures))(
  "%s taken home unchanged: the same factors, scales, heads and formats",
  async (name) => {
    const bytes = readFileSync(new URL(`${name}/adapter_model.safetensors`, fixtures));
    const config = readFileSync(new URL(`${name}/adapter_config.json`, fixtures), "utf8");
    const before = readAdapter(config, readSafetensors(bytes));
    const adapter = await openAdapter(sourceOf(new Uint8Array(bytes)), config);
    const job = takeHome(adapter, {kind: "none"}, {as: "PEFT"});
    let step = await job.next();
    while (!step.done) step = await job.next();
    const [written, model] = step.value.files.map((file) => file.bytes);
    const after = readAdapter(new TextDecoder().decode(written), readSafetensors(model!));
    expect([...after.modules.keys()]).toEqual([...before.modules.keys()]);
    expect([...after.others.keys()].sort()).toEqual([...before.others.keys()].sort());
    for (const [key, module] of before.modules) {
      const other = after.modules.get(key)!;
      expect([other.A, other.B, other.magnitude, other.bias]).toEqual([
        module.A,
        module.B,
        module.magnitude,
        module.bias,
      ]);
      expect([other.dtypes.A, other.dtypes.B]).toEqual([module.dtypes.A, module.dtypes.B]);
      expect([other.kind, other.kernel, other.groups, other.transposed]).toEqual([
        ...[module.kind, module.kernel, module.groups, module.transposed],
      ]);
      expect(scaling(other)).toBeCloseTo(scaling(module), 12);
    }
  },
);

const folder = new URL("../../../../shared/adapters/", import.meta.url);
const present = existsSync(new URL("oracle.json", folder));
const reason = "there is no ../shared/adapters beside the project; three real adapters are not read";

interface Oracle {
  scaling: number;
  lora_params: number;
  modules: Record<string, {fro: number; sv: number[]}>;
}

const real = async (name: string) => {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}/adapter_model.safetensors`, folder)));
  const adapter = await openAdapter(
    sourceOf(bytes),
    readFileSync(new URL(`${name}/adapter_config.json`, folder), "utf8"),
  );
  return {adapter, summary: summarize(adapter, await findings(adapter))};
};

test.each(["gpt2-tigrinya", "gptneox-delta", "opt-lab08"])(
  "%s: norms and singular values are NumPy's",
  async (name) => {
    if (!present) return void process.stdout.write(`${reason}\n`);
    const oracle: Oracle = JSON.parse(readFileSync(new URL("oracle.json", folder), "utf8"))[name];
    const {adapter, summary} = await real(name);
    expect([adapter.notes, adapter.problems, adapter.facts.numbers]).toEqual([[], [], oracle.lora_params]);
    expect(new Set(summary.measured.map(({name}) => name))).toEqual(new Set(Object.keys(oracle.modules)));
    for (const one of summary.measured) {
      const {fro, sv} = oracle.modules[one.name]!;
      expect([one.scale, one.scaleFrom, one.byQr]).toEqual([oracle.scaling, "config", false]);
      expect(Math.abs(one.norm / fro - 1)).toBeLessThan(1e-12);
      // The oracle has nine digits of each singular value.
      for (const [i, sigma] of sv.entries()) expect(Math.abs(one.s[i]! / sigma - 1)).toBeLessThan(1e-6);
    }
  },
);

test("what the design measured of the three is found again", async () => {
  if (!present) return void process.stdout.write(`${reason}\n`);
  const {adapter, summary} = await real("gpt2-tigrinya");
  expect(sentenceOf(adapter, summary)).toBe("The rank is 8, but on average 2.0 directions carry 90% of the update.");
  expect([summary.r90, summary.r99, summary.effective].map((x) => x.toFixed(2))).toEqual(["2.03", "4.42", "4.20"]);
  expect(summary.start.median).toBeCloseTo(1.28, 2);
  const all = summary.measured.map(({s, pair}) => ({s, cost: pair.d + pair.k}));
  const errors = [6, 4, 3, 2, 1].map((r) => (100 * resizeError(all, evenRanks(all, r))).toFixed(2));
  expect(errors).toEqual(["5.14", "10.26", "14.49", "23.07", "42.10"]);
  const split = (r: number) => splitRanks(all, costOf(all, evenRanks(all, r)));
  expect((100 * resizeError(all, split(4))).toFixed(2)).toBe("7.64");
  expect([Math.min(...split(4)), Math.max(...split(4))]).toEqual([2, 7]);
  const still = await real("opt-lab08");
  expect(sentenceOf(still.adapter, still.summary)).toContain("was hardly trained");
  const loud = await real("gptneox-delta");
  expect(healthOf(loud.adapter, loud.summary).find(({id}) => id === "loudest")?.sentence).toContain("6.4 × the median");
});
