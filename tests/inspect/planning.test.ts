/** What is said before a file is made is what the file then is: size, names, formats, and what was lost. */
import {expect, test} from "vitest";
import {resizeError} from "../../src/engine/analysis/updates/resizing.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {lossByRank} from "../../src/inspect/cutting.ts";
import type {ExportChange, ExportOptions} from "../../src/inspect/protocol.ts";
import {fileOf, pairsOf} from "../engine/adapters/inspect/made.ts";
import {type Asker, asker, dropped, read, sampleDrop} from "./asked.ts";

const merge = (more: object = {}): ExportChange => ({
  kind: "merge",
  weights: [1, -0.5],
  method: "sum",
  density: 0.5,
  ...more,
});

/** Asks what would be written and lost, then writes. */
async function saidAndDone(ask: Asker, request: ExportOptions) {
  const plan = (await ask("plan", {slot: 0, ...request})).result!;
  const lost = (await ask("exportError", {slot: 0, change: request.change})).result;
  const {result, error} = await ask("export", {slot: 0, ...request});
  expect(error).toBeUndefined();
  const file = result!.files.find(({name}) => name.endsWith(".safetensors"))!;
  expect([plan.name, plan.bytes, plan.hasConfig]).toEqual([file.name, file.bytes.length, result!.files.length > 1]);
  expect(plan.notes).toEqual(result!.notes);
  if (lost !== undefined) expect(result!.error).toBeCloseTo(lost, 9);
  return {plan, lost, modules: (await read(asker(), 0, [dropped("x", file.bytes)])).modules};
}

test.each<[string, ExportOptions]>([
  ["as it is", {change: {kind: "none"}, as: "PEFT"}],
  ["cut", {change: {kind: "cut", r: 5, isSplit: false}, as: "PEFT", dtype: "BF16"}],
  ["the best split", {change: {kind: "cut", r: 5, isSplit: true}, as: "PEFT"}],
])("the sample %s", async (_, request) => {
  const ask = asker();
  await read(ask, 0, sampleDrop("names"));
  const {plan, lost, modules} = await saidAndDone(ask, request);
  const ranks = modules.map(({r}) => r);
  expect([plan.modules, plan.ranks]).toEqual([12, [Math.min(...ranks), Math.max(...ranks)]]);
  expect(plan.dtypes).toEqual([[request.dtype ?? "F16", 24]]);
  expect(lost! > 0).toBe(request.change.kind === "cut");
});

test.each([{}, {rank: 3}, {rank: 7}, {method: "factors", weights: [1, 0.5]}, {method: "ties", rank: 3}])(
  "two samples merged: %o",
  async (more) => {
    const ask = asker();
    await read(ask, 0, sampleDrop("names4"));
    await read(ask, 1, sampleDrop("french4"));
    await ask("compare", {});
    const {lost, plan} = await saidAndDone(ask, {change: merge(more), as: "PEFT"});
    expect(lost === undefined).toBe("method" in more);
    if (lost !== undefined) expect(lost > 0.001).toBe("rank" in more);
    expect(plan.example).toMatch(/^base_model\.model\.layers\.\d\.\w+\.lora_[AB]\.weight$/);
  },
);

test("of a merge with modules that only one has, what is lost counts all that is written", async () => {
  const ask = asker();
  const config = JSON.stringify({peft_type: "LORA", r: 2, lora_alpha: 2, target_modules: ["q"]});
  for (const [slot, names, r] of [
    [0, ["a.q", "b.q"], 2],
    [1, ["b.q", "c.q", "d.q"], 3],
  ] as const) {
    // One module of the second is full of NaN: it is in neither sum.
    const {"base_model.model.d.q.lora_A.weight": A, ...rest} = pairsOf(names, r);
    const tensors = A ? {...rest, "base_model.model.d.q.lora_A.weight": [A[0], Number.NaN] as const} : rest;
    await read(ask, slot, [dropped("x.safetensors", fileOf(tensors)), dropped("adapter_config.json", config)]);
  }
  await ask("compare", {});
  for (const rank of [1, 2, 3, 4]) await saidAndDone(ask, {change: merge({rank}), as: "PEFT", dtype: "F32"});
  expect((await ask("plan", {slot: 0, change: merge(), as: "PEFT"})).result!.notes.join()).toContain(
    "d.q was left out",
  );
});

test("what cannot be written is refused by the plan in the words of the writing", async () => {
  const ask = asker();
  await read(ask, 0, sampleDrop("names4"));
  await read(ask, 1, sampleDrop("names"));
  const request = {slot: 0, as: "PEFT", change: merge({method: "factors", weights: [1, 1]})} as const;
  const said = (await ask("plan", request)).error;
  expect(said).toContain("factors of one rank can be added");
  expect((await ask("export", request)).error).toBe(said);
  expect((await ask("exportError", {slot: 0, change: merge({rank: 2})})).error).toBe(
    "These two were not compared yet.",
  );
});

test("what every rank loses, all at once, is the error of each", () => {
  const random = mulberry32(5);
  const spectra = [4, 1, 6].map((n) =>
    Float64Array.from({length: n}, () => random())
      .sort()
      .reverse(),
  );
  const all = spectra.map((s) => ({s, cost: 1}));
  lossByRank(spectra).forEach((lost, i) => {
    expect(lost).toBeCloseTo(
      resizeError(
        all,
        all.map(() => i + 1),
      ),
      12,
    );
  });
  expect(lossByRank([new Float64Array(3)])).toEqual([0, 0, 0]);
});
