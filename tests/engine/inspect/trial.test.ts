/** What a stranger found wrong on the page: keys, halves, configs, NaN. */
import {expect, test} from "vitest";
import {healthOf, sentenceOf, summarize} from "../../../src/engine/inspect/health.ts";
import {openAdapter} from "../../../src/engine/inspect/open.ts";
import {overviewOf} from "../../../src/engine/inspect/overview.ts";
import {sourceOf} from "../../../src/engine/inspect/source.ts";
import {takeHome} from "../../../src/engine/inspect/takeHome.ts";
import {findings} from "./fixture.ts";
import {configOf, openedOf, pairsOf, renamed, type Tensors} from "./made.ts";

async function filesOf(tensors: Tensors, without: ReadonlyMap<string, string> = new Map()) {
  const job = takeHome(await openedOf(tensors, configOf({})), {kind: "none"}, {as: "PEFT", without});
  let step = await job.next();
  while (!step.done) step = await job.next();
  const model = step.value.files.find(({name}) => name.endsWith(".safetensors"))!.bytes;
  return {names: [...(await openAdapter(sourceOf(model))).container.tensors.keys()].sort(), notes: step.value.notes};
}

test.each<[string, (name: string) => string, string[]]>([
  ["PEFT's own", (name) => name, []],
  ["module. of DDP", (name) => `module.${name}`, ["module. comes first"]],
  [
    "bare with an adapter's name",
    (name) => name.replace("base_model.model.", "").replace(".weight", ".default.weight"),
    ["base_model.model. is missing", "“default” is inside"],
  ],
])("%s: the faults of names are told, and Rewrite as PEFT mends them", async (_, of, faults) => {
  const tensors = renamed(pairsOf(["h.0.q"]), of);
  const [row] = overviewOf(await openedOf(tensors)).rows;
  expect(row!.faults ?? []).toEqual(faults);
  expect(row!.readers.startsWith("not PEFT")).toBe(faults.length > 0);
  expect((await filesOf(tensors)).names).toEqual(Object.keys(pairsOf(["h.0.q"])).sort());
});

test("half a pair is the first thing that is said, and its tensor is left over", async () => {
  const {"base_model.model.h.1.q.lora_B.weight": _, ...tensors} = pairsOf(["h.0.q", "h.1.q"]);
  const adapter = await openedOf(tensors, configOf({}));
  const summary = summarize(adapter, await findings(adapter));
  expect(sentenceOf(adapter, summary)).toMatch(/^h\.1\.q has .* but its B is missing/);
  expect([adapter.facts.used, adapter.facts.tensors]).toEqual([2, 3]);
  expect(healthOf(adapter, summary).find(({id}) => id === "tensors")).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("base_model.model.h.1.q.lora_A.weight"),
  });
});

test("a config whose target_modules match nothing is another adapter's", async () => {
  const rank = async (config: string) => {
    const adapter = await openedOf(pairsOf(["h.0.q"]), config);
    return healthOf(adapter, summarize(adapter, [])).find(({id}) => id === "ranks")!;
  };
  expect((await rank(configOf({}))).ok).toBe(true);
  expect(await rank(configOf({target_modules: ["c_attn", "c_proj"]}))).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("(c_attn, c_proj) match no module"),
  });
});

test("a module that is left out is no part of the files, and a note names it", async () => {
  const {names, notes} = await filesOf(pairsOf(["h.0.q", "h.1.q"]), new Map([["h.1.q", "its A holds NaN"]]));
  expect(names).toEqual(Object.keys(pairsOf(["h.0.q"])).sort());
  expect(notes).toEqual(["the module h.1.q was left out: its A holds NaN"]);
});

test("one rank 1 throughout is no rank that could be lower", async () => {
  const adapter = await openedOf(pairsOf(["h.0.q"], 1), configOf({r: 1}));
  expect(sentenceOf(adapter, summarize(adapter, await findings(adapter)))).toMatch(/^Every update has rank 1/);
});
