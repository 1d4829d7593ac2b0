/** What the inspector's worker answers to every request: samples, fixtures of every family, and files that are none. */
import {describe, expect, test} from "vitest";
import type {ComparedAdapters, Cuts, MergeView} from "../../src/inspect/protocol.ts";
import {fixture} from "../engine/adapters/inspect/fixture.ts";
import {fileOf, pairsOf} from "../engine/adapters/inspect/made.ts";
import {asker, dropped, fixtureFiles, read, sampleDrop} from "./asked.ts";

const one = async (name: string) => {
  const ask = asker();
  return {ask, ...(await read(ask, 0, sampleDrop(name)))};
};
const two = async () => {
  const ask = asker();
  for (const [slot, name] of [
    [0, "names4"],
    [1, "french4"],
  ] as const)
    await read(ask, slot, sampleDrop(name));
  const {result, progress} = await ask("compare", {});
  return {ask, compared: result as ComparedAdapters, progress};
};

describe("what it is", () => {
  test("the first sample was paid for at rank 16 and uses fewer directions; the one at a low rate has hardly moved", async () => {
    const {opened, verdict, modules} = await one("names");
    expect(verdict.sentence).toBe("The rank is 16, but on average 6.6 directions carry 90% of the update.");
    expect([opened.facts.modules, opened.spots.length, modules.length]).toEqual([12, 12, 12]);
    expect(modules[0]!.spot).toEqual({network: "model", layer: "0", block: "layers", matrix: "W1"});
    for (const {energy, effective} of modules) expect(energy).toBeLessThan(effective);
    expect((await one("slow")).verdict.sentence).toMatch(
      /^This adapter was hardly trained: A is still as large as PEFT starts it/,
    );
  });

  test.each(Object.keys(fixture.adapters))("%s: norms and singular values are NumPy’s", async (name) => {
    const {modules} = await read(asker(), 0, fixtureFiles(name));
    const answers = fixture.adapters[name]!;
    expect(modules.map((module) => module.name).sort()).toEqual(Object.keys(answers).sort());
    for (const {name: module, norm, s, r90, effective, energy, scaleFrom} of modules) {
      const due = answers[module]!;
      if (scaleFrom === "asked") continue;
      expect(norm / due.norm).toBeCloseTo(1, 12);
      expect(Math.max(...Array.from(s, (sigma, i) => Math.abs(sigma - due.s[i]!)))).toBeLessThan(1e-12 * due.s[0]!);
      expect(r90).toBe(due.r90);
      expect(effective).toBeCloseTo(due.effective, 9);
      expect(energy).toBeCloseTo(due.energy, 9);
    }
  });

  test("a reading that is called off ends, and another can begin", async () => {
    const ask = asker();
    await ask("open", {slot: 0, files: sampleDrop("names")});
    expect(await ask("measure", {slot: 0}, 1)).toMatchObject({isCancelled: true});
    expect((await ask("measure", {slot: 0})).result!.withoutAlpha).toBe(0);
  });

  test("a config that comes alone joins the weights; alone from the start it asks for them", async () => {
    const ask = asker();
    const [weights, config] = sampleDrop("names4") as [ReturnType<typeof dropped>, ReturnType<typeof dropped>];
    expect((await ask("open", {slot: 0, files: [config]})).error).toMatch(
      /^This is .*Drop it together with adapter_model\.safetensors\.$/,
    );
    const bare = await read(ask, 0, [weights]);
    expect(bare.verdict.withoutAlpha).toBe(12);
    const joined = await read(ask, 0, [config]);
    expect([joined.opened.hasConfig, joined.verdict.withoutAlpha, joined.modules[0]!.scale]).toEqual([true, 0, 2]);
    expect(joined.modules[0]!.norm).toBeCloseTo(2 * bare.modules[0]!.norm, 12);
  });

  test("what is refused leaves what is open, and a config that cannot be read is not said to be there", async () => {
    const ask = asker();
    await read(ask, 0, sampleDrop("names4"));
    expect(
      (await ask("open", {slot: 0, files: [dropped("x.safetensors", "version https://git-lfs")]})).error,
    ).toBeDefined();
    expect((await ask("measure", {slot: 0})).result!.withoutAlpha).toBe(0);
    const {opened} = await read(ask, 0, [sampleDrop("names4")[0]!, dropped("names4/adapter_config.json", "{nothing")]);
    expect([opened.hasConfig, opened.isConfigUnreadable]).toEqual([false, true]);
  });

  test("a chosen alpha stretches norms and nothing else", async () => {
    const ask = asker();
    const {modules} = await read(ask, 0, sampleDrop("names4").slice(0, 1));
    const {result} = await ask("setScale", {slot: 0, choice: {alpha: 12}});
    expect(result!.verdict.withoutAlpha).toBe(0);
    expect(result!.modules[3]!.norm).toBeCloseTo(3 * modules[3]!.norm, 12);
    expect(result!.modules[3]!.r90).toBe(modules[3]!.r90);
  });
});

