import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {type InspectRequest, inspect, readArguments} from "../../../../src/embed/packages/command/command.ts";
import {READ_ON} from "../../../../src/engine/adapters/inspect/loading/rules.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {MADE, type MadeFile} from "../../../engine/adapters/inspect/madeAdapters.ts";

const folder = new URL("../../../fixtures/inspect/", import.meta.url);
const file = (name: string) => sourceOf(new Uint8Array(readFileSync(new URL(name, folder))));
const ask = (asked: Partial<InspectRequest> = {}): InspectRequest => ({file: "x", as: "table", ...asked});

test("reads its arguments", () => {
  expect(readArguments(["inspect", "a.safetensors"])).toEqual({file: "a.safetensors", as: "table"});
  expect(readArguments(["inspect", "--json", "a", "--alpha", "16"])).toEqual({
    file: "a",
    as: "json",
    choice: {alpha: 16},
  });
  expect(readArguments(["inspect", "a", "--csv", "--scale", "0.5"])).toEqual({
    file: "a",
    as: "csv",
    choice: {scale: 0.5},
  });
});

test("reads the files of a base and of a checkpoint up to the next option", () => {
  expect(readArguments(["inspect", "a", "--base", "b1", "b2", "--json", "--merged", "m"])).toEqual({
    file: "a",
    as: "json",
    base: ["b1", "b2"],
    merged: ["m"],
  });
});

test.each([
  [[], "no command"],
  [["open", "a"], '"open" is no command'],
  [["inspect"], "no file is given"],
  [["inspect", "a", "b"], "one file at a time"],
  [["inspect", "a", "--alpha"], "--alpha needs a number"],
  [["inspect", "a", "--scale", "x"], "--scale needs a number"],
  [["inspect", "a", "--base"], "--base needs files"],
  [["inspect", "a", "--merged", "m"], "--merged needs --base"],
  [["inspect", "a", "--all"], "--all is no option"],
])("refuses %j", (words, sentence) => expect(() => readArguments(words)).toThrow(sentence));

test("the table says first what matters, then facts, health and modules in order", async () => {
  const {text} = await inspect(file("gguf-no-alpha.gguf"), undefined, ask());
  const lines = text.split("\n");
  expect(lines[0]).toBe("These are GGUF names, which are for llama.cpp and programs built on it.");
  expect(lines[1]).toMatch(/^The rank is 2, (?:but|and) on average/);
  expect(text).toContain("Scale 1 (no alpha in the file; loaders of such files take 1)");
  expect(lines.at(-2)).toMatch(/^blk\.0\.attn_v\s+2\s+1\s/);
  const {text: chosen} = await inspect(file("gguf-no-alpha.gguf"), undefined, ask({choice: {alpha: 4}}));
  expect(chosen).not.toContain("no alpha in the file");
  expect(chosen.split("\n").at(-2)).toMatch(/^blk\.0\.attn_v\s+2\s+2\s/);
});

test("JSON is a report and CSV a line for each module", async () => {
  const config = readFileSync(new URL("mlx.json", folder), "utf8");
  const report = JSON.parse((await inspect(file("mlx.safetensors"), config, ask({as: "json"}))).text);
  expect(report.modules.map(({scale}: {scale: number}) => scale)).toEqual(Array(5).fill(20));
  expect((await inspect(file("mlx.safetensors"), config, ask({as: "csv"}))).text.trimEnd().split("\r\n")).toHaveLength(
    6,
  );
});

const CASES = Object.assign({}, ...Object.values(MADE)) as Record<string, readonly MadeFile[]>;
const ran = (name: string, today?: Date) => {
  const [[, weights], [, config] = []] = CASES[name] as [MadeFile, MadeFile?];
  return inspect(
    sourceOf(weights as Uint8Array),
    config as string | undefined,
    ask({file: "run/x.safetensors"}),
    today,
  );
};

test.each([
  ["a healthy file", 0, "PEFT, vLLM and llama.cpp all apply it as trained."],
  ["rank 48", 0, "PEFT, vLLM and llama.cpp all apply it as trained."],
  ["a base in 4 bits", 0, "PEFT, vLLM and llama.cpp all apply it as trained."],
  ["rsLoRA, rank 64", 1, "PEFT and vLLM apply it as trained; llama.cpp makes every module 8 × too weak."],
  ["DoRA", 1, "Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops."],
  [
    "NaN in one tensor",
    1,
    "1 of 8 tensors holds NaN or infinity; the first is base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight.",
  ],
  ["α = 0", 1, "α is 0: PEFT and vLLM add nothing of this adapter; llama.cpp uses scale 1 instead."],
  ["no config", 1, "None of PEFT, vLLM and llama.cpp loads it: there is no adapter_config.json."],
  [
    "kohya, α beside each pair",
    0,
    "These are kohya names, which are for sd-scripts, ComfyUI, AUTOMATIC1111 and Forge, diffusers.",
  ],
] as const)("the first line and the exit code of “%s”", async (name, due, first) => {
  const {text, code} = await ran(name);
  expect([code, text.split("\n")[0]]).toEqual([due, first]);
});

test("each reader has a line with its command, and old rules are said", async () => {
  const {text} = await ran("rank 48", new Date(Date.parse(READ_ON) + 200 * 86_400_000));
  expect(text).toContain("  ok  vLLM      Loads, as trained. It takes rank 48 with --max-lora-rank 64.");
  expect(text).toContain(
    "$ vllm serve meta-llama/Llama-3.2-1B --enable-lora --max-lora-rank 64 --lora-modules run=run",
  );
  expect(text).toContain("These rules were read 200 days ago");
  expect((await ran("rank 48", new Date(READ_ON))).text).not.toContain("days ago");
});

test("a file that is none is refused in words", async () => {
  await expect(inspect(sourceOf(new TextEncoder().encode("<!DOCTYPE html><html>")), undefined, ask())).rejects.toThrow(
    "web page",
  );
});

test("with a base it says the lines of the page, in text and in JSON", async () => {
  const folder = new URL("../../../fixtures/base/", import.meta.url);
  const file = (name: string) => sourceOf(new Uint8Array(readFileSync(new URL(name, folder))), name);
  const config = readFileSync(new URL("adapter_config.json", folder), "utf8");
  const models = {base: [file("base-BF16.safetensors")], merged: [file("merged-half.safetensors")]};
  const run = async (as: InspectRequest["as"]) =>
    (await inspect(file("adapter_model.safetensors"), config, ask({as}), undefined, models)).text;
  const lines = (await run("table")).trimEnd().split("\n");
  const at = lines.indexOf(
    "A merge in BF16 would keep 88% of this change, which is 0.21% as long as the weights it changes.",
  );
  expect(lines[at + 1]).toBe("This adapter is in this checkpoint at strength 0.50 in place of 1.");
  expect(lines.slice(-4)[0]).toMatch(/^model\.layers\.0\.q_proj\s+37%\s+86%\s+0\.06%\s+0\.21\s+0\.50$/);
  expect(JSON.parse(await run("json")).against.headline).toBe(lines[at]);
});
