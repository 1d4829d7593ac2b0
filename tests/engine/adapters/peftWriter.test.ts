import {readdirSync, readFileSync} from "node:fs";
import fc from "fast-check";
import {expect, test} from "vitest";
import {type Adapter, readAdapter} from "../../../src/engine/adapters/peft.ts";
import {parseAdapterConfig} from "../../../src/engine/adapters/peftConfig.ts";
import {writeAdapter} from "../../../src/engine/adapters/peftWriter.ts";
import {readSafetensors} from "../../../src/engine/adapters/safetensors.ts";
import {type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import type {Lora} from "../../../src/engine/lora/lora.ts";
import {trainedLora} from "../fixture.ts";
import {readersScales} from "./inspect/readers.ts";
import {tensorsOf} from "./mutants.ts";

const rounded = (a: Matrix): Matrix => ({...a, data: a.data.map(Math.fround)});

test("what is written is read: names, ranks, alphas, and A and B to float32", () => {
  const name = fc.stringMatching(/^[a-z0-9_-]{1,4}(\.[a-z0-9_-]{1,4}){0,3}$/);
  const size = fc.integer({min: 1, max: 6});
  const alpha = fc.double({min: 1e-6, max: 1e6, noNaN: true});
  const lora = fc
    .tuple(size, size, size, alpha, fc.integer())
    .map(([d, k, r, alpha, seed]) => trainedLora(d, k, r, alpha, mulberry32(seed)));
  const adapter = fc.dictionary(name, lora, {minKeys: 1, maxKeys: 5, noNullPrototype: true});
  fc.assert(
    fc.property(adapter, fc.boolean(), (loras, use_rslora) => {
      const modules = new Map(Object.entries(loras));
      const files = writeAdapter({modules}, {use_rslora});
      const read = readAdapter(files.config, readSafetensors(files.model));
      expect(new Set(read.modules.keys())).toEqual(new Set(modules.keys()));
      expect([read.notes, read.others.size]).toEqual([[], 0]);
      for (const [key, {A, B, alpha, r}] of modules) {
        const back = read.modules.get(key)!;
        expect([back.A, back.B, back.r]).toEqual([rounded(A), rounded(B), r]);
        expect(Math.abs(back.alpha / alpha - 1)).toBeLessThanOrEqual(use_rslora ? 1e-14 : 0);
      }
      expect(writeAdapter(read)).toEqual(files);
    }),
    {seed: 41},
  );
});

test("PEFT takes every module's own scale from the config, and vLLM too where all have one", () => {
  const rank = fc.integer({min: 1, max: 9});
  const scale = fc.constantFrom(0.5, 1, 2, 3, -1);
  const old = fc.option(
    fc.record({r: rank, lora_alpha: rank, rank_pattern: fc.dictionary(fc.constantFrom("q", "0.v"), rank)}),
    {nil: undefined},
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(rank, scale), {minLength: 1, maxLength: 5}),
      fc.boolean(),
      fc.boolean(),
      old,
      (...all) => {
        const [list, isOne, use_rslora, fields] = all;
        const due = list.map(([r, own], i) => ({
          name: `h.${i}.${i % 2 ? "v" : "q"}`,
          r,
          scale: isOne ? list[0]![1] : own,
        }));
        const modules = new Map(
          due.map(({name, r, scale}): [string, Lora] => [name, {A: zeros(r, 3), B: zeros(4, r), alpha: scale * r, r}]),
        );
        const config = fields && parseAdapterConfig(JSON.stringify({peft_type: "LORA", ...fields}));
        const written = writeAdapter({modules, ...(config && {config})}, {use_rslora});
        const scales = readersScales(written.config, readSafetensors(written.model).tensors);
        const [one] = due;
        const isOneScale = due.every(({scale}) => scale === one!.scale);
        for (const {name, scale} of due) {
          const {peft, vllm} = scales.get(name)!;
          expect(peft! / scale).toBeCloseTo(1, 12);
          if (isOneScale) expect(vllm / scale).toBeCloseTo(1, 12);
        }
        if (isOneScale) expect(JSON.parse(written.config).r).toBe(Math.max(...due.map(({r}) => r)));
      },
    ),
    {seed: 47},
  );
});

