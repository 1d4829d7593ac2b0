/** Faults of names that PEFT does not find, and modules that are left out. */
import {expect, test} from "vitest";
import {openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {overviewOf} from "../../../../src/engine/adapters/inspect/overview.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {takeHome} from "../../../../src/engine/adapters/inspect/takeHome.ts";
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
    ["base_model.model. is missing", "“default” is in the names"],
  ],
])("%s: the faults of names are told, and Rewrite as PEFT mends them", async (_, of, faults) => {
  const tensors = renamed(pairsOf(["h.0.q"]), of);
  const [row] = overviewOf(await openedOf(tensors)).rows;
  expect(row!.faults ?? []).toEqual(faults);
  expect(row!.readers.startsWith("not PEFT")).toBe(faults.length > 0);
  expect((await filesOf(tensors)).names).toEqual(Object.keys(pairsOf(["h.0.q"])).sort());
});

test("a module that is left out is no part of the files, and a note names it", async () => {
  const {names, notes} = await filesOf(pairsOf(["h.0.q", "h.1.q"]), new Map([["h.1.q", "its A holds NaN"]]));
  expect(names).toEqual(Object.keys(pairsOf(["h.0.q"])).sort());
  expect(notes).toEqual(["the module h.1.q was left out: its A holds NaN"]);
});
