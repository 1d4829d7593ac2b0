/** The words that adapters of the lab write in the inspector, against the forge as the engine runs it, and whose words there are. */
import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {readBase} from "../../src/engine/adapters/base.ts";
import {readAdapter} from "../../src/engine/adapters/peft.ts";
import {readSafetensors} from "../../src/engine/adapters/safetensors.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {Attachment} from "../../src/engine/lora/attachment.ts";
import {TARGETS} from "../../src/engine/network/architecture.ts";
import {allocate} from "../../src/engine/network/parameters.ts";
import {sampleWords} from "../../src/engine/network/sampling.ts";
import {forward, languageLoss, mergeAll} from "../../src/engine/network/transformer.ts";
import {SPLIT_SEED} from "../../src/engine/training/trials.ts";
import {batchOf, splitWords, wordForge} from "../../src/engine/training/words.ts";
import {unpackWords} from "../../src/figures/shared/sortedWords.ts";
import {FORGE_SHA256} from "../../src/inspect/forge/forgeBase.ts";
import type {DroppedFile} from "../../src/inspect/protocol.ts";
import {configOf, fileOf, pairsOf, type Tensors, wave} from "../engine/adapters/inspect/made.ts";
import {type Asker, asker, dropped, read, sampleDrop} from "./asked.ts";

/** As many as the forge writes at once. */
const WORDS = 6;