test("the files have PEFT's names and settings, and the base model's name", () => {
  const lora: Lora = {A: randn(2, 3, mulberry32(1)), B: zeros(4, 2), alpha: 8, r: 2};
  const modules = new Map(Object.entries({"blocks.0.v": lora, "blocks.0.q": lora}));
  const {config, model} = writeAdapter({modules}, {base_model_name_or_path: "word-forge"});
  expect([...readSafetensors(model).tensors.keys()]).toEqual([
    "base_model.model.blocks.0.q.lora_A.weight",
    "base_model.model.blocks.0.q.lora_B.weight",
    "base_model.model.blocks.0.v.lora_A.weight",
    "base_model.model.blocks.0.v.lora_B.weight",
  ]);
  expect(readSafetensors(model).metadata).toEqual(new Map([["format", "pt"]]));
  expect(JSON.parse(config)).toMatchObject({
    ...{peft_type: "LORA", r: 2, lora_alpha: 8, target_modules: ["blocks.0.q", "blocks.0.v"], bias: "none"},
    ...{fan_in_fan_out: false, task_type: null, inference_mode: true, use_rslora: false, use_dora: false},
    ...{rank_pattern: {}, alpha_pattern: {}, base_model_name_or_path: "word-forge"},
  });
});

test("a module whose name is the end of another's has its own rank and alpha", () => {
  const lora = (r: number, alpha: number): Lora => ({A: zeros(r, 3), B: zeros(4, r), alpha, r});
  const modules = {"a.q": lora(3, 8), q: lora(2, 5), "x.q": lora(3, 8), x_q: lora(3, 8)};
  const {config, model} = writeAdapter({modules: new Map(Object.entries(modules))});
  expect(JSON.parse(config)).toMatchObject({r: 3, rank_pattern: {"^q": 2}, alpha_pattern: {"^q": 5}});
  const read = readAdapter(config, readSafetensors(model));
  expect(read.notes).toEqual([]);
  expect(Object.fromEntries(read.modules)).toMatchObject(modules);
});

test("the writer refuses what PEFT could not load", () => {
  const lora: Lora = {A: zeros(2, 3), B: zeros(4, 2), alpha: 8, r: 2};
  const write = (name: string, changes: Partial<Lora>) => () =>
    writeAdapter({modules: new Map([[name, {...lora, ...changes}]])});
  expect(() => writeAdapter({modules: new Map()})).toThrow(
    "peft: there is no module to write; an adapter has at least one",
  );
  expect(write("a..b", {})).toThrow("peft: a..b is no module's name; it must be words joined by dots");
  expect(write("a b", {})).toThrow('peft: "a b" is no module\'s name');
  expect(write("q", {B: zeros(4, 3)})).toThrow("peft: q: A is 2×3 and B is 4×3; at r = 2 they do not fit");
  expect(write("q", {r: 0})).toThrow("lora: r is 0");
  expect(write("q", {alpha: Infinity})).toThrow("peft: q: alpha is Infinity; it must be a finite number");
  const huge: Matrix = {rows: 2, cols: 3, data: new Float64Array(6).fill(1e39)};
  expect(write("q", {A: huge})).toThrow("peft: q: A in F32: entry [0, 0] (counted from 0) is Infinity");
});

