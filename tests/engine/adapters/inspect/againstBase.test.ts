/** An adapter against its base, with NumPy's answers (tests/fixtures/make_base.py). */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {toBytes, toFloat64} from "../../../../src/engine/adapters/dtype.ts";
import {type BaseComparison, compareWithBase, openModel} from "../../../../src/engine/adapters/inspect/againstBase.ts";
import {
  addEntries,
  presenceOf,
  sharesOf,
  sumOfSums,
  zeroSums,
} from "../../../../src/engine/adapters/inspect/baseSums.ts";
import {baseReport} from "../../../../src/engine/adapters/inspect/baseWords.ts";
import {type OpenedAdapter, openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {type Source, sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {type Tensor, writeSafetensors} from "../../../../src/engine/adapters/safetensorsWriter.ts";
import {tensorsOf} from "../mutants.ts";
import {findings} from "./fixture.ts";
import {configOf, fileOf, openedOf, pairsOf, type Tensors, wave} from "./made.ts";

const folder = new URL("../../../fixtures/base/", import.meta.url);
const bytes = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const file = (name: string) => sourceOf(bytes(`${name}.safetensors`), `${name}.safetensors`);
type Shares = ReturnType<typeof sharesOf>;
type Presence = Omit<ReturnType<typeof presenceOf>, "kind">;
const answers = JSON.parse(readFileSync(new URL("../base.json", folder), "utf8")) as {
  bases: Record<"BF16" | "F16" | "F32", {modules: Record<string, Shares>; whole: Shares}>;
  merged: Record<string, Presence & {dtype: string}>;
};

const opened = async (config = "adapter_config.json") =>
  measuredIn(await openAdapter(file("adapter_model"), readFileSync(new URL(config, folder), "utf8")));
const measuredIn = async (adapter: OpenedAdapter) => ({adapter, findings: await findings(adapter)});
const measured = async (tensors: Tensors, config?: string) => measuredIn(await openedOf(tensors, config));
const model = (tensors: Tensors) => sourceOf(fileOf(tensors), "model.safetensors");

/** Runs to the end → the result, with the progress. */
async function against(base: readonly Source[], merged?: Source, own = opened()) {
  const {adapter, findings: found} = await own;
  const job = compareWithBase(adapter, found, await openModel(base), merged && (await openModel([merged])));
  const progress: {done: number; of: number}[] = [];
  let step = await job.next();
  for (; !step.done; step = await job.next()) progress.push(step.value);
  return {result: step.value, progress};
}

/** The nearest number of 8 significant bits. */
const bf16Of = (x: number) => toFloat64("BF16", toBytes("BF16", [x]))[0]!;

const total = ({modules}: BaseComparison) => sumOfSums(modules.map(({sums}) => sums));
const near = (found: object, due: object) => {
  for (const [key, value] of Object.entries(found))
    if (typeof value === "number") expect(value, key).toBeCloseTo((due as Record<string, number>)[key]!, 9);
};

/** A file with the tensors of the base, changed. */
const changed = (change: (tensors: Map<string, Tensor>) => void, name = "changed.safetensors"): Source => {
  const tensors = tensorsOf(bytes("base-BF16.safetensors"));
  change(tensors);
  return sourceOf(writeSafetensors(tensors), name);
};

describe("size, half steps, what a merge in BF16 keeps, its error", () => {
  test.each(["BF16", "F16", "F32"] as const)("on a base in %s they are NumPy’s, module by module", async (dtype) => {
    const {result, progress} = await against([file(`base-${dtype}`)]);
    const due = answers.bases[dtype];
    expect(result.modules.map(({name}) => name).sort()).toEqual(
      Object.keys(due.modules)
        .map((name) => `model.${name}`)
        .sort(),
    );
    for (const {name, sums} of result.modules) near(sharesOf(sums), due.modules[name.replace("model.", "")]!);
    near(sharesOf(total(result)), due.whole);
    expect(result.dtypes).toEqual([dtype]);
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.of);
  });

  test("half a step that is tied goes to the even neighbor", () => {
    // Steps of BF16 are 1/128 from 1 to 2: half a step above 1 goes down, half a step above 1 + 1/128 goes up.
    const [down, up] = [1, 1 + 1 / 128].map((w) => {
      const sums = zeroSums();
      addEntries(sums, Float32Array.of(w), Float64Array.of(1 / 256));
      return sharesOf(sums);
    });
    expect([down!.kept, down!.halfSteps, up!.kept, up!.halfSteps]).toEqual([0, 1, 2, 1]);
    // The smallest step, 2⁻¹³³, is also the one at 0.
    const sums = zeroSums();
    addEntries(sums, Float32Array.of(0), Float64Array.of(2 ** -134));
    expect(sharesOf(sums)).toMatchObject({halfSteps: 1, kept: 0});
  });

  test("a weight stored in × out gives the same, with and without fan_in_fan_out", async () => {
    for (const config of ["adapter_config.json", "adapter_config_in_by_out.json"]) {
      const {result} = await against([file("base-in-by-out")], undefined, opened(config));
      near(sharesOf(total(result)), answers.bases.BF16.whole);
    }
  });

  test("a square weight is turned only where the config says so", async () => {
    const own = {
      "q.lora_A.weight": [[1, 4], (j: number) => Number(j === 1)],
      "q.lora_B.weight": [[4, 1], (i: number) => Number(i === 0)],
    } as const;
    const W = (i: number) => (i === 1 ? 1 : 0.5);
    const base = model({"q.weight": [[4, 4], W]});
    const merged = model({"q.weight": [[4, 4], (i) => W(i) + (i === 1 ? 1 : 0)]});
    const kinds = [];
    for (const fan_in_fan_out of [false, true]) {
      const {result} = await against([base], merged, measured(own, configOf({r: 1, lora_alpha: 1, fan_in_fan_out})));
      kinds.push(presenceOf(total(result)).kind);
    }
    expect(kinds).toEqual(["in", "absent"]);
  });

  test("a square embedding is turned, as PEFT turns ΔW before it adds it", async () => {
    const own = {
      "base_model.model.embed_tokens.lora_embedding_A": [[1, 4], (j: number) => Number(j === 1)],
      "base_model.model.embed_tokens.lora_embedding_B": [[4, 1], (i: number) => Number(i === 0)],
    } as const;
    const base = model({"model.embed_tokens.weight": [[4, 4], 0.5]});
    // Row 1 is the embedding of token 1, of which the first number changes.
    const merged = model({"model.embed_tokens.weight": [[4, 4], (i) => (i === 4 ? 1.5 : 0.5)]});
    const config = configOf({r: 1, lora_alpha: 1, target_modules: ["embed_tokens"]});
    expect(presenceOf(total((await against([base], merged, measured(own, config))).result)).kind).toBe("in");
  });
});

describe("is it in this checkpoint?", () => {
  test.each([
    ["in", "in", /^This adapter is in this checkpoint, bit for bit: its weights are W \+ ΔW, rounded to BF16\.$/],
    ["half", "strength", /is in this checkpoint at strength 0\.50 in place of 1\.$/],
    ["minus", "strength", /is in this checkpoint at strength −1\.00 in place of 1\.$/],
    [
      "beside",
      "beside",
      /at strength 0\.99, with another change beside it: what was changed has cosine 0\.70 with ΔW\.$/,
    ],
    [
      "absent",
      "absent",
      /^This adapter is not in this checkpoint: what was changed there has cosine −0\.02 with ΔW\.$/,
    ],
    ["base", "base", /^This adapter is not in this checkpoint: its weights are the base’s own\.$/],
  ] as const)("%s", async (name, kind, sentence) => {
    const {result} = await against([file("base-BF16")], file(`merged-${name}`));
    const presence = presenceOf(total(result));
    near(presence, answers.merged[name]!);
    expect(presence.kind).toBe(kind);
    expect(baseReport(result).presence).toMatch(sentence);
    expect(result.mergedDtypes).toEqual([answers.merged[name]!.dtype]);
  });

  test("a base in F32 does not take its own rounding for a change", async () => {
    const tensors = tensorsOf(bytes("base-F32.safetensors"));
    for (const [name, {shape, bytes}] of tensors)
      tensors.set(name, {dtype: "BF16", shape, bytes: toBytes("BF16", toFloat64("F32", bytes))});
    const merged = sourceOf(writeSafetensors(tensors));
    expect(presenceOf(total((await against([file("base-F32")], merged)).result)).kind).toBe("base");
  });

  test("where rounding leaves nothing of ΔW, nobody can tell", async () => {
    const own = pairsOf(["q"]);
    const base = model({"q.weight": [[6, 5], 1e4, "BF16"]});
    const {result} = await against([base], base, measured(own, configOf({})));
    expect(presenceOf(total(result)).kind).toBe("lost");
    const {presence, rows} = baseReport(result);
    expect(presence).toMatch(/^Nobody can tell .*: rounding to BF16 leaves nothing of it\.$/);
    expect(rows).toEqual([["q", "0%", "100%", expect.any(String), expect.any(String), "–"]]);
  });

  test("a merge at twice the strength is one, though rounding turns it away from ΔW", () => {
    const sums = zeroSums();
    const W = Float32Array.from({length: 4000}, (_, i) => bf16Of(0.3 + 1.7 * Math.abs(wave(i))));
    const delta = Float64Array.from(W, (_, i) => wave(3 * i + 1) / 600);
    const values = Float32Array.from(W, (w, i) => bf16Of(w + 2 * delta[i]!));
    addEntries(sums, W, delta, {dtype: "BF16", values});
    const {kind, cosine, strength, isRough} = presenceOf(sums);
    expect(kind).toBe("strength");
    expect(cosine).toBeLessThan(0.9);
    expect(strength).toBeGreaterThan(1.5);
    expect(isRough).toBe(true);
    const made = {modules: [{name: "q", sums}], leftOut: [], isMerged: true, dtypes: ["BF16"], mergedDtypes: ["BF16"]};
    expect(baseReport(made).presence).toMatch(/ is in this checkpoint at about strength \d\.\d\d in place of 1\.$/);
  });
});

describe("files", () => {
  test("parts of a model, with their list, are one model", async () => {
    const read = [...tensorsOf(bytes("base-BF16.safetensors")).keys()];
    const parts = [0, 1].map((part) =>
      changed(
        (tensors) => {
          for (const [i, name] of read.entries()) if (i % 2 !== part) tensors.delete(name);
        },
        `model-0000${part + 1}-of-00002.safetensors`,
      ),
    );
    const list = sourceOf(new TextEncoder().encode("{}"), "model.safetensors.index.json");
    near(sharesOf(total((await against([list, ...parts])).result)), answers.bases.BF16.whole);
    const {result} = await against([parts[0]!]);
    expect([result.modules.length, result.leftOut.length]).toEqual([2, 2]);
    expect(baseReport(result).left).toMatch(
      /^2 of 4 modules are not in these numbers; the first: model\.layers\.\d\.\w+ is not in it\.$/,
    );
    await expect(openModel([list])).rejects.toThrow("no file with weights");
  });

  test.each(["", "language_"])("names may have other words before them: %j", async (before) => {
    const base = changed((tensors) => {
      for (const [name, tensor] of [...tensors]) {
        tensors.delete(name);
        tensors.set(before + name.replace(/^model\./, before && "model."), tensor);
      }
    });
    near(sharesOf(total((await against([base])).result)), answers.bases.BF16.whole);
  });

  /** A source that writes down what is read of it. */
  const watched = (source: Source, read: [number, number][]): Source => ({
    ...source,
    slice: (from, to) => {
      read.push([from, to]);
      return source.slice(from, to);
    },
  });

  test("a large weight is read in pieces of 2 MiB, which give what the whole gives", async () => {
    const [rows, cols] = [700, 1024];
    const [A, B, W] = [Math.sin, (i: number) => Math.cos(3 * i) / 500, (i: number) => Math.sin(i * i) / 30];
    const own = {"q.lora_A.weight": [[1, cols], A], "q.lora_B.weight": [[rows, 1], B]} as const;
    const read: [number, number][] = [];
    const base = watched(model({"q.weight": [[rows, cols], W]}), read);
    const {result, progress} = await against([base], undefined, measured(own, configOf({r: 1, lora_alpha: 2})));
    const whole = zeroSums();
    const single = Float32Array.from({length: rows * cols}, (_, i) => W(i));
    const delta = Float64Array.from(
      single,
      (_, i) => 2 * Math.fround(B(Math.floor(i / cols))) * Math.fround(A(i % cols)),
    );
    addEntries(whole, single, delta);
    near(sharesOf(total(result)), sharesOf(whole));
    expect(progress.map(({done}) => done)).toEqual([2 ** 21, 4 * rows * cols]);
    expect(Math.max(...read.map(([from, to]) => to - from))).toBe(2 ** 21);
  });

  test("only the weights that are needed are read", async () => {
    const whole = changed((tensors) => {
      tensors.set("model.embed_tokens.weight", {dtype: "F32", shape: [1000, 8], bytes: new Uint8Array(32_000)});
    });
    const read: [number, number][] = [];
    await against([watched(whole, read)]);
    const length = read.slice(2).reduce((sum, [from, to]) => sum + to - from, 0);
    expect(length).toBe(2 * (40 * 48 + 24 * 48 + 40 * 48 + 48 * 40));
  });

  test("another base: what came and what was due", async () => {
    const other = changed((tensors) => {
      const [[, tensor]] = [...tensors] as [[string, Tensor]];
      tensors.clear();
      tensors.set("transformer.h.0.attn.c_attn.weight", tensor);
    });
    await expect(against([other])).rejects.toThrow(
      "this is not the base of this adapter: none of the adapter’s 4 modules is in it. It has transformer.h.0.attn.c_attn.weight first; the adapter needs model.layers.0.q_proj.weight",
    );
    const larger = changed((tensors) => {
      for (const [name] of [...tensors])
        tensors.set(name, {dtype: "BF16", shape: [64, 64], bytes: new Uint8Array(2 * 64 * 64)});
    });
    await expect(against([larger])).rejects.toThrow(
      "none of the 4 modules can be compared with it: model.layers.0.q_proj.weight is 64 × 64, and this adapter is for 40 × 48",
    );
  });

  test("a quantized weight is named, and the others are read", async () => {
    const quantized = changed((tensors) => {
      tensors.set("model.layers.0.q_proj.weight", {dtype: "U8", shape: [960, 1], bytes: new Uint8Array(960)});
    });
    const {result} = await against([quantized]);
    expect(result.leftOut).toEqual([
      {
        name: "model.layers.0.q_proj",
        sentence: "model.layers.0.q_proj.weight is stored as U8, so it is quantized; take the base in 16 bits",
      },
    ]);
    expect(result.modules).toHaveLength(3);
  });

  test("a name that two weights end in is nobody's", async () => {
    const base = model({"text.q.weight": [[6, 5], 1], "vision.q.weight": [[6, 5], 1], "v.weight": [[6, 5], wave]});
    const {result} = await against([base], undefined, measured(pairsOf(["q", "v"]), configOf({})));
    expect(result.leftOut).toEqual([{name: "q", sentence: "q is not in it"}]);
  });

  test("DoRA, stacked experts and a missing alpha are left out, each with its reason", async () => {
    const whole = {
      "q.weight": [[6, 5], wave],
      "v.weight": [[6, 5], wave],
      "mlp.experts.weight": [[6, 5], wave],
    } as const;
    const reasons = async (tensors: Tensors, config?: string) => {
      const {result} = await against([model(whole)], undefined, measured(tensors, config));
      return result.leftOut.map(({sentence}) => sentence);
    };
    const dora = {...pairsOf(["q", "v"]), "base_model.model.q.lora_magnitude_vector": [[6], 1]} as const;
    expect(await reasons(dora, configOf({use_dora: true}))).toEqual([
      "q has DoRA’s norms, which change the weight besides ΔW",
    ]);
    const experts = {...pairsOf(["v"]), ...pairsOf(["mlp.experts"], 4)};
    expect(await reasons(experts, configOf({target_parameters: ["mlp.experts.down_proj"]}))).toEqual([
      "mlp.experts[0] stacks experts, which are not compared with a base here",
      "mlp.experts[1] stacks experts, which are not compared with a base here",
    ]);
    await expect(reasons(pairsOf(["q"]))).rejects.toThrow("q has no alpha: say which applies first");
  });

  test("a weight with NaN is left out and spoils nothing", async () => {
    const spoiled = changed((tensors) => {
      const {shape} = tensors.get("model.layers.0.q_proj.weight")!;
      const values = new Float64Array(shape[0]! * shape[1]!).fill(Number.NaN);
      tensors.set("model.layers.0.q_proj.weight", {dtype: "BF16", shape, bytes: toBytes("BF16", values)});
    });
    const {result} = await against([spoiled]);
    expect(result.leftOut[0]!.sentence).toBe("model.layers.0.q_proj: its weight holds NaN or infinity");
    expect(Number.isFinite(total(result).delta)).toBe(true);
  });
});

test("a weight of zeros has no share, and a change that rounding turns round has a minus", () => {
  const sums = {...zeroSums(), delta: 1, halfStep: 1, product: -0.04};
  const made = {modules: [{name: "q", sums}], leftOut: [], isMerged: false, dtypes: ["F32"], mergedDtypes: []};
  expect(baseReport(made).rows).toEqual([["q", "−4%", "0%", "–", "1"]]);
});

test("the words: what is lost first, the worst module on top", async () => {
  const {result} = await against([file("base-BF16")]);
  const {headline, notes, presence, head, rows, left} = baseReport(result);
  expect(headline).toBe(
    "A merge in BF16 would keep 88% of this change, which is 0.21% as long as the weights it changes.",
  );
  expect(notes.at(-1)).toBe("Loaded beside the base, or merged and saved in F32, all of it acts.");
  expect([presence, left]).toEqual([undefined, undefined]);
  expect(head).toEqual(["module", "kept in BF16", "error", "‖ΔW‖ / ‖W‖", "in half steps"]);
  expect(rows[0]).toEqual(["model.layers.0.q_proj", "37%", "86%", "0.06%", "0.21"]);
  expect(baseReport((await against([file("base-F32")])).result).headline).toBe(
    "A merge in BF16 would blur this change, which is 0.21% as long as the weights it changes: rounding adds an error of 90% of it.",
  );
});