describe("files that are not well are answered in words", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing at all", new Uint8Array(0), /^The file is empty/],
    ["a file cut short", fileOf(pairsOf(["a.q"])).subarray(0, -20), /cut short, 20 bytes early; download it again/],
  ])("%s", async (_, bytes, due) => {
    const {error, result} = await asker()("open", {slot: 0, files: [dropped("x.safetensors", bytes)]});
    expect(result).toBeUndefined();
    expect(error).toMatch(due);
  });

  test("beyond 2 GiB the header's facts are told", async () => {
    const n = 3 * 2 ** 27;
    const header = JSON.stringify({
      "a.q.lora_A.weight": {dtype: "F32", shape: [1, n], data_offsets: [0, 4 * n]},
      "a.q.lora_B.weight": {dtype: "F32", shape: [n, 1], data_offsets: [4 * n, 8 * n]},
    });
    const head = new Uint8Array(8 + header.length);
    new DataView(head.buffer).setUint32(0, header.length, true);
    head.set(new TextEncoder().encode(header), 8);
    const blob = {
      size: head.length + 8 * n,
      slice: (begin: number, end: number) => new Blob([head.slice(begin, end)]),
    } as Blob;
    const {result} = await asker()("open", {slot: 0, files: [{name: "large.safetensors", blob}]});
    expect([result!.isTooLarge, result!.facts.numbers]).toEqual([true, 2 * n]);
  });

  test("there is nothing to compare without a second adapter, or with one of another base", async () => {
    const ask = asker();
    await read(ask, 0, sampleDrop("names4"));
    expect((await ask("compare", {})).error).toBe("There is no second adapter yet.");
    await read(ask, 1, [dropped("y.safetensors", fileOf(pairsOf(["layers.0.Wq"])))]);
    expect((await ask("compare", {})).error).toMatch(
      /^These two belong to different bases: .*Each can be inspected, but they cannot be compared\.$/,
    );
  });
});

describe("two adapters", () => {
  test("names and French from one seed share a start and not what they learned", async () => {
    const {compared, progress} = await two();
    expect(compared.pairs).toHaveLength(12);
    expect(progress.length).toBeGreaterThan(0);
    expect(compared.whole.cosine).toBeGreaterThan(0);
    expect(compared.whole.cosine).toBeLessThan(0.15);
    expect(compared.phi.A).toBeGreaterThan(3 * compared.chance.A);
    expect(compared.phi.B).toBeLessThan(2 * compared.chance.B);
    expect(compared.haveSameStart).toBe(true);
  });

  test("φ comes with chance, side by side, for the first directions of each", async () => {
    const {ask, compared} = await two();
    const sides = (await ask("phi", {name: compared.pairs[0]!.name})).result!;
    expect([sides.A.rows, sides.A.cols, sides.A.phi.length, sides.A.chance.length]).toEqual([4, 4, 16, 16]);
    expect(sides.A.chance[0]).toBeCloseTo(1 / sides.A.width, 12);
    expect(sides.A.phi[15]).toBeCloseTo(compared.pairs[0]!.phi.A, 9);
  });

  test("a merge with one weight at 0 is the other adapter; 1 and 1 adds up as the comparison says", async () => {
    const {ask, compared} = await two();
    const {name} = compared.pairs[5]!;
    const merge = async (weights: [number, number]) => (await ask("merge", {weights, name})).result as MergeView;
    expect((await merge([1, 0])).whole.norm).toBeCloseTo(compared.whole.norms[0], 10);
    expect((await merge([0, 1])).whole.norm).toBeCloseTo(compared.whole.norms[1], 10);
    const both = await merge([1, 1]);
    expect(both.whole.norm).toBeCloseTo(compared.whole.sum, 10);
    expect(both.whole.lengthKept).toBeCloseTo(compared.whole.lengthKept, 12);
    expect(both.s).toHaveLength(8);
    const {result} = await ask("mergeDirections", {weights: [1, 1]});
    expect(result).toBeGreaterThan(3);
    expect(result).toBeLessThan(8);
  });

  test("closing the first lets the second move up", async () => {
    const {ask} = await two();
    const cuts = (slot: 0 | 1) => ask("cuts", {slot});
    const second = (await cuts(1)).result!;
    await ask("close", {slot: 0});
    expect((await cuts(1)).error).toBe("There is no second adapter yet.");
    expect((await cuts(0)).result).toEqual(second);
  });
});