const fixtures = new URL("../../fixtures/adapters/", import.meta.url);
const filesOf = (name: string) => ({
  config: readFileSync(new URL(`${name}/adapter_config.json`, fixtures), "utf8"),
  model: readFileSync(new URL(`${name}/adapter_model.safetensors`, fixtures)),
});
const open = (name: string): Adapter => {
  const {config, model} = filesOf(name);
  return readAdapter(config, readSafetensors(model));
};
/** What a file holds. PEFT itself never writes the name of the adapter, and a Buffer is another type than its bytes. */
const contentOf = (model: Uint8Array) => ({
  tensors: [...tensorsOf(new Uint8Array(model))]
    .map(([name, tensor]) => [name.replace(".default.", "."), tensor])
    .sort(),
  metadata: readSafetensors(model).metadata,
});

test.each(readdirSync(fixtures))(
  "%s, read and written: the same tensors in the same formats, the same config",
  (name) => {
    const was = filesOf(name);
    const {config, model} = writeAdapter(open(name));
    expect(contentOf(model)).toEqual(contentOf(was.model));
    // An alpha beside A and B is in the config too, where PEFT looks for it.
    const added = name === "alpha-beside" ? {alpha_pattern: {"^transformer\\.blocks\\.0\\.attn": 6}} : {};
    expect(JSON.parse(config)).toEqual({...JSON.parse(was.config), ...added});
    expect(writeAdapter(readAdapter(config, readSafetensors(model)))).toEqual({config, model});
  },
);

test("a config is kept to the digit, with fields that are not known here", () => {
  const {config, model} = filesOf("bf16-with-head");
  const odd = config.replace('"lora_alpha": 16', '"lora_alpha": 16.0').replace("0.0001", "1e-4");
  expect(odd).toContain("1e-4");
  const {config: written} = writeAdapter(readAdapter(odd, readSafetensors(model)));
  expect(written).toContain('"lora_alpha": 16.0,');
  expect(written).toContain('"x": [\n      1e-4,\n      "é"\n    ]');
});

test("an alpha beside A and B is written as it was under rsLoRA too", () => {
  const {config, model} = filesOf("alpha-beside");
  const text = config.replace('"use_rslora": false', '"use_rslora": true');
  const adapter = readAdapter(text, readSafetensors(model));
  const written = writeAdapter(adapter);
  expect(adapter.modules.get("transformer.blocks.0.attn")!.alpha).toBe(12);
  expect(contentOf(written.model)).toEqual(contentOf(model));
  expect(readAdapter(written.config, readSafetensors(written.model)).modules).toEqual(adapter.modules);
});

test("all numbers can be written in one format", () => {
  const {tensors} = readSafetensors(writeAdapter(open("bf16-with-head"), {dtype: "F16"}).model);
  const dtypes = [...tensors].map(([name, {dtype}]) => [name.includes("lora"), dtype]);
  expect(new Set(dtypes.map(String))).toEqual(new Set(["true,F16", "false,F32"]));
  expect(() => writeAdapter(open("dora"), {dtype: "I8" as never})).toThrow("peft: the format is I8; it must be F64");
});

test("a module that gets another rank or alpha is written under its full name, before the other patterns", () => {
  const adapter = open("patterns");
  const name = "model.layers.2.self_attn.v_proj";
  adapter.modules.set(name, {...adapter.modules.get(name)!, A: zeros(1, 5), B: zeros(4, 1), r: 1, alpha: 5});
  const {config, model} = writeAdapter(adapter);
  const {rank_pattern, alpha_pattern} = JSON.parse(config);
  const pattern = "^model\\.layers\\.2\\.self_attn\\.v_proj";
  expect(Object.keys(rank_pattern)[0]).toBe(pattern);
  expect([rank_pattern[pattern], alpha_pattern[pattern]]).toEqual([1, 5]);
  const read = readAdapter(config, readSafetensors(model));
  expect(read.notes).toEqual([]);
  for (const [key, {r, alpha}] of adapter.modules) expect(read.modules.get(key)).toMatchObject({r, alpha});
});

