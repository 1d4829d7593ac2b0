/** A second adapter that is not well: what is said of it, and that nothing of it reaches a picture or a file. */
import {describe, expect, test} from "vitest";
import type {ComparedAdapters, DroppedFile, ExportResult, MergeView} from "../../src/inspect/protocol.ts";
import {fileOf, pairsOf, type Tensors, wave} from "../engine/adapters/inspect/made.ts";
import {type Asker, asker, dropped, read} from "./asked.ts";

const NAMES = ["h.0.q", "h.1.q", "h.2.q"];
const A = "base_model.model.h.1.q.lora_A.weight";
const B = "base_model.model.h.1.q.lora_B.weight";
const good = pairsOf(NAMES);
const at = (place: number, value: number) => (i: number) => (i === place ? value : wave(i));
const weights = (name: string, tensors: Tensors) => [dropped(`${name}.safetensors`, fileOf(tensors))];

/** Both adapters open, at scale 1. */
async function both(second: Tensors, first: Tensors = good): Promise<Asker> {
  const ask = asker();
  for (const [slot, tensors] of [
    [0, first],
    [1, second],
  ] as const) {
    await read(ask, slot, weights(`file ${slot}`, tensors));
    await ask("setScale", {slot, choice: {scale: 1}});
  }
  return ask;
}

const merged = (ask: Asker, more: object = {}) =>
  ask("export", {
    slot: 0,
    as: "PEFT",
    dtype: "F32",
    change: {kind: "merge", weights: [1, 1], method: "sum", density: 0.5, ...more},
  });

/** Every number of an answer, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** The names of the modules of a file, all of whose numbers are finite. */
async function written({files}: ExportResult) {
  const {modules, verdict} = await read(
    asker(),
    0,
    files.map(({name, bytes}) => dropped(`out/${name}`, bytes)),
  );
  expect(verdict.unmeasured).toEqual([]);
  return modules.map(({name}) => name);
}

describe.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s in one tensor", (bad) => {
  test.each([
    ["second", {...good, [B]: [[6, 2], at(5, bad)]}, good],
    ["first", good, {...good, [B]: [[6, 2], at(5, bad)]}],
  ] as [string, Tensors, Tensors][])(
    "of the %s: the tensor is named, the others are compared",
    async (which, two, one) => {
      const ask = await both(two, one);
      const compared = (await ask("compare", {})).result as ComparedAdapters;
      expect(compared.pairs.map(({name}) => name)).toEqual(["h.0.q", "h.2.q"]);
      expect(compared.spots.map(({name}) => name)).toEqual(NAMES);
      expect(compared.leftOut).toMatchObject([
        {name: "h.1.q", why: `in the ${which} adapter, ${B} holds NaN or infinity`},
      ]);
      const {result} = await ask("merge", {weights: [1, 1], name: "h.0.q"});
      const directions = (await ask("mergeDirections", {weights: [1, 1]})).result;
      expect(numbersIn([compared, result, directions]).filter((value) => !Number.isFinite(value))).toEqual([]);
      expect((result as MergeView).lengthsKept).toHaveLength(2);
      expect((await ask("merge", {weights: [1, 1], name: "h.1.q"})).error).toBe("These two were not compared yet.");
    },
  );

  test.each([{}, {rank: 1}, {method: "factors"}, {method: "ties"}, {method: "dare"}])(
    "of the second: no merge has the module, and a note names the tensor: %o",
    async (more) => {
      const {result} = await merged(await both({...good, [A]: [[2, 5], at(3, bad)]}), more);
      expect(await written(result!)).toEqual(["h.0.q", "h.2.q"]);
      expect(result!.notes).toContain(
        `the module h.1.q was left out: in the second adapter, ${A} holds NaN or infinity`,
      );
      expect(numbersIn(result!.error).every(Number.isFinite)).toBe(true);
    },
  );

  test("of a module that only the second has: it is left out too", async () => {
    const {result} = await merged(await both({...good, [A]: [[2, 5], at(3, bad)]}, pairsOf(["h.0.q", "h.2.q"])));
    expect(await written(result!)).toEqual(["h.0.q", "h.2.q"]);
    expect(result!.notes.join()).toContain(`in the second adapter, ${A} holds NaN`);
  });

  test("as an alpha: its module is left out, as it is and in a merge", async () => {
    const bare = "base_model.model.h.1.q.alpha";
    const second = await both({...good, [bare]: [[], bad]});
    expect(((await second("compare", {})).result as ComparedAdapters).leftOut).toMatchObject([
      {name: "h.1.q", why: expect.stringMatching(/^in the second adapter, its alpha is/)},
    ]);
    expect(await written((await merged(second)).result!)).toEqual(["h.0.q", "h.2.q"]);
    const alone = await second("export", {slot: 1, as: "PEFT", change: {kind: "none"}});
    expect(await written(alone.result!)).toEqual(["h.0.q", "h.2.q"]);
  });

  test("in all: nothing is compared and nothing is written, in words", async () => {
    const all = Object.fromEntries(Object.keys(good).map((name) => [name, [good[name]![0], bad] as const]));
    const ask = await both(all);
    expect((await ask("compare", {})).error).toBe(
      "None of the modules that both have can be used. The first is h.0.q: in the second adapter, base_model.model.h.0.q.lora_A.weight holds NaN or infinity.",
    );
    expect((await merged(ask)).error).toBe("The numbers of no module can be used, so nothing can be written.");
  });
});

