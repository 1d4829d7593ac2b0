import {createHash} from "node:crypto";
import {unzipSync} from "fflate";
import {beforeAll, describe, expect, test} from "vitest";
import {readBase} from "../../../src/engine/adapters/base.ts";
import {toFloat64} from "../../../src/engine/adapters/dtype.ts";
import {readAdapter} from "../../../src/engine/adapters/peft.ts";
import {readSafetensors, tensorBytes} from "../../../src/engine/adapters/safetensors.ts";
import {merge} from "../../../src/engine/lora/lora.ts";
import {languageLoss, type Transformer} from "../../../src/engine/network/transformer.ts";
import {digitMachine, encode, newTasks} from "../../../src/engine/training/tasks.ts";
import {batchOf, wordForge} from "../../../src/engine/training/words.ts";
import {parse} from "../../../src/figure/parse.ts";
import {controls, type LabParams, labSettings} from "../../../src/figures/lab/controls.ts";
import {attachedOf} from "../../../src/figures/lab/plan.ts";
import type {LabResult} from "../../../src/figures/lab/readings.ts";
import {adapterOf, runArchive} from "../../../src/figures/lab/takeHome/takeHome.ts";
import record from "../../fixtures/in_peft.json" with {type: "json"};
import {takenHome} from "../../fixtures/takenHome.ts";
import {aThird, oneOf} from "../../third.ts";
import {remembering} from "../promises/tapes.ts";

const all = await remembering("lab");

const cases: readonly [string, Readonly<Record<string, unknown>>][] = [
  // These three are among those that PEFT has opened.
  ["names, queries and values", {on: "qv"}],
  ["digits, every matrix", {task: "reversePlusOne", on: "qkvo12", r: "8", alpha: 3}],
  ["names, every weight", {method: "full", rate: "0.003"}],
  ["names, bottlenecks on a base of 2 bits", {method: "bottleneck", width: "2", base: "two"}],
  ["digits, a prefix", {task: "reversePlusOne", method: "prefix", vectors: "4", rate: "0.03"}],
];