test("a new module is added to target_modules; a pattern that leaves it out is refused", () => {
  const adapter = open("rslora");
  const [first] = adapter.modules.values();
  adapter.modules.set("lm_head", {...first!, name: "lm_head"});
  const {config, model} = writeAdapter(adapter);
  expect(JSON.parse(config).target_modules).toEqual(["q_proj", "v_proj", "lm_head"]);
  const text = config.replace(/"target_modules": \[[^\]]*\]/, '"target_modules": ".*q_proj"');
  expect(() => writeAdapter(readAdapter(text, readSafetensors(model)))).toThrow(
    'peft: target_modules is the pattern ".*q_proj", which does not match lm_head',
  );
});

test("what no config of PEFT can say is refused by name", () => {
  const plain = open("rslora");
  const [name, first] = [...plain.modules][0]!;
  const changed = (change: Partial<typeof first>) => () =>
    writeAdapter({...plain, modules: new Map([...plain.modules, [name, {...first, ...change}]])});
  const other = "model.layers.10.self_attn.q_proj";
  const rule = "does not; PEFT allows this for all modules or for none";
  expect(changed({magnitude: new Float64Array(6)})).toThrow(`peft: ${name} has DoRA's magnitudes and ${other} ${rule}`);
  expect(changed({bias: new Float64Array(6)})).toThrow(`peft: ${name} has a bias of B and ${other} ${rule}`);
  expect(changed({transposed: true})).toThrow(`peft: ${name} has a transposed weight and ${other} ${rule}`);
  expect(changed({kind: "attention" as never})).toThrow(`peft: ${name} is of the kind attention;`);
  expect(changed({kind: "convolution"})).toThrow(`peft: ${name} is of the kind convolution, with a kernel of no sizes`);
  expect(changed({bias: new Float64Array(5)})).toThrow(`peft: ${name} has 5 biases; it needs 6, one for each row of B`);

  const experts = open("experts");
  const stack = "peft: model.layers.0.mlp.experts stacks 3 experts";
  expect(() => writeAdapter({modules: experts.modules})).toThrow(
    `${stack}, which only a config with target_parameters`,
  );
  const [key, expert] = [...experts.modules][1]!;
  expect(() => writeAdapter({...experts, modules: new Map([...experts.modules].toSpliced(1, 1))})).toThrow(
    `${stack}; it needs all of them, with equal shapes, ranks and alphas`,
  );
  experts.modules.set(key, {...expert, alpha: 1});
  expect(() => writeAdapter(experts)).toThrow(`${stack}; it needs all of them`);
  for (const [at, one] of experts.modules) if (one.expert) experts.modules.set(at, {...one, alpha: 1});
  expect(() => writeAdapter(experts)).toThrow(
    "has a different rank or alpha from its config, which would have to name one of",
  );

  const grouped = open("grouped-convolution");
  const conv = grouped.modules.get("conv")!;
  conv.B.data.fill(1);
  expect(() => writeAdapter(grouped)).toThrow("peft: conv is a convolution in 2 groups, but B is not zero outside");
  expect(() => writeAdapter(plain.modules as never)).toThrow(
    "peft: expected a whole adapter, as readAdapter returns it",
  );
});

test("modules of every kind can be written without a config", () => {
  for (const name of ["dora-kinds", "convolution", "embedding", "more-than-factors", "unaligned-f16"]) {
    const {modules} = open(name);
    const {config, model} = writeAdapter({modules});
    expect(readAdapter(config, readSafetensors(model)).modules).toEqual(modules);
  }
  const taken = {
    modules: open("rslora").modules,
    others: new Map([["x", {dtype: "U8", shape: [1], bytes: Uint8Array.of(7)}]]),
  };
  const {tensors} = readSafetensors(writeAdapter(taken as never).model);
  expect(tensors.get("x")).toMatchObject({dtype: "U8", shape: [1]});
  const key = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";
  const twice = {...taken, others: new Map([[key, taken.others.get("x")!]])};
  expect(() => writeAdapter(twice as never)).toThrow(`peft: ${key} is already among the other tensors`);
});
