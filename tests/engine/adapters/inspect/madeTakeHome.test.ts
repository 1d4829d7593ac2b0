/** Each config that Take home writes for the made adapters, by the arithmetic of PEFT, vLLM and llama.cpp. */
import {expect, test} from "vitest";
import type {Change} from "../../../../src/engine/adapters/inspect/changes.ts";
import {isMeasured, type MeasuredUpdate} from "../../../../src/engine/adapters/inspect/measure.ts";
import type {OpenedAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {planOf} from "../../../../src/engine/adapters/inspect/plan.ts";
import {type TakeOptions, whyNotChanged, whyNotTaken} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {readSafetensors} from "../../../../src/engine/adapters/safetensors.ts";
import {costOf, evenRanks, splitRanks} from "../../../../src/engine/analysis/updates/resizing.ts";
import {findings, reopened, taken} from "./fixture.ts";
import {MADE, type MadeFile, TWO} from "./madeAdapters.ts";
import {openMade} from "./madeDrops.ts";
import {readersScales} from "./readers.ts";

/** A PEFT adapter that can be written again; undefined for what cannot be opened, and for stacked experts. */
async function opened(files: readonly MadeFile[]): Promise<OpenedAdapter | undefined> {
  const {adapter} = await openMade(files).catch(() => ({adapter: undefined}));
  if (!adapter || whyNotTaken(adapter, "PEFT") !== undefined) return undefined;
  const isPlain = [...adapter.pairs.values()].every(({family, experts}) => family === "peft" && experts === 1);
  return isPlain ? adapter : undefined;
}

const measuredOf = async (adapter: OpenedAdapter) => (await findings(adapter)).filter(isMeasured);

/** Writes it and gives each module's rank and strength as each program has them, with ‖B·A‖ before any scale. */
async function written(adapter: OpenedAdapter, change: Change, options: Partial<TakeOptions> = {}) {
  const found = await findings(adapter);
  const without = new Map(found.filter((one) => !isMeasured(one)).map(({pair}) => [pair.name, "unusable"]));
  const {
    adapter: again,
    config,
    model,
  } = await reopened(await taken(adapter, change, {as: "PEFT", without, ...options}));
  expect([...again.keys.modules.values()].flatMap(({faults}) => faults)).toEqual([]);
  const scales = readersScales(config!, readSafetensors(model).tensors);
  const {use_rslora = false} = JSON.parse(config!);
  return (await measuredOf(again)).map((one) => ({one, isRs: use_rslora as boolean, ...scales.get(one.name)!}));
}

type Written = Awaited<ReturnType<typeof written>>;

/** PEFT's rule gives the scale with which the page shows what it wrote; the others agree where they can. */
function check(all: Written): void {
  expect(all.length).toBeGreaterThan(0);
  for (const {one, peft} of all) expect([one.name, peft]).toEqual([one.name, expect.closeTo(one.scale, 9)]);
  const [first] = all as [Written[0]];
  if (!all.every(({peft}) => Math.abs(peft! - first.peft!) <= 1e-9 * Math.abs(first.peft!))) return;
  for (const {vllm} of all) expect(vllm).toBeCloseTo(first.peft!, 9);
  if (first.isRs || first.peft === 0 || all.some(({one}) => one.r !== first.one.r)) return;
  for (const {llama} of all) expect(llama).toBeCloseTo(first.peft!, 9);
}

const rootOf = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));

function strengths(all: Written, due: readonly MeasuredUpdate[]): void {
  for (const {one} of all) {
    const {s, norm} = due.find(({name}) => name === one.name)!;
    // F16 and BF16 round what they store.
    expect(Math.abs(one.norm - rootOf(s.slice(0, one.r)))).toBeLessThanOrEqual(1e-2 * norm);
  }
}

// A name with brackets or spaces is no module's, so it is refused in words.
const {"names that are formulas and scripts": _, ...names} = MADE["What its tensors are called"]!;
const cases = Object.values({...MADE, "What its tensors are called": names}).flatMap((group) => Object.entries(group));
const writable = (await Promise.all(cases.map(async ([name, files]) => [name, await opened(files)] as const))).flatMap(
  ([name, adapter]) => (adapter ? [[name, adapter] as const] : []),
);