describe.each(aThird(cases))("%s", (_, raw) => {
  const params: LabParams = parse(controls, {step: 200, ...raw}).params;
  const isWords = params.task === "names";
  const sizes = isWords ? wordForge : digitMachine;
  let files: ReadonlyMap<string, Uint8Array>;
  let result: LabResult;
  let base: Transformer;
  const text = (name: string) => new TextDecoder().decode(files.get(name));

  beforeAll(async () => {
    result = all.compute(params) as LabResult;
    const archive = await runArchive(labSettings(params), result.trained!, "widgets/lab/?x=1");
    files = new Map(Object.entries(unzipSync(new Uint8Array(await archive.arrayBuffer()))));
    base = readBase(files.get("base.safetensors")!, sizes);
  });

  test.runIf(params.method === "lora")(
    "the inspector is given the adapter that the archive holds, with its base by name",
    () => {
      const handed = adapterOf(params, result.trained!);
      expect(handed.map(({name}) => name.replace(/^.*, rank \d+, your run\//, ""))).toEqual([
        "adapter_config.json",
        "adapter_model.safetensors",
      ]);
      const [config, model] = handed.map(({bytes}) => bytes);
      expect(Buffer.compare(model!, files.get("adapter_model.safetensors")!)).toBe(0);
      const own = text("adapter_config.json");
      expect(own).toContain('"base.safetensors"');
      const base = {full: "", nf4: ", rounded (nf4)", two: ", rounded (two)"}[params.base];
      expect(new TextDecoder().decode(config)).toBe(
        own.replace("base.safetensors", `${isWords ? "word-forge" : "digit-machine"}${base}`),
      );
    },
  );

  /** The reference sequences, as the engine takes them. */
  const batch = () => {
    const {texts} = result.trained!.reference;
    if (isWords) return batchOf(texts.map((word) => word.slice(1, -1)));
    const encoded = texts.map((one) => encode(newTasks.reversePlusOne, Array.from(one.slice(1, 7), Number)));
    return {
      tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
      targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
      B: texts.length,
    };
  };

  test("its base is the lab's, and what was trained, read from its files, has the loss that the lab found", () => {
    const {on, off} = result.trained!.reference;
    expect(languageLoss(base, batch())).toBeCloseTo(off, 4);
    if (params.method === "full")
      return expect(languageLoss(readBase(files.get("tuned.safetensors")!, sizes), batch())).toBeCloseTo(on, 4);
    if (params.method !== "lora") {
      const file = readSafetensors(files.get(`${params.method}.safetensors`)!);
      const attachment = attachedOf(sizes, labSettings(params), new Float32Array(result.setup.trainedCount))!;
      expect([...file.tensors.keys()].sort()).toEqual(attachment.params.layout.map(([name]) => name).sort());
      for (const [name] of attachment.params.layout)
        attachment.params.views[name]!.data.set(toFloat64("F32", tensorBytes(file, name)));
      expect(files.has("adapter_config.json")).toBe(false);
      return expect(languageLoss({...base, attached: [attachment]}, batch())).toBeCloseTo(on, 4);
    }
    const {modules, notes} = readAdapter(
      text("adapter_config.json"),
      readSafetensors(files.get("adapter_model.safetensors")!),
    );
    expect(notes).toEqual([]);
    expect(modules.size).toBe(2 * params.on.length);
    for (const [name, lora] of modules) {
      const W = base.weights.views[name as "layers.0.Wq"];
      W.data.set(merge(W, lora).data);
    }
    expect(languageLoss(base, batch())).toBeCloseTo(on, 4);
  });

  test("of words it measures the very score of the lab, on the very words", () => {
    const {texts, on, off} = result.trained!.reference;
    expect(text("texts.txt").trim().split("\n")).toEqual(texts);
    if (!isWords) return expect(texts).toHaveLength(result.setup.questions!.length);
    expect([on, off, texts.length]).toEqual([result.now.score, result.setup.off.score, result.setup.freshCount]);
    expect(text("run.json")).toContain("Nats a letter on the 983 words that were kept back, the same as in the lab.");
  });

  test("its script has the model's sizes and the numbers to find beside it, and names its files", () => {
    const {on, off} = result.trained!.reference;
    const {V, T, C, H, L} = sizes;
    expect(JSON.parse(text("run.json"))).toMatchObject({
      sizes: {V, T, C, H, L},
      expected: {on, off},
      method: params.method,
      link: "widgets/lab/?x=1",
    });
    const named = [...text("run.py").matchAll(/here \/ f?"([^"]+)"/g)].map(([, name]) =>
      name!.replace("{RUN['method']}", params.method),
    );
    for (const file of files.keys()) expect([...named, "run.py"]).toContain(file);
  });
});

/** Of the largest logit: what float32 explains. */
const ROOM = 2e-6;

const READ = ["adapter_config.json", "adapter_model.safetensors", "base.safetensors"];
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

// What PEFT made of them: tests/fixtures/in_peft.py.
test("PEFT has opened the lab's LoRAs as they are written now, and its logits are the engine's", async () => {
  const runs = new Map(Object.entries(record.runs));
  expect([...runs.keys()].sort()).toEqual(["digits-all", "names-all", "names-qv"]);
  // Two of them are trained above in the same third.
  for (const {name, archive} of await takenHome(all, oneOf(["names-qv", "digits-all", "names-all"]))) {
    const files = unzipSync(archive);
    expect(Object.fromEntries(READ.map((file) => [file, hash(files[file]!)]))).toEqual(runs.get(name)!.files);
  }
  for (const [name, {largestDifference}] of runs) {
    expect(largestDifference, name).toBeGreaterThan(0);
    expect(largestDifference, name).toBeLessThanOrEqual(ROOM);
  }
  expect(record.peft).toBe("0.20.0");
});