test("numbers whose squares exceed float64 by their scale are no norm of infinity", async () => {
  const {modules, verdict} = await read(
    asker(),
    0,
    weights("huge", {...good, "base_model.model.h.1.q.alpha": [[], 3e38], [B]: [[6, 2], 1e38], [A]: [[2, 5], 1e38]}),
  );
  expect(modules.map(({name}) => name)).toEqual(NAMES);
  const more = await read(asker(), 0, [
    ...weights("huge", {...good, [B]: [[6, 2], 1e38], [A]: [[2, 5], 1e38]}),
    dropped("adapter_config.json", JSON.stringify({peft_type: "LORA", r: 2, lora_alpha: 1e100, target_modules: ["q"]})),
  ]);
  expect(more.verdict.unmeasured).toMatchObject([
    {name: "h.1.q", sentence: expect.stringContaining("so large that their squares exceed float64")},
  ]);
  expect(numbersIn([modules, verdict, more]).filter((value) => !Number.isFinite(value))).toEqual([]);
});

const short = (files: DroppedFile[]) => [dropped("short.safetensors", fileOf(good).subarray(0, -12)), ...files];

test("a second file that is cut short is refused, and the first is still open and alone", async () => {
  const ask = asker();
  await read(ask, 0, weights("one", good));
  expect((await ask("open", {slot: 1, files: short([])})).error).toMatch(/cut short, 12 bytes early/);
  expect((await ask("compare", {})).error).toBe("There is no second adapter yet.");
  expect((await ask("cuts", {slot: 0})).result!.rows).toHaveLength(2);
});

test("a second file that is refused leaves the second that is open", async () => {
  const ask = await both(pairsOf(NAMES, 3));
  expect((await ask("open", {slot: 1, files: short([])})).error).toBeDefined();
  const compared = (await ask("compare", {})).result as ComparedAdapters;
  expect(compared.pairs[0]!.ranks).toEqual([2, 3]);
});

test("half a pair in the second is called half; the first's update is merged alone", async () => {
  const {[B]: _, ...half} = good;
  const ask = await both(half);
  const compared = (await ask("compare", {})).result as ComparedAdapters;
  expect(compared.leftOut).toMatchObject([
    {name: "h.1.q", why: expect.stringMatching(/^in the second adapter, h\.1\.q has .* but its B is missing/)},
  ]);
  const {result} = await merged(ask);
  expect(await written(result!)).toEqual(NAMES);
  expect(result!.notes).toContain("1 module of the second adapter with a problem was left out");
});

test("half a pair alone in the second is no other base", async () => {
  const {[B]: _, ...half} = pairsOf(["h.1.q"]);
  const ask = await both({...half, "other.lora_A.weight": [[2, 5], 1], "other.lora_B.weight": [[6, 2], 1]});
  expect((await ask("compare", {})).error).toMatch(
    /^None of the modules that both have can be used\. The first is h\.1\.q: in the second adapter, .* its B is missing/,
  );
});

test("factors of the second that do not fit each other are named", async () => {
  const compared = (await (await both({...good, [B]: [[6, 3], wave]}))("compare", {})).result as ComparedAdapters;
  expect(compared.leftOut[0]!.why).toMatch(/^in the second adapter, h\.1\.q has A of .* and B of .*, which do not fit/);
});

test("a module of another size is left out of the comparison and of every merge", async () => {
  const ask = await both({...good, [A]: [[2, 7], wave]});
  const compared = (await ask("compare", {})).result as ComparedAdapters;
  const why = "it is 6 × 5 in the first adapter and 6 × 7 in the second";
  expect(compared.leftOut).toMatchObject([{name: "h.1.q", why}]);
  const {result} = await merged(ask);
  expect(await written(result!)).toEqual(["h.0.q", "h.2.q"]);
  expect(result!.notes).toContain(`the module h.1.q was left out: ${why}`);
});

test("an adapter of another model is said to be one", async () => {
  const ask = await both(pairsOf(["x.0.k", "x.1.k"]));
  expect((await ask("compare", {})).error).toBe(
    "These two have no module in common. Each can be inspected, but they cannot be compared.",
  );
});

test("a second adapter whose every B is 0 merges to the first", async () => {
  const zero = Object.fromEntries(
    NAMES.map((name) => [`base_model.model.${name}.lora_B.weight`, [[6, 2], 0] as const]),
  );
  const ask = await both({...good, ...zero});
  const compared = (await ask("compare", {})).result as ComparedAdapters;
  expect([compared.whole.cosine, compared.whole.norms[1]]).toEqual([0, 0]);
  const {result} = await ask("merge", {weights: [1, 1], name: "h.0.q"});
  expect(result!.whole.norm).toBeCloseTo(compared.whole.norms[0], 12);
  expect(numbersIn([compared, result]).every(Number.isFinite)).toBe(true);
});
