/** What training frameworks do to names and numbers when they save: named, read through, written clean. */
import {expect, test} from "vitest";
import {openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {overviewOf} from "../../../../src/engine/adapters/inspect/overview.ts";
import {planOf} from "../../../../src/engine/adapters/inspect/plan.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {writeSafetensors} from "../../../../src/engine/adapters/safetensorsWriter.ts";
import {reopened, taken} from "./fixture.ts";
import {configOf, openedOf, pairsOf, type Tensors} from "./made.ts";

const PREFIX = "base_model.model.";
const HEAD = "base_model.model.score.weight";
const compiled = "“_orig_mod.” is in the names (saved from a compiled model)";
const twice = "base_model.model. is there twice (a PEFT model was wrapped in another)";

test.each<[string, (name: string) => string, string[]]>([
  ["_orig_mod. in front", (name) => `_orig_mod.${name}`, [compiled]],
  ["_orig_mod. inside", (name) => name.replace(PREFIX, `${PREFIX}_orig_mod.`), [compiled]],
  [
    "FSDP around every layer",
    (name) => name.replace("h.0.", "h.0._fsdp_wrapped_module."),
    ["“_fsdp_wrapped_module.” is in the names (saved from FSDP’s wrapper)"],
  ],
  [
    "activation checkpointing in FSDP",
    (name) => name.replace("h.0.", "h.0._fsdp_wrapped_module._checkpoint_wrapped_module."),
    [
      "“_fsdp_wrapped_module.” is in the names (saved from FSDP’s wrapper)",
      "“_checkpoint_wrapped_module.” is in the names (saved from activation checkpointing’s wrapper)",
    ],
  ],
  ["DDP around a compiled model", (name) => `module._orig_mod.${name}`, ["module. comes first", compiled]],
  ["PEFT in PEFT", (name) => PREFIX + name, [twice]],
  ["what this page once wrote", (name) => `${PREFIX}_orig_mod.${name}`, [compiled, twice]],
  [
    "bare with an adapter's name",
    (name) => name.replace(PREFIX, "").replace(/(lora_[AB])/, "$1.default"),
    [`${PREFIX} is missing`, "“default” is in the names"],
  ],
  [
    "compiled, without the prefix",
    (name) => `_orig_mod.${name.replace(PREFIX, "")}`,
    [compiled, `${PREFIX} is missing`],
  ],
])("%s: the module is found, the cause named, and clean names are written, a head's too", async (_, of, faults) => {
  const clean: Tensors = {...pairsOf(["h.0.q"]), [HEAD]: [[2, 3], 1]};
  const stored = Object.fromEntries(Object.entries(clean).map(([name, tensor]) => [of(name), tensor]));
  const adapter = await openedOf(stored);
  expect([...adapter.pairs.keys()]).toEqual(["h.0.q"]);
  const {rows} = overviewOf(adapter);
  expect(rows.map((row) => row.faults)).toEqual([faults]);
  // vLLM and llama.cpp take the prefix away as often as it is there.
  expect(rows[0]!.readers.includes("vLLM")).toBe(faults[0] === twice);
  const written = [...planOf(adapter, {kind: "none"}, {as: "same"}).tensors.keys()];
  expect(written.filter((name) => name.includes("lora"))).toEqual(Object.keys(pairsOf(["h.0.q"])));
  expect(written.some((name) => HEAD.endsWith(name))).toBe(true);
});

test("wrappers of names that are not PEFT's are read through too", async () => {
  const adapter = await openedOf({
    "unet._orig_mod.mid_block.attn.to_q.lora_A.weight": [[2, 5], 1],
    "unet._orig_mod.mid_block.attn.to_q.lora_B.weight": [[4, 2], 1],
  });
  expect([adapter.facts.families, [...adapter.pairs.keys()]]).toEqual([["diffusers"], ["unet.mid_block.attn.to_q"]]);
  expect(overviewOf(adapter).rows[0]!.readers).toContain(compiled);
});

test("a module with and without its wrapper: what loaders look for is read, the other is named", async () => {
  const second = Object.entries(pairsOf(["h.0.q"])).map(([name, tensor]) => [`_orig_mod.${name}`, tensor]);
  const adapter = await openedOf({...pairsOf(["h.0.q"]), ...Object.fromEntries(second)});
  expect([...adapter.pairs.values()].map(({A}) => A)).toEqual(["base_model.model.h.0.q.lora_A.weight"]);
  expect(adapter.problems.map(({name}) => name).sort()).toEqual(second.map(([name]) => name));
  expect(adapter.problems[0]!.sentence).toContain("are the same part of one module");
});

test("a module that is left out is no part of the files, and a note names it", async () => {
  const adapter = await openedOf(pairsOf(["h.0.q", "h.1.q"]), configOf({}));
  const without = new Map([["h.1.q", "its A holds NaN"]]);
  const files = await taken(adapter, {kind: "none"}, {as: "PEFT", without});
  const names = [...(await reopened(files)).adapter.container.tensors.keys()];
  expect(names.sort()).toEqual(Object.keys(pairsOf(["h.0.q"])).sort());
  expect(files.notes).toEqual(["the module h.1.q was left out: its A holds NaN"]);
});

const none = [[0], 0] as const;
const names = Object.keys(pairsOf(["h.0.q", "h.1.q"]));

test.each<[string, Tensors, string]>([
  [
    "all",
    Object.fromEntries(names.map((name) => [name, none])),
    "The numbers are not in this file: 4 of 4 tensors are",
  ],
  [
    "all but a head",
    {...Object.fromEntries(names.map((name) => [name, none])), [HEAD]: [[2, 3], 1]},
    "Some numbers are not in this file: 4 of 5 tensors are",
  ],
  ["half", {...pairsOf(["h.0.q", "h.1.q"]), [names[2]!]: none, [names[3]!]: none}, "2 of 4 tensors are"],
  ["shapes of [0, k]", {...pairsOf(["h.0.q"]), [names[0]!]: [[0, 5], 0]}, "1 of 2 tensors is"],
])("ZeRO-3's empty tensors are named: %s", async (_, tensors, sentence) => {
  const {faults, problems} = await openedOf(tensors);
  expect(faults[0]).toMatchObject({kind: "empty"});
  expect(faults[0]!.sentence).toContain(`${sentence} empty, as DeepSpeed’s ZeRO-3 leaves`);
  expect(faults[0]!.sentence).toContain("zero_to_fp32.py");
  expect(problems.map((problem) => problem.sentence).join()).not.toContain("do not fit");
});

test("a format that is not read is said as such, once for the file", async () => {
  const file = writeSafetensors(
    new Map(names.slice(0, 2).map((name) => [name, {dtype: "I8" as const, shape: [2, 2], bytes: new Uint8Array(4)}])),
  );
  const {faults} = await openAdapter(sourceOf(file));
  expect(faults).toEqual([
    {
      kind: "unread",
      sentence:
        "2 of 2 tensors are stored as I8, which is not read here: F64, F32, F16, BF16, F8_E4M3, F8_E5M2 and Q8_0 are.",
    },
  ]);
});