const stored = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../content/lab/${name}.json`, import.meta.url), "utf8"));
const {base64} = stored("word-forge.weights") as {base64: string};
const bytes = Buffer.from(base64, "base64");
const base = readBase(new Uint8Array(bytes), wordForge);

/** A sample as the engine's own reader of PEFT files attaches it, `factor` times as strong. */
async function attached(name: string, factor: number): Promise<Attachment> {
  const [model, config] = sampleDrop(name);
  const {modules} = readAdapter(
    await config!.blob.text(),
    readSafetensors(new Uint8Array(await model!.blob.arrayBuffer())),
  );
  const view = () =>
    Array.from({length: wordForge.L}, (_, l) => ({
      loras: Object.fromEntries(
        TARGETS.map((target) => {
          const lora = modules.get(`layers.${l}.${target}`)!;
          return [target, {...lora, alpha: lora.alpha * factor}];
        }),
      ),
    }));
  return {params: allocate([]), view};
}

/** Both samples on the forge, side by side with the base's weights: nothing is merged. */
async function unmerged(weights: readonly number[]) {
  const both = await Promise.all(["names4", "french4"].map((name, i) => attached(name, weights[i]!)));
  return {...base, attached: both.filter((_, i) => weights[i] !== 0)};
}

const wordsOf = (model: Parameters<typeof forward>[0], seed: number) =>
  sampleWords((tokens, B) => forward(model, tokens, B).logits, WORDS, mulberry32(seed));

/** Both places filled and measured. */
async function opened(first: DroppedFile[], second: DroppedFile[]) {
  const ask = asker();
  const views = [await read(ask, 0, first), await read(ask, 1, second)];
  return {ask, areForForge: views.map(({opened}) => opened.isForForge)};
}

const SEED = 21;

describe("the two samples of one seed", () => {
  let ask: Asker;
  const write = async (weights: [number, number], seed = SEED) => (await ask("writeWords", {weights, seed})).result!;
  beforeAll(async () => {
    const both = await opened(sampleDrop("names4"), sampleDrop("french4"));
    expect(both.areForForge).toEqual([true, true]);
    ask = both.ask;
    expect((await ask("writeWords", {weights: [1, 1], seed: SEED})).error).toBe("The word forge is not loaded yet.");
    await ask("useForge", {base64});
  });

  test.each<[number, number]>([
    [1, 0],
    [0, 1],
    [1, 1],
    [0.5, 0.5],
    [1, -1],
    [2, 0.35],
  ])("at %d and %d the forge writes what it writes with them attached, merged or not", async (...weights) => {
    const model = await unmerged(weights);
    const words = await write(weights);
    expect(words).toEqual(wordsOf(model, SEED));
    expect(words).toEqual(wordsOf(mergeAll(model), SEED));
    expect(words).toHaveLength(WORDS);
  });

  test("the words of the design's picture", async () => {
    expect((await write([1, 0], 11)).join(" ")).toBe("kepine shina linnie wellendi gabrie allyle");
    expect((await write([0, 1], 11)).join(" ")).toBe("inlite repolbaies mentoule veiseras ebations ammulenas");
    expect((await write([1, 1], 11)).join(" ")).toBe("ginire renida linnie vagoliel eadone amey");
  });

  test("every weight counts, at 0 and 0 the base writes, and a seed gives its own words again", async () => {
    const all = await Promise.all(
      (
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const
      ).map(([one, two]) => write([one, two])),
    );
    expect(all[0]).toEqual(wordsOf(base, SEED));
    expect(new Set(all.map(String)).size).toBe(4);
    expect(await write([1, 1])).toEqual(all[3]);
    expect(await write([1, 1], SEED + 1)).not.toEqual(all[3]);
  });

  test("letters in doubt are e to the engine's own loss on the words kept back", async () => {
    const lists = ["names", "french"].map((name) =>
      readFileSync(new URL(`../../content/lab/${name}.txt`, import.meta.url), "utf8"),
    );
    const doubt = async (weights: [number, number]) => (await ask("lettersInDoubt", {weights, lists})).result!;
    const card = stored("word-forge").heldOut as Record<string, number>;
    const nats = (found: number[]) => found.map(Math.log);
    const ofBase = nats(await doubt([0, 0]));
    expect(ofBase[0]).toBeCloseTo(card.names!, 5);
    expect(ofBase[1]).toBeCloseTo(card.french!, 5);
    const names = batchOf(splitWords(unpackWords(lists[0]!), SPLIT_SEED).heldOut);
    expect(nats(await doubt([1, 0.5]))[0]).toBeCloseTo(languageLoss(await unmerged([1, 0.5]), names), 5);
    const [one, two] = [nats(await doubt([1, 0])), nats(await doubt([0, 1]))];
    expect([one[0]! < ofBase[0]! - 0.3, two[1]! < ofBase[1]! - 0.3]).toEqual([true, true]);
  });

  test("weights beyond all bounds are said, and the next ones write", async () => {
    expect((await ask("writeWords", {weights: [1e300, 1], seed: SEED})).error).toMatch(
      /the numbers in the forge overflow/,
    );
    expect(await write([1, 1])).toHaveLength(WORDS);
  });
});

/** A pair of one matrix of the forge. */
const pair = (name: string, [d, k]: [number, number] = [32, 32], fill: (i: number) => number = wave): Tensors => ({
  [`base_model.model.${name}.lora_A.weight`]: [[2, k], fill],
  [`base_model.model.${name}.lora_B.weight`]: [[d, 2], wave],
});
const files = (tensors: Tensors, name: string, folder = "run") => [
  dropped(`${folder}/adapter_model.safetensors`, fileOf(tensors)),
  dropped(`${folder}/adapter_config.json`, configOf({base_model_name_or_path: name})),
];
const isForForge = async (all: DroppedFile[]) => (await asker()("open", {slot: 0, files: all})).result!.isForForge;

describe("whose words there are", () => {
  const q = pair("layers.0.Wq");

  test("the forge is known by the hash in its card", () => expect(FORGE_SHA256).toBe(stored("word-forge").file.sha256));

  test.each<[string, Tensors]>([
    ["one matrix of the forge", q],
    ["W1 and W2 of the second layer", {...pair("layers.1.W1", [128, 32]), ...pair("layers.1.W2", [32, 128])}],
  ])("the forge's for %s", async (_, tensors) => expect(await isForForge(files(tensors, "word-forge"))).toBe(true));

  test.each<[string, Tensors, string]>([
    ["an archive's file without its base", q, "base.safetensors"],
    ["another base", q, "some/base"],
    ["the digit machine", q, "digit-machine"],
    ["the forge, rounded", q, "word-forge, rounded (nf4)"],
    ["other names", pairsOf(["h.0.q"]), "word-forge"],
    ["another width", pair("layers.0.Wq", [48, 32]), "word-forge"],
    ["a third layer", {...q, ...pair("layers.2.Wq")}, "word-forge"],
    ["more than pairs", {...q, "base_model.model.head.weight": [[27, 32], wave]}, "word-forge"],
    ["half a pair", {...q, "base_model.model.layers.1.Wq.lora_A.weight": [[2, 32], wave]}, "word-forge"],
    ["DoRA", {...q, "base_model.model.layers.0.Wq.lora_magnitude_vector": [[32], wave]}, "word-forge"],
  ])("nobody's for %s", async (_, tensors, name) => expect(await isForForge(files(tensors, name))).toBe(false));

  test("an archive's base settles it by its bytes, and is not taken for a second adapter", async () => {
    const digits = Buffer.from(stored("digit-machine.weights").base64, "base64");
    const changed = Buffer.from(bytes).fill(1, bytes.length - 1);
    const openWith = async (base: Uint8Array) =>
      (
        await asker()("open", {
          slot: 0,
          files: [
            dropped("run/base.safetensors", base),
            ...files(q, "base.safetensors"),
            dropped("run/run.py", "import torch"),
            dropped("run/texts.txt", ".anna."),
          ],
        })
      ).result!;
    const forge = await openWith(bytes);
    expect([forge.name, forge.isForForge, forge.more]).toEqual(["run/adapter_model.safetensors", true, []]);
    expect(forge.ignored).toContainEqual({
      name: "run/base.safetensors",
      why: "it is the base of this adapter, which is not needed here",
    });
    expect(forge.ignored.map(({name}) => name)).toContain("run/run.py");
    for (const base of [digits, changed]) {
      const other = await openWith(base);
      expect([other.name, other.isForForge, other.more]).toEqual(["run/adapter_model.safetensors", false, []]);
    }
    const alone = await asker()("open", {slot: 0, files: [dropped("run/base.safetensors", bytes)]});
    expect(alone.error).toMatch(/^This is a whole model of 20 tensors/);
  });

  test("of two runs in one drop the second brings its base along", async () => {
    const ask = asker();
    const both = ["one", "two"].flatMap((folder) => [
      ...files(q, "base.safetensors", folder),
      dropped(`${folder}/base.safetensors`, bytes),
    ]);
    const {isForForge, more} = (await ask("open", {slot: 0, files: both})).result!;
    expect([isForForge, more.map((list) => list.map(({name}) => name))]).toEqual([
      true,
      [["two/adapter_model.safetensors", "two/adapter_config.json", "two/base.safetensors"]],
    ]);
    expect((await ask("open", {slot: 1, files: more[0]!})).result!.isForForge).toBe(true);
  });

  test("NaN, and an adapter that is not for the forge, are said in words", async () => {
    const bad = files(
      pair("layers.0.Wq", [32, 32], (i) => (i === 5 ? Number.NaN : wave(i))),
      "word-forge",
    );
    for (const [second, error] of [
      [bad, /^In the second adapter, .*lora_A\.weight holds NaN or infinity, so the forge cannot write with it\.$/],
      [files(q, "some/base"), /^The second adapter is not for the word forge/],
    ] as const) {
      const {ask} = await opened(sampleDrop("names4"), [...second]);
      await ask("useForge", {base64});
      expect((await ask("writeWords", {weights: [1, 1], seed: SEED})).error).toMatch(error);
    }
  });
});
