/** The sentences of Will it load? and the facts of What it is, for files that a test makes. */
import {expect, test} from "vitest";
import type {DroppedFile} from "../../src/inspect/protocol.ts";
import {factRows} from "../../src/inspect/whatItIsScreen.ts";
import {loadSentence} from "../../src/inspect/willItLoadScreen.ts";
import {configOf, fileOf, pairsOf, renamed, type Tensors} from "../engine/adapters/inspect/made.ts";
import {asker, dropped, fixtureFiles, read} from "./asked.ts";

const own = pairsOf(["h.0.q", "h.1.q"]);
const weights = (tensors: Tensors) => dropped("adapter_model.safetensors", fileOf(tensors));
const opened = async (files: DroppedFile[]) => (await read(asker(), 0, files)).opened;

const config = (fields: object = {}) => dropped("adapter_config.json", configOf(fields));
const sentence = async (files: DroppedFile[]) => {
  const file = await opened(files);
  return loadSentence({opened: file, modules: new Map()});
};

test.each<[string, Tensors, string]>([
  ["PEFT's own", own, "PEFT, vLLM and llama.cpp all apply it as trained."],
  [
    "without the prefix",
    renamed(own, (name) => name.replace("base_model.model.", "")),
    "PEFT will find none of the 2 modules, though vLLM and llama.cpp will: base_model.model. is missing. Take home writes clean names.",
  ],
  [
    "with an adapter's name, under module.",
    renamed(own, (name) => `module.${name.replace(".weight", ".default.weight")}`),
    "PEFT will find none of the 2 modules: module. comes first and “default” is in the names. Take home writes clean names.",
  ],
])("before a number is read, Will it load? says who finds the names: %s", async (_, tensors, due) => {
  expect(await sentence([weights(tensors), config()])).toBe(due);
});

test("half a pair is said at once", async () => {
  const {"base_model.model.h.1.q.lora_B.weight": _, ...half} = own;
  expect(await sentence([weights(half), config()])).toMatch(/^h\.1\.q has .*lora_A\.weight but its B is missing/);
});

test("names of other families are for other readers", async () => {
  expect(await sentence(fixtureFiles("mlx"))).toMatch(/^These are MLX names, which are for mlx-lm/);
  expect((await opened(fixtureFiles("kohya"))).loading.readers).toEqual([]);
});

test("pairs alone count for what a tab can read", async () => {
  const whole = {...own, "base_model.model.embed_tokens.weight": [[4096, 64], 1] as const};
  const file = await opened([weights(whole), config()]);
  expect(file.isTooLarge).toBe(false);
  expect(file.bytes.sentences[0]).toMatch(/^100% of this file is whole copies of embed_tokens\. PEFT saves them/);
  expect(file.bytes.sentences[1]).toContain("model.resize_token_embeddings(4096)");
});

async function alphaOf(files: DroppedFile[]) {
  const {opened, verdict} = await read(asker(), 0, files);
  return factRows(opened, verdict)
    .find(([name]) => name === "α and scale")!
    .slice(1);
}

test("alpha is alpha and not the scale, and both come with their place", async () => {
  expect(await alphaOf([weights(own), config({lora_alpha: 16})])).toEqual([
    "α = 16, r = 2, so the scale is α / r = 8",
    "from adapter_config.json",
  ]);
  expect(await alphaOf([weights(own), config({lora_alpha: 16, use_rslora: true})])).toEqual([
    "α = 16, r = 2, so the scale is α / √r = 11.31",
    "from adapter_config.json",
  ]);
  expect(await alphaOf([weights({...own, "base_model.model.h.0.q.alpha": [[], 6]}), config({lora_alpha: 16})])).toEqual(
    [
      expect.stringMatching(/3 \(α = 6, r = 2\)|α = 6, r = 2, so the scale is α \/ r = 3/),
      "from .alpha beside the pair; from adapter_config.json",
    ],
  );
  expect(await alphaOf([weights(own)])).toEqual(["unknown; shown as 1", expect.stringContaining("no alpha found")]);
});
