/** What the screens say, without a page. */
import {expect, test} from "vitest";
import {comparisonVerdict} from "../../src/inspect/compareScreen.ts";
import {differentBases, displayName} from "../../src/inspect/displayName.ts";
import {lossSentence} from "../../src/inspect/exportScreen.ts";
import {capitalUnlessName} from "../../src/inspect/format.ts";
import type {ComparedAdapters, OpenedFile} from "../../src/inspect/protocol.ts";
import {suggestion, whyNothingToCut} from "../../src/inspect/resizeScreen.ts";

const compared = (cosine: number, norms: [number, number], onlyInFirst = 0, onlyInSecond = 0) =>
  ({whole: {cosine, norms}, onlyInFirst, onlyInSecond}) as ComparedAdapters;
const END = "cosine 1.00 between the two ΔW, where 1 is the same and 0 unrelated";

test.each<[string, ComparedAdapters, boolean, string]>([
  ["equal", compared(1, [3, 3.02]), false, `The same update: ${END}.`],
  ["another alpha", compared(1, [21.4, 10.7]), false, `The same direction, the second 0.5 times as strong: ${END}.`],
  ["no alpha", compared(1, [3, 3]), true, `The same direction: ${END}.`],
  ["half a pair", compared(1, [3, 3], 1), false, `The same where both have it: ${END}; 1 module is in the first only.`],
  [
    "both",
    compared(1, [3, 6], 1, 2),
    false,
    `The same direction where both have it, the second 2 times as strong: ${END}; 1 module is in the first only; 2 modules are in the second only.`,
  ],
  [
    "B = 0 in the second",
    compared(0, [3, 0]),
    false,
    "The second changes nothing: ΔW is 0 in every module of both, so there is no direction to compare.",
  ],
  [
    "B = 0 in both",
    compared(0, [0, 0]),
    false,
    "The first and the second change nothing: ΔW is 0 in every module of both, so there is no direction to compare.",
  ],
  ["other", compared(0.07, [3, 6], 1), false, `Different updates: ${END.replace("1.00", "0.07")}.`],
])("two adapters, %s", (_, given, isOpen, due) => expect(comparisonVerdict(given, isOpen)).toBe(due));

test("where nothing can be cut, that is said", () => {
  expect(whyNothingToCut([{r: 1, norm: 2}])).toBe("Every update has rank 1: there is nothing to cut.");
  expect(whyNothingToCut([{r: 4, norm: 0}])).toBe("Every ΔW is 0: there is nothing to cut.");
  expect(whyNothingToCut([{r: 4, norm: 2}])).toBeUndefined();
});

test("a rank is suggested for every module and for most, and none where none helps", () => {
  const enough = {forAll: 6, forMost: 4, enoughCount: 29, moduleCount: 36, largest: 8};
  expect(suggestion(enough)).toEqual({
    sentence:
      "Rank 6 is the smallest with an error under 10% in every module. For most modules, 29 of 36, rank 4 is enough.",
    ranks: [6, 4],
  });
  expect(suggestion({...enough, forMost: 6, enoughCount: 36})).toEqual({
    sentence: "Rank 6 is the smallest with an error under 10% in every module.",
    ranks: [6],
  });
  expect(suggestion({...enough, forAll: 8})).toEqual({
    sentence:
      "Rank 4 is the smallest with an error under 10% in most modules, 29 of 36. In every module only rank 8 has that, as it is.",
    ranks: [4],
  });
  expect(suggestion({...enough, forAll: 8, forMost: 8}).ranks).toEqual([]);
});

test("what a cut loses is said before it is made, and what cannot be known is not said", () => {
  expect(lossSentence({kind: "cut", r: 4, isSplit: false}, 0.1026)).toBe(
    "Cut to rank 4, the update changes by 10.26% of its length.",
  );
  expect(lossSentence({kind: "cut", r: 4, isSplit: true}, 0.0764)).toBe(
    "With the best split at the size of rank 4, the update changes by 7.64% of its length.",
  );
  expect(lossSentence({kind: "none"}, 0)).toBe("");
  const merge = {kind: "merge", weights: [1, 1] as [number, number], density: 0.5} as const;
  expect(lossSentence({...merge, method: "sum"}, 0)).toBe("Nothing of the merge is cut.");
  expect(lossSentence({...merge, method: "ties", rank: 4}, undefined)).toMatch(/once it is made, before you save it/);
  expect(lossSentence({...merge, method: "factors"}, undefined)).toBe("");
});

test.each<[string, string, string, string | undefined, string]>([
  ["by its folder", "runs/a/adapter_model.safetensors", "openai/gpt2", undefined, "a"],
  ["by its own name", "b/names.safetensors", "openai/gpt2", undefined, "names.safetensors"],
  ["by its base", "adapter_model.safetensors", "openai/gpt2", undefined, "gpt2"],
  ["by its number", "b/a/adapter_model.safetensors", "openai/gpt2", "a", "a (2)"],
])("an adapter is called %s", (_, name, base, other, due) =>
  expect(displayName({name, facts: {base: {name: base, from: ""}}} as OpenedFile, other)).toBe(due),
);

test("two configs that name different bases are a doubt; a copy, or the same base in 4 bits, is none", () => {
  const base = (name: string, from = "adapter_config.json") => ({facts: {base: {name, from}}}) as OpenedFile;
  const doubt = (one: string, two: string) => differentBases(base(one), base(two));
  expect(doubt("Qwen/Qwen2.5-0.5B-Instruct", "/home/me/checkpoint-1500")).toBe(
    "Their configs name different bases (Qwen2.5-0.5B-Instruct, checkpoint-1500). Equal shapes do not make them the same.",
  );
  expect(doubt("meta-llama/Llama-3.2-1B", "D:\\models\\Llama-3.2-1B")).toBeUndefined();
  expect(doubt("meta-llama/Llama-3.2-1B", "unsloth/llama-3.2-1b-unsloth-bnb-4bit")).toBeUndefined();
  expect(differentBases(base("a"), base("b", "its names"))).toBeUndefined();
});

test("names of modules and files keep their small letters", () => {
  expect(capitalUnlessName("adapter_config.json is not JSON")).toBe("adapter_config.json is not JSON");
  expect(capitalUnlessName("model.decoder.layers.1: B")).toBe("model.decoder.layers.1: B");
  expect(capitalUnlessName("the file is empty")).toBe("The file is empty");
});
