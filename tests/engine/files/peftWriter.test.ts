import fc from "fast-check";
import {expect, test} from "vitest";
import {readAdapter} from "../../../src/engine/files/peft.ts";
import {writeAdapter} from "../../../src/engine/files/peftWriter.ts";
import {readSafetensors} from "../../../src/engine/files/safetensors.ts";
import {type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import type {Lora} from "../../../src/engine/lora/lora.ts";
import {trainedLora} from "../fixture.ts";

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
      const files = writeAdapter(modules, {use_rslora});
      const read = readAdapter(files.config, readSafetensors(files.model));
      expect(new Set(read.modules.keys())).toEqual(new Set(modules.keys()));
      expect([read.notes, read.others, read.config.unknown]).toEqual([[], [], []]);
      for (const [key, {A, B, alpha, r}] of modules) {
        const back = read.modules.get(key)!;
        expect([back.A, back.B, back.r]).toEqual([rounded(A), rounded(B), r]);
        expect(Math.abs(back.alpha / alpha - 1)).toBeLessThanOrEqual(use_rslora ? 1e-14 : 0);
      }
      expect(writeAdapter(read.modules, {use_rslora})).toEqual(files);
    }),
    {seed: 41},
  );
});

test("the files have PEFT's names and settings, and the base model's name", () => {
  const lora: Lora = {A: randn(2, 3, mulberry32(1)), B: zeros(4, 2), alpha: 8, r: 2};
  const modules = new Map(Object.entries({"blocks.0.v": lora, "blocks.0.q": lora}));
  const {config, model} = writeAdapter(modules, {base_model_name_or_path: "word-forge"});
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
  const modules = {"a.q": lora(2, 8), q: lora(3, 5), "x.q": lora(2, 8), x_q: lora(2, 8)};
  const {config, model} = writeAdapter(new Map(Object.entries(modules)));
  expect(JSON.parse(config)).toMatchObject({r: 2, rank_pattern: {"^q": 3}, alpha_pattern: {"^q": 5}});
  const read = readAdapter(config, readSafetensors(model));
  expect(read.notes).toEqual([]);
  expect(Object.fromEntries(read.modules)).toMatchObject(modules);
});

test("the writer refuses what PEFT could not load", () => {
  const lora: Lora = {A: zeros(2, 3), B: zeros(4, 2), alpha: 8, r: 2};
  const write = (name: string, changes: Partial<Lora>) => () => writeAdapter(new Map([[name, {...lora, ...changes}]]));
  expect(() => writeAdapter(new Map())).toThrow("peft: there is no module to write; an adapter has at least one");
  expect(write("a..b", {})).toThrow("peft: a..b is no module's name; it must be words joined by dots");
  expect(write("a b", {})).toThrow('peft: "a b" is no module\'s name');
  expect(write("q", {B: zeros(4, 3)})).toThrow("peft: q: A is 2×3 and B is 4×3; at r = 2 they do not fit");
  expect(write("q", {r: 0})).toThrow("lora: r is 0");
  expect(write("q", {alpha: Infinity})).toThrow("peft: q: alpha is Infinity; it must be a finite number");
  const huge: Matrix = {rows: 2, cols: 3, data: new Float64Array(6).fill(1e39)};
  expect(write("q", {A: huge})).toThrow("peft: q: A in float32: entry [0, 0] (counted from 0) is Infinity");
});
