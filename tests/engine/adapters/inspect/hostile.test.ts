/** What people drop by mistake or on purpose: each file is refused, or read in part, in words and quickly. */
import {expect, test} from "vitest";
import {openContainer} from "../../../../src/engine/adapters/inspect/container.ts";
import {sortDropped} from "../../../../src/engine/adapters/inspect/dropped.ts";
import {healthOf, sentenceOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import {isMeasured} from "../../../../src/engine/adapters/inspect/measure.ts";
import {openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {type Source, sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {type Tensor, writeSafetensors} from "../../../../src/engine/adapters/safetensorsWriter.ts";
import {mulberry32} from "../../../../src/engine/linalg/random.ts";
import {fileOf} from "../mutants.ts";
import {counting, filesOf, findings} from "./fixture.ts";
import {fileOf as madeFile, tensorOf, wave} from "./made.ts";

const text = (value: string) => new TextEncoder().encode(value);
const open = (bytes: Uint8Array, config?: string) => openAdapter(sourceOf(bytes), config);
const tensor = (shape: number[], fill: (i: number) => number = wave): Tensor => tensorOf([shape, fill]);
/** A good pair of rank 2 and more tensors. */
const file = (more: Record<string, Tensor> = {}) =>
  writeSafetensors(
    new Map(Object.entries({"a.q.lora_A.weight": tensor([2, 5]), "a.q.lora_B.weight": tensor([4, 2]), ...more})),
  );
const good = file();
const entry = (shape: string, begin: number, end: number) =>
  `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`;

interface GgufParts {
  version: number;
  tensors: {name: string; sizes: number[]; type: number; offset: number}[];
  keys: Uint8Array[];
  tensorCount: number;
  data: number;
}

/** GGUF bytes by hand. */
function gguf(parts: Partial<GgufParts> = {}): Uint8Array {
  const {version = 3, tensors = [a], keys = [], tensorCount = tensors.length, data = 4096} = parts;
  const u32 = (n: number) => new Uint8Array(Uint32Array.of(n).buffer);
  const u64 = (n: number | bigint) => new Uint8Array(BigUint64Array.of(BigInt(n)).buffer);
  const named = (name: string) => [u64(text(name).length), text(name)];
  const all = [
    ...[text("GGUF"), u32(version), u64(tensorCount), u64(keys.length), ...keys],
    ...tensors.flatMap(({name, sizes, type, offset}) => [
      ...[...named(name), u32(sizes.length), ...sizes.map(u64), u32(type), u64(offset)],
    ]),
  ];
  const head = all.flatMap((part) => [...part]);
  return Uint8Array.from([...head, ...new Uint8Array((32 - (head.length % 32)) % 32), ...new Uint8Array(data)]);
}
const key = (name: string, type: number, value: number[]) =>
  Uint8Array.from([
    ...new Uint8Array(BigUint64Array.of(BigInt(name.length)).buffer),
    ...text(name),
    ...new Uint8Array(Uint32Array.of(type).buffer),
    ...value,
  ]);
const huge = [...new Uint8Array(BigUint64Array.of(2n ** 60n).buffer)];
const a = {name: "blk.0.attn_q.weight.lora_a", sizes: [8, 2], type: 0, offset: 0};
const b = {name: "blk.0.attn_q.weight.lora_b", sizes: [2, 8], type: 0, offset: 64};

test.each<[string, Uint8Array, string]>([
  ["nothing", new Uint8Array(), "the file is empty"],
  ["a pickle", Uint8Array.from([0x80, 2, ...text("}q\0X\x05\0\0\0hello world")]), "a pickle can run code"],
  ["a file cut short", good.subarray(0, good.length - 12), "it was cut short, 12 bytes early; download it again"],
  ["no tensors", fileOf("{}"), "the file has no tensors"],
  [
    "a whole model",
    madeFile({"model.embed.weight": [[2, 2], wave], "model.norm.weight": [[2], wave]}),
    "a whole model of 2 tensors, not an adapter",
  ],
  [
    "a whole model whose layers widen by 4",
    madeFile({
      ...{"embed.weight": [[200, 8], wave], "lm_head.weight": [[200, 8], wave], "h.0.q.weight": [[8, 8], wave]},
      ...{"h.0.up.weight": [[32, 8], wave], "h.0.down.weight": [[8, 32], wave]},
    }),
    "a whole model of 5 tensors, not an adapter",
  ],
  [
    "a LoRA of names that nobody here knows",
    madeFile({
      ...{w_a_000: [[4, 96], wave], w_b_000: [[64, 4], wave], w_a_001: [[4, 96], wave], w_b_001: [[64, 4], wave]},
      "mask_decoder.weight": [[64, 64], wave],
    }),
    "none of the 5 names is known as a LoRA’s (w_a_000 is the first); their shapes, 4 × 96 and 64 × 4, look like factors of rank 4",
  ],
  ["GGUF that ends in its header", gguf().subarray(0, 40), "the file ends inside its header"],
  ["GGUF of version 1", gguf({version: 1}), "the version is 1"],
  ["GGUF, big-endian", gguf({version: 3 * 2 ** 24}), "little-endian"],
  ["GGUF cut short", gguf({tensors: [a, b], data: 100}), "bytes early: it was cut short"],
  ["GGUF with tensors over each other", gguf({tensors: [a, {...b, offset: 32}]}), "inside the tensor before it"],
  ["GGUF out of line", gguf({tensors: [a, {...b, offset: 65}]}), "no multiple of 32"],
  ["GGUF with one name twice", gguf({tensors: [a, a]}), "occurs twice"],
  ["GGUF of 2^50 tensors", gguf({tensorCount: 2 ** 50}), "at most 100,000 are read"],
  ["GGUF with a text of 2^60 bytes", gguf({keys: [key("k", 8, huge)]}), "which no file can have"],
  ["GGUF with a list of 2^60 numbers", gguf({keys: [key("k", 9, [4, 0, 0, 0, ...huge])]}), "which no file can have"],
  ["GGUF with lists in a list", gguf({keys: [key("k", 9, [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])]}), "a list of lists"],
  ["GGUF with a value of no type", gguf({keys: [key("k", 77, [])]}), "a value of the type 77"],
  ["GGUF with sizes beyond any file", gguf({tensors: [{...a, sizes: [2 ** 40, 2 ** 40]}]}), "no file can hold"],
  [
    "GGUF with an alignment of 0",
    gguf({keys: [key("general.alignment", 4, [0, 0, 0, 0])]}),
    "it must be a whole number from 1",
  ],
  ["GGUF of a whole model", gguf({tensors: [{...a, name: "blk.0.attn_q.weight"}]}), "a whole model of 1 tensor,"],
])("%s is refused", async (_, bytes, sentence) => {
  const start = performance.now();
  await expect(open(bytes)).rejects.toThrow(sentence);
  const error = await open(bytes).catch((caught: Error) => caught);
  expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
  expect((error as Error).message.length).toBeLessThan(400);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("GGUF with a longer header than is read is refused, with the limit", async () => {
  const count = [...new Uint8Array(BigUint64Array.of(2n ** 28n).buffer)];
  const head = gguf({keys: [key("k", 9, [0, 0, 0, 0, ...count])], data: 0});
  const slice = (begin: number, end: number) => {
    const bytes = new Uint8Array(end - begin);
    bytes.set(head.subarray(begin, end));
    return {arrayBuffer: async () => bytes.buffer};
  };
  await expect(openContainer({size: 2 ** 30, slice})).rejects.toThrow("longer than 67,108,864 bytes");
});

test.each<[string, Record<string, Tensor>, string]>([
  [
    "half a pair",
    {"a.k.lora_A.weight": tensor([2, 5])},
    "has a.k.lora_A.weight but its B is missing: a loader will skip or refuse it",
  ],
  [
    "ranks that differ",
    {"a.k.lora_A.weight": tensor([2, 5]), "a.k.lora_B.weight": tensor([4, 3])},
    "A of 2 × 5 and B of 4 × 3, which do not fit",
  ],
  ["a vector", {"a.k.lora_A.weight": tensor([2]), "a.k.lora_B.weight": tensor([4, 2])}, "which do not fit"],
  [
    "no numbers",
    {"a.k.lora_A.weight": tensor([0, 5]), "a.k.lora_B.weight": tensor([4, 0])},
    "has no numbers in this file",
  ],
  [
    "a wrong middle",
    {
      "k.lora_down.weight": tensor([2, 5, 1, 1]),
      "k.lora_up.weight": tensor([4, 2, 1, 1]),
      "k.lora_mid.weight": tensor([3, 2, 3, 3]),
    },
    "a middle factor of 3 × 2 × 3 × 3",
  ],
  [
    "whole numbers",
    {"a.k.lora_A.weight": {dtype: "I8", shape: [2, 5], bytes: new Uint8Array(10)}, "a.k.lora_B.weight": tensor([4, 2])},
    "is stored as I8",
  ],
  [
    "an 8-bit format that is rare",
    {
      "a.k.lora_A.weight": {dtype: "F8_E4M3FNUZ", shape: [2, 5], bytes: new Uint8Array(10)},
      "a.k.lora_B.weight": tensor([4, 2]),
    },
    "is stored as F8_E4M3FNUZ",
  ],
  ["one part twice", {"a.q.lora_A.other.weight": tensor([2, 5])}, "are the same part of one module"],
])("%s: a sentence, and the rest is read", async (_, more, sentence) => {
  const adapter = await open(file(more));
  expect(adapter.problems.map((problem) => problem.sentence).join()).toContain(sentence);
  const found = await findings(adapter);
  expect(found.filter(isMeasured).map(({name}) => name)).toContain("a.q");
  const checks = healthOf(adapter, summarize(adapter, found));
  expect(checks.find(({id}) => id === "pairs")?.ok).toBe(false);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s: the module is named, the rest is shown", async (bad) => {
  const adapter = await open(
    file({"a.k.lora_A.weight": tensor([2, 5], (i) => (i === 3 ? bad : i)), "a.k.lora_B.weight": tensor([4, 2])}),
  );
  const found = await findings(adapter);
  const summary = summarize(adapter, found);
  expect(summary.measured.map(({name}) => name)).toEqual(["a.q"]);
  expect(summary.unmeasured[0]).toMatchObject({name: "a.k", broken: [{tensor: "a.k.lora_A.weight", count: 1}]});
  expect(sentenceOf(adapter, summary)).toBe("1 of 4 tensors holds NaN or infinity; the first is a.k.lora_A.weight.");
  expect(healthOf(adapter, summary).find(({id}) => id === "finite")?.sentence).toContain("makes every output NaN");
});

test("an alpha that is NaN, or is no single number, spoils its module only", async () => {
  for (const [alpha, sentence] of [
    [tensor([], () => Number.NaN), "its alpha is NaN"],
    [tensor([2]), "must be one number"],
  ] as const) {
    const adapter = await open(file({"a.q.alpha": alpha}));
    const [one] = await findings(adapter);
    expect(one && !isMeasured(one) && one.sentence).toContain(sentence);
  }
});

test("names such as __proto__ and constructor are names", async () => {
  const names = ["__proto__", "constructor.prototype", "a.__proto__.hasOwnProperty"];
  const more = names.flatMap((name) => [
    [`${name}.lora_A.weight`, tensor([2, 5])],
    [`${name}.lora_B.weight`, tensor([4, 2])],
  ]);
  const adapter = await open(file(Object.fromEntries(more)));
  expect([...adapter.pairs.keys()].sort()).toEqual(["a.q", ...names].sort());
  expect(({} as Record<string, unknown>).lora_A).toBeUndefined();
});

test("100,000 tensors are opened in a few times what their header takes to read, and one more is refused", async () => {
  const many = (count: number) => {
    const entries = Array.from({length: count}, (_, i) => {
      const half = i % 2 === 0 ? "A" : "B";
      return `"model.layers.${i >> 1}.q.lora_${half}.weight":${entry("[1,1]", 4 * i, 4 * i + 4)}`;
    });
    return fileOf(`{${entries.join(",")}}`, 4 * count);
  };
  const bytes = many(100_000);
  const timed = async (act: () => Promise<unknown>) => {
    const start = process.cpuUsage();
    await act();
    const {user, system} = process.cpuUsage(start);
    return user + system;
  };
  const header = await timed(() => openContainer(sourceOf(bytes)));
  let modules = 0;
  const all = await timed(async () => {
    modules = (await open(bytes)).facts.modules;
  });
  expect(modules).toBe(50_000);
  expect(all).toBeLessThan(8 * header);
  await expect(open(many(100_001))).rejects.toThrow("at most 100,000 are read");
});

test("a name of 4 MB is left alone quickly", async () => {
  const start = performance.now();
  const adapter = await open(file({[`${"a.lora_A.".repeat(400_000)}weight`]: tensor([1])}));
  expect(adapter.keys.others.length).toBe(1);
  expect(adapter.notes.join().length).toBeLessThan(400);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("of a file of 3 GB only the header is read, in two requests", async () => {
  const [d, k] = [16_384, 16_384];
  const half = 4 * 8192 * d;
  const names = ["a", "b", "c"];
  const entries = names.flatMap((name, i) => [
    `"${name}.lora_A.weight":${entry(`[8192,${k}]`, 2 * i * half, (2 * i + 1) * half)}`,
    `"${name}.lora_B.weight":${entry(`[${d},8192]`, (2 * i + 1) * half, (2 * i + 2) * half)}`,
  ]);
  const head = fileOf(`{${entries.join(",")}}`);
  const source: Source = {
    size: head.length + 6 * half,
    slice: (begin, end) => ({arrayBuffer: async () => head.slice(begin, end).buffer}),
  };
  const seen = counting(source);
  const {facts} = await openAdapter(seen.source);
  expect(facts.bytes).toBeGreaterThan(3e9);
  expect([facts.modules, facts.ranks]).toEqual([3, [[8192, 3]]]);
  expect(seen.read()).toEqual({bytes: 16 + head.length - 8, times: 2});
});

test("2,000 damaged files: opened and measured, or refused with a sentence", async () => {
  const random = mulberry32(77);
  const originals = ["kohya", "mlx", "gguf-q8", "diffusers"].map((name) => filesOf(name).bytes);
  let [refused, read] = [0, 0];
  for (let i = 0; i < 2000; i++) {
    const bytes = originals[i % originals.length]!.slice();
    const hits = 1 + Math.floor(random() * 3);
    for (let hit = 0; hit < hits; hit++)
      bytes[Math.floor(random() * Math.min(bytes.length, 900))] = Math.floor(random() * 256);
    const cut = random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
    try {
      const adapter = await open(cut);
      const found = await findings(adapter);
      summarize(adapter, found);
      read++;
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error || !/: .{8}/.test(error.message)) throw error;
      refused++;
    }
  }
  expect(Math.min(refused, read)).toBeGreaterThan(200);
}, 60_000);

const named = (name: string, bytes: Uint8Array) => sourceOf(bytes, name);
const config = text('{"peft_type": "LORA", "r": 2, "lora_alpha": 4}');

test("a drop is sorted: weights with the config of their folder, the rest with a reason", async () => {
  const {adapters, ignored} = await sortDropped([
    ...[named("x/adapter_model.safetensors", good), named("x/adapter_config.json", config)],
    ...[named("x/README.md", text("# x")), named("y/adapter_config.json", config)],
    ...[named("y/other.safetensors", good), named("x/optimizer.pt", text("PK\x03\x04"))],
  ]);
  expect(adapters.map(({weights, config}) => [weights.name, config?.name])).toEqual([
    ["x/adapter_model.safetensors", "x/adapter_config.json"],
    ["y/other.safetensors", "y/adapter_config.json"],
  ]);
  expect(ignored.map(({name}) => name)).toEqual(["x/README.md", "x/optimizer.pt"]);
});

test("a whole file among parts is opened, a single part is whole, and a config of 2 MiB is left out in words", async () => {
  const {adapters, ignored} = await sortDropped([
    ...[named("adapter_model.safetensors", good), named("model-00001-of-00001.safetensors", good)],
    named("model-00001-of-00002.safetensors", good),
    named("adapter_config.json", text(`{"x": "${"x".repeat(2 ** 21)}"}`)),
  ]);
  expect(adapters.map(({weights}) => weights.name)).toEqual([
    "adapter_model.safetensors",
    "model-00001-of-00001.safetensors",
  ]);
  expect(ignored).toEqual([
    {name: "adapter_config.json", why: "it is longer than 1 MiB, which no config is"},
    {name: "model-00001-of-00002.safetensors", why: "it is a part of a file, and whole files are read here"},
  ]);
});

test.each<[Source[], string]>([
  [[], "no file was dropped"],
  [
    [named("adapter_config.json", config)],
    "this is adapter_config.json. Drop it together with adapter_model.safetensors",
  ],
  [[named("README.md", text("# x")), named("tokenizer.json", text("{}"))], "none of the 2 files holds weights"],
  [[named("x/tokenizer.json", text("{}"))], "x/tokenizer.json holds no weights"],
  [
    [
      ...[named("x/adapter_config.json", config), named("x/optimizer.pt", text("PK\x03\x04"))],
      named("x/adapter_model.bin", text("PK\x03\x04")),
    ],
    "adapter_model.bin is a pickle, which can run code, so it is not opened here. Convert it on your own machine",
  ],
  [
    [named("x/adapter_config.json", config), named("x/optimizer.pt", text("PK\x03\x04"))],
    "this is x/adapter_config.json. Drop it together",
  ],
  [
    [named("model.safetensors.index.json", text('{"weight_map": {}}'))],
    "this is only the list of a file in parts. Drop the parts too, to see how to join them",
  ],
  [
    [
      ...[named("x/adapter_config.json", config), named("x/adapter_model.safetensors.index.json", text("{}"))],
      ...[1, 2].map((i) => named(`x/adapter_model-0000${i}-of-00002.safetensors`, good)),
    ],
    "these are 2 parts of one file; this page reads whole files. Join them on your own machine",
  ],
  [[named("model-00002-of-00012.safetensors", good)], "this is one of the parts of one file"],
])("a drop without weights is refused in words", async (files, sentence) => {
  await expect(sortDropped(files)).rejects.toThrow(sentence);
});

test.each<[string, string]>([
  ["{", "so it is ignored"],
  ["[]", "is not an object"],
  ['{"peft_type":"IA3"}', "an adapter of the type IA3"],
  ['{"architectures":["GPT2"]}', "not an adapter_config.json of PEFT or MLX"],
  ['{"fine_tune_type":"full"}', "not LoRA"],
  ['{"peft_type":"LORA","r":"eight"}', "it must be a whole number"],
])("a config that cannot be used is a note, and the adapter opens: %s", async (json, sentence) => {
  const adapter = await open(good, json);
  expect(adapter.notes.join()).toContain(sentence);
  expect((await findings(adapter)).length).toBe(1);
});
