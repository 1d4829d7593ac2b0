/** The sentences of Keys and the facts of What it is, for files that a test makes. */
import {expect, test} from "vitest";
import {keysSentence} from "../../src/inspect/keysScreen.ts";
import type {DroppedFile} from "../../src/inspect/protocol.ts";
import {factRows, noteLines} from "../../src/inspect/whatScreen.ts";
import {configOf, fileOf, pairsOf, renamed, type Tensors} from "../engine/adapters/inspect/made.ts";
import {asker, dropped, fixtureFiles, read} from "./asked.ts";

const own = pairsOf(["h.0.q", "h.1.q"]);
const weights = (tensors: Tensors) => dropped("adapter_model.safetensors", fileOf(tensors));
const opened = async (files: DroppedFile[]) => (await read(asker(), 0, files)).opened;

test.each<[string, Tensors, RegExp]>([
  ["PEFT's own", own, /^PEFT names; every tensor belongs to a pair\.$/],
  [
    "without the prefix",
    renamed(own, (name) => name.replace("base_model.model.", "")),
    /^Nearly PEFT’s names: base_model\.model\. is missing, so PEFT 0\.20 does not find them; .* Rewrite as PEFT repairs it\.$/,
  ],
  [
    "with an adapter's name, under module.",
    renamed(own, (name) => `module.${name.replace(".weight", ".default.weight")}`),
    /^Nearly PEFT’s names: module\. comes first and “default” is in the names, .* Rewrite as PEFT repairs that\.$/,
  ],
])("names that PEFT loads are praised, and no others: %s", async (_, tensors, due) => {
  expect(keysSentence(await opened([weights(tensors)]))).toMatch(due);
});

test("half a pair belongs to no pair, also where its other half is all that is missing", async () => {
  const {"base_model.model.h.1.q.lora_B.weight": _, ...half} = own;
  const file = await opened([weights(half)]);
  expect(keysSentence(file)).toBe("PEFT names; 1 of 3 tensors belongs to no pair.");
  expect(noteLines(file, undefined).join()).toMatch(/h\.1\.q has .*lora_A\.weight but its B is missing/);
});

test("names of another family are said to be rewritable where they are", async () => {
  expect(keysSentence(await opened(fixtureFiles("mlx")))).toMatch(
    /^MLX names.*, and they can be rewritten as PEFT’s\.$/,
  );
  expect(keysSentence(await opened(fixtureFiles("kohya")))).not.toContain("rewritten");
});

async function alphaOf(files: DroppedFile[]) {
  const {opened, verdict} = await read(asker(), 0, files);
  return factRows(opened, verdict)
    .find(([name]) => name === "α and scale")!
    .slice(1);
}

test("alpha is alpha and not the scale, and both come with their place", async () => {
  const config = (fields: object) => dropped("adapter_config.json", configOf(fields));
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