test("most made adapters can be written", () => expect(writable.length).toBeGreaterThan(50));

test.each(writable)("%s: as it is, cut and split", async (_, adapter) => {
  const due = await measuredOf(adapter);
  if (due.length === 0) return;
  const as = await written(adapter, {kind: "none"});
  check(as);
  strengths(as, due);
  const cutAll = {kind: "cut", ranks: new Map(due.map(({name}) => [name, 1]))} as const;
  if (whyNotChanged(adapter, cutAll, false) !== undefined) {
    await expect(written(adapter, cutAll)).rejects.toThrow("training moved the base’s weights too");
    expect(() => planOf(adapter, cutAll, {as: "PEFT"})).toThrow("training moved the base’s weights too");
    return;
  }
  const all = due.map(({s, pair}) => ({s, cost: pair.d + pair.k}));
  const half = Math.max(1, Math.floor(Math.max(...due.map(({r}) => r)) / 2));
  for (const ranks of [evenRanks(all, half), splitRanks(all, costOf(all, evenRanks(all, half)))]) {
    const cut = await written(adapter, {kind: "cut", ranks: new Map(due.map(({name}, i) => [name, ranks[i]!]))});
    check(cut);
    strengths(cut, due);
  }
});

/** At one rank, all three programs put the same factor in front of B·A. */
function checkAlike(all: Written): void {
  const [first] = all as [Written[0]];
  for (const {one, peft, vllm, llama, isRs} of all) {
    expect([one.name, one.r, isRs]).toEqual([one.name, first.one.r, false]);
    for (const factor of [peft!, vllm, llama]) expect(factor / first.one.scale).toBeCloseTo(1, 9);
  }
}

test.each(writable)("%s: at one rank every reader has the same", async (_, adapter) => {
  const due = await measuredOf(adapter);
  if (due.length === 0) return;
  const alike = written(adapter, {kind: "none"}, {oneRank: true});
  if (due.every(({scale}) => scale === 0)) {
    await expect(alike).rejects.toThrow("α is 0 in every module");
    return;
  }
  const all = await alike;
  checkAlike(all);
  strengths(all, due);
});

test("without its head, a file for a task that has one no longer names the task, for which PEFT would look for the head", async () => {
  const {"a classifier (SEQ_CLS, in modules_to_save)": files} = MADE["What else is in the file"]!;
  const adapter = (await opened(files!))!;
  for (const [pairsOnly, task] of [[false, "SEQ_CLS"] as const, [true, null] as const]) {
    const {config} = await reopened(await taken(adapter, {kind: "none"}, {as: "PEFT", pairsOnly}));
    expect(JSON.parse(config!).task_type).toBe(task);
  }
});

test("PiSSA, OLoRA, CorDA and LoRA-GA are not merged either, in either place; LoftQ is", async () => {
  const made = async (name: string) => (await opened(MADE["What its config says"]![name]!))!;
  const [pissa, plain, loftq] = await Promise.all(["PiSSA", "EVA", "LoftQ"].map(made));
  const merge = (other: OpenedAdapter) => ({kind: "merge", other, weights: [1, 1]}) as const;
  for (const [one, other] of [[pissa, plain] as const, [plain, pissa] as const])
    expect(whyNotChanged(one!, merge(other!), true)).toContain("init_lora_weights is pissa");
  expect(whyNotChanged(loftq!, merge(plain!), true)).toBeUndefined();
});

test.each(Object.entries(TWO))("merged, %s", async (_, files) => {
  const [one, other] = (await Promise.all(files.map(opened))) as [OpenedAdapter, OpenedAdapter];
  for (const rank of [undefined, 4])
    for (const [options, isAs] of [[{}, check] as const, [{oneRank: true}, checkAlike] as const])
      isAs(await written(one, {kind: "merge", other, weights: [1, 1], ...(rank && {rank})}, options));
});