describe("resize and take home", () => {
  test("every lower rank has its exact error, and the best split of the same numbers is never worse", async () => {
    const {ask} = await one("names");
    const {rows, enough} = (await ask("cuts", {slot: 0})).result as Cuts;
    expect([enough.moduleCount, enough.largest]).toEqual([12, 16]);
    expect(rows[enough.forAll - 1]!.even.worst.share).toBeLessThan(0.1);
    expect(rows[enough.forAll - 2]!.even.worst.share).toBeGreaterThanOrEqual(0.1);
    expect(rows.map(({r}) => r)).toEqual(Array.from({length: 16}, (_, i) => i + 1));
    expect(rows[7]!.even.error).toBeCloseTo(0.247, 3);
    expect(rows.at(-1)!.even.error).toBe(0);
    for (const {even, split} of rows) {
      expect(split.error).toBeLessThanOrEqual(even.error + 1e-12);
      expect(split.bytes).toBeLessThanOrEqual(even.bytes);
    }
    expect(rows[3]!.even.worst.share).toBeGreaterThan(rows[3]!.even.error);
  });

  test.each([
    {r: 4, isSplit: false},
    {r: 4, isSplit: true},
  ])("a cut is written and opens again with the error that was said: %o", async (cut) => {
    const {ask, modules} = await one("names");
    const cuts = (await ask("cuts", {slot: 0})).result as Cuts;
    const {result} = await ask("export", {slot: 0, as: "PEFT", dtype: "F32", change: {kind: "cut", ...cut}});
    const said = cuts.rows[3]![cut.isSplit ? "split" : "even"];
    expect(result!.error).toBeCloseTo(said.error, 9);
    const again = await read(
      ask,
      1,
      result!.files.map(({name, bytes}) => dropped(`out/${name}`, bytes)),
    );
    const {result: compared} = await ask("compare", {});
    const {whole} = compared!;
    expect(whole.difference / whole.norms[0]).toBeCloseTo(said.error, 5);
    const ranks = again.modules.map(({r}) => r);
    expect(cut.isSplit ? new Set(ranks).size > 1 : ranks.every((r) => r === 4)).toBe(true);
    expect(again.modules).toHaveLength(modules.length);
  });

  test("a merge is written whole, or cut, or by its other ways", async () => {
    const {ask, compared} = await two();
    const change = {kind: "merge", weights: [1, -0.5] as [number, number], method: "sum", density: 0.5} as const;
    const {result} = await ask("export", {slot: 0, as: "PEFT", dtype: "F32", change});
    const norm = (await ask("merge", {weights: [1, -0.5], name: compared.pairs[0]!.name})).result!.whole.norm;
    const merged = await read(
      asker(),
      0,
      result!.files.map(({name, bytes}) => dropped(`out/${name}`, bytes)),
    );
    expect(Math.hypot(...merged.modules.map((module) => module.norm)) / norm).toBeCloseTo(1, 6);
    expect(merged.modules.every(({r}) => r === 8)).toBe(true);
    for (const method of ["ties", "dare", "factors"] as const) {
      const weights: [number, number] = [1, 0.5];
      const other = await ask("export", {slot: 0, as: "PEFT", change: {...change, weights, method, rank: 4}});
      expect(other.error, method).toBeUndefined();
      expect(other.result!.files.map(({name}) => name)).toEqual(["adapter_config.json", "adapter_model.safetensors"]);
    }
    expect((await ask("export", {slot: 0, as: "PEFT", change: {...change, method: "factors"}})).error).toMatch(
      /its root is needed/,
    );
  });

  test("writing can be called off", async () => {
    const {ask} = await one("names");
    expect(await ask("export", {slot: 0, as: "PEFT", change: {kind: "none"}}, 2)).toMatchObject({isCancelled: true});
  });

  test("the report comes as CSV, JSON and Python", async () => {
    const {ask} = await one("names4");
    const said = async (as: "csv" | "json" | "python") => {
      const {name, bytes} = (await ask("report", {slot: 0, as})).result!;
      return [name, new TextDecoder().decode(bytes)] as const;
    };
    expect((await said("csv"))[1].split("\r\n")).toHaveLength(14);
    expect(JSON.parse((await said("json"))[1]).modules).toHaveLength(12);
    expect((await said("python"))[0]).toBe("check.py");
  });
});
