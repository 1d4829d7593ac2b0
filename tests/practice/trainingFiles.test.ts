import {execFileSync} from "node:child_process";
import {describe, expect, test} from "vitest";
import optionData from "../../content/practice/options.json" with {type: "json"};
import {caseOf} from "../../src/practice/cases.ts";
import {claim, sourcePage} from "../../src/practice/claims.ts";
import {isSplit, memoryUse} from "../../src/practice/memory.ts";
import type {LanguagePreset} from "../../src/practice/models.ts";
import {presets} from "../../src/practice/models.ts";
import {VERSIONS} from "../../src/practice/scriptText.ts";
import {loraSettings} from "../../src/practice/settings.ts";
import {trainingFiles} from "../../src/practice/trainingFiles.ts";
import {everyCase} from "./everyCase.ts";

const library = (id: string) => optionData.find((one) => one.id === id)!;
const partOf = (id: string, part: string) =>
  (library(id).parts as unknown as Record<string, string[]>)[part] as readonly string[];
const valuesOf = (id: string, option: string) =>
  (library(id).values as unknown as Record<string, string[] | undefined>)[option];

/** Which lists know the options of a Python call. */
const CALLS: Readonly<Record<string, readonly [library: string, part: string][]>> = {
  LoraConfig: [["peft", "LoraConfig"]],
  BitsAndBytesConfig: [["transformers", "BitsAndBytesConfig"]],
  ...Object.fromEntries(
    ["SFT", "DPO", "GRPO"].flatMap((name) => [
      [
        `${name}Config`,
        [
          ["trl", `${name}Config`],
          ["transformers", "TrainingArguments"],
        ],
      ],
      [`${name}Trainer`, [["trl", `${name}Trainer`]]],
    ]),
  ),
};

/** The calls of a Python text with their options, one a line, as we write them. */
const callsIn = (text: string) =>
  [...text.matchAll(/^.*?(\w+)\(\n((?: +\w+=.*,\n)+) *\)/gm)].map(([, name, body]) => ({
    name: name!,
    options: [...body!.matchAll(/^ +(\w+)=(.*),$/gm)].map(([, option, value]) => [option!, value!] as const),
  }));

/** The lines of Axolotl's YAML that name an option, with the list that knows it: those that are moved in belong to the line above. */
function axolotlLines(text: string): {part: string; option: string; value: string; line: string}[] {
  let within = "config";
  return text.split("\n").flatMap((line) => {
    const [, indent, option, value] = line.match(/^(\s*)(?:- )?(\w+):\s*(.*)$/) ?? [];
    if (!option) return [];
    // What describes a data set of one's own stands two steps in.
    if (indent!.length === 6) return [{part: "type", option, value: value!, line}];
    if (!indent && !line.startsWith(" ")) within = value ? "config" : option;
    return [{part: indent ? within : "config", option, value: value!, line}];
  });
}

function unknown(name: string, text: string): string[] {
  if (name === "axolotl.yaml")
    return axolotlLines(text).flatMap(({part, option, value, line}) => {
      const allowed = valuesOf("axolotl", `${part}.${option}`);
      const isKnown = partOf("axolotl", part).includes(option) && (!allowed || allowed.includes(value));
      return isKnown ? [] : [line];
    });
  if (name === "train.sh") {
    const part = text.includes("flux.py") ? "flux" : "sdxl";
    const options = [...text.matchAll(/--(\w+)/g)].map(([, option]) => option!);
    return options.filter((option) => !partOf("diffusers", part).includes(option));
  }
  return callsIn(text).flatMap(({name: callee, options}) =>
    options.flatMap(([option, value]) => {
      const lists = CALLS[callee] ?? [];
      const isKnown = lists.some(([id, part]) => partOf(id, part).includes(option));
      const allowed = lists.map(([id, part]) => valuesOf(id, `${part}.${option}`)).find(Boolean);
      const isAllowed = !allowed || !value.startsWith('"') || allowed.includes(value.slice(1, -1));
      return isKnown && isAllowed ? [] : [`${callee}(${option}=${value})`];
    }),
  );
}

type Raw = Parameters<typeof caseOf>[0];
const filesOf = (raw: Raw) => trainingFiles(caseOf(raw).run);
/** The text of a file of a case; empty where the case has no such file. */
const text = (raw: Raw, name = "train.py") => filesOf(raw).find((file) => file.name === name)?.text ?? "";
/** Every case with its files. */
const all = everyCase().map(([address, run]) => [address, run, trainingFiles(run)] as const);

describe("the files to copy", () => {
  test("have only options and values that their libraries document", () => {
    for (const [address, , files] of all)
      for (const file of files) {
        expect(unknown(file.name, file.text), `${address} ${file.name}`).toEqual([]);
        // No call is overlooked.
        const calls = file.text.match(/(Config|Trainer)\(\n/g)?.length ?? 0;
        expect(callsIn(file.text), address).toHaveLength(file.name.endsWith(".py") ? calls : 0);
      }
  });

  test("are Python that Python reads, and notebooks of format 4 with the same lines", () => {
    const python = new Set<string>();
    for (const [address, run, files] of all)
      for (const file of files) {
        // Cases that differ in their numbers alone are read once.
        if (file.name.endsWith(".py")) python.add(file.text.replaceAll(/\d+/g, "1"));
        expect(file.notebook !== undefined, address).toBe(file.name === "train.py" && run.cards === 1);
        if (!file.notebook) continue;
        const {cells, nbformat, nbformat_minor, metadata} = JSON.parse(file.notebook);
        expect([nbformat, nbformat_minor, metadata.kernelspec.language]).toEqual([4, 4, "python"]);
        expect(cells).toHaveLength(4);
        for (const cell of cells)
          expect(Object.keys(cell).sort()).toEqual(["cell_type", "execution_count", "metadata", "outputs", "source"]);
        const [install, ...code] = cells.map(({source}: {source: string[]}) => source.join(""));
        expect(install).toMatch(/^%pip install trl==/);
        // Without the blank lines between the parts it is the script.
        const lines = (words: string) => words.split("\n").filter(Boolean);
        expect(code.flatMap(lines), address).toEqual(lines(file.text).slice(2));
      }
    expect(python.size).toBeGreaterThan(50);
    const read = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)\nprint('read')";
    expect(execFileSync("python3", ["-c", read], {input: JSON.stringify([...python])}).toString()).toBe("read\n");
    expect(() => execFileSync("python3", ["-c", read], {input: '["def train(:"]', stdio: "pipe"})).toThrow(
      "SyntaxError",
    );
  });

  test("have nothing to edit but the data, and for a reward its function, once the form is filled in", () => {
    const filled = {set: "me/dialogues", examples: "3000", tokens: "1500"};
    for (const [address, run, files] of all)
      for (const file of files) {
        if (run.set === "" || run.preset.id === "own") continue;
        expect(file.text, address).not.toMatch(/your\/|\.\.\.\)/);
        expect(file.text, address).not.toMatch(/^\s*# \w+=.*,$/m);
      }
    expect(text({...filled, model: "qwen2.5-7b"})).toContain('load_dataset("me/dialogues", split="train")');
    expect(text({set: "mine.jsonl"})).toContain('load_dataset("json", data_files="mine.jsonl", split="train")');
    expect(text({set: "mine.jsonl"}, "axolotl.yaml")).toContain("  - path: mine.jsonl\n    ds_type: json\n");
    expect(text({model: "own", hub: "me/model-9b"})).toContain('model="me/model-9b"');
  });

  test("load the version that follows instructions where the task needs it", () => {
    const model = (raw: Raw) => text(raw).match(/model="(.*)"/)![1];
    expect(model({model: "qwen2.5-7b"})).toBe("Qwen/Qwen2.5-7B-Instruct");
    expect(model({model: "qwen2.5-7b", data: "pair"})).toBe("Qwen/Qwen2.5-7B");
    expect(model({model: "70b", task: "preference"})).toBe("meta-llama/Llama-3.1-70B-Instruct");
    expect(model({model: "gemma-2-9b"})).toBe("google/gemma-2-9b-it");
    expect(text({model: "qwen3-8b"}, "axolotl.yaml")).toContain("base_model: Qwen/Qwen3-8B\n");
    for (const preset of presets.filter((one): one is LanguagePreset => one.kind === "language"))
      expect([preset.hub, preset.chat, preset.block], preset.id).not.toContain(undefined);
  });

  test("try the three rates by a loop: in the script on one GPU, around it on several", () => {
    expect(text({})).toMatch(/\nfor rate in \("2e-4", "1e-4", "5e-4"\):\n {4}print\(rate, train\(rate\)\)/);
    expect(text({})).toContain('output_dir=f"adapter-{rate}",\n        learning_rate=float(rate)');
    expect(filesOf({}).map(({name}) => name)).toEqual(["train.py", "axolotl.yaml", "after.py"]);
    const many = {model: "70b", task: "preference", card: "80", cards: "8"};
    expect(filesOf(many).map(({name}) => name)).toEqual([
      "train.py",
      "run.sh",
      "fsdp.yaml",
      "axolotl.yaml",
      "after.py",
    ]);
    expect(text(many, "run.sh")).toMatch(
      /for rate in 5e-6 2e-6 1\.5e-5; do\n.*--config_file fsdp\.yaml train\.py \$rate/,
    );
    expect(text(many)).toMatch(/\ntrain\(sys\.argv\[1\]\)\n$/);
    expect(text({cards: "2"}, "run.sh")).toContain("accelerate launch --num_processes 2 train.py $rate");
    expect(text({model: "sdxl"}, "train.sh")).toMatch(
      /for rate in 1e-4 3e-5 3e-4; do[\s\S]*--learning_rate=\$rate[\s\S]*adapter-\$rate/,
    );
    expect(text({}, "axolotl.yaml")).toMatch(/# for rate in 2e-4 1e-4 5e-4; do/);
    expect(text(many, "after.py")).toContain('adapter = "adapter-5e-6"');
  });

  test("take the loss on the answers: by a template that marks them, by columns, or by cutting dialogues", () => {
    for (const [address, run, files] of all) {
      const script = files.find(({name}) => name === "train.py")?.text ?? "";
      const isImitation = run.task === "imitation";
      const marks = isImitation && run.data === "messages" && (run.preset as LanguagePreset).marksAnswers === true;
      expect(/^ +assistant_only_loss=True,$/m.test(script), address).toBe(marks);
      expect(/^ +completion_only_loss=True,$/m.test(script), address).toBe(isImitation && !marks);
      expect(/^def cut\(rows\):$/m.test(script), address).toBe(isImitation && !marks && run.data === "messages");
    }
    // TRL 1.9.0 has templates that mark the answers for these families of the page, and for no others: claim data-assistant-only.
    const marked = presets.flatMap((one) => (one.kind === "language" && one.marksAnswers ? [one.chat!] : []));
    expect(marked.filter((chat) => !/^(Qwen\/Qwen(2\.5|3)|google\/gemma-2)-/.test(chat))).toEqual([]);
    expect(marked).toHaveLength(5);
    expect(claim("data-assistant-only").quote).toContain("patching is not supported");
  });

  test("cut a dialogue at each answer, with all that came before it", () => {
    const cut = text({}).match(/def cut\(rows\):\n(?: {4}.*\n)+/)![0];
    const turns = ["system", "user", "assistant", "user", "assistant"].map((role, i) => ({role, content: `${i}`}));
    const run = `import json, sys\n${cut}\nprint(json.dumps(cut({"messages": json.load(sys.stdin)})))`;
    const input = JSON.stringify([turns, [turns[2]]]);
    expect(JSON.parse(execFileSync("python3", ["-c", run], {input}).toString())).toEqual({
      prompt: [turns.slice(0, 2), turns.slice(0, 4)],
      completion: [[turns[2]], [turns[4]]],
    });
  });

  test("have a reward that can be run as it is: a number for each answer, from a column that the data are said to have", () => {
    expect(text({task: "rl"})).toMatch(
      /def reward\(completions, answer, \*\*columns\):\n( {4}#.*\n)+ {4}return \[float\(/,
    );
    expect(text({task: "rl"})).toMatch(/# Columns: prompt and answer,/);
  });

  test("look four times in each pass at few examples, and keep what was best, in every file that can", () => {
    // 270 of 300 are learned from, 16 at a time: 17 steps a pass.
    expect(text({examples: "300"})).toMatch(
      /eval_strategy="steps",\n +eval_steps=4,\n +save_strategy="steps",\n +save_steps=4,\n +save_total_limit=1,\n +load_best_model_at_end=True/,
    );
    expect(text({examples: "300"}, "axolotl.yaml")).toMatch(
      /evals_per_epoch: 4\nsaves_per_epoch: 4\nload_best_model_at_end: true/,
    );
    expect(text({})).toContain('eval_strategy="epoch"');
    for (const [address, run] of all) {
      const {evaluations, evaluationSteps, steps, epochs} = loraSettings(run);
      if (run.task !== "images") expect(evaluations * evaluationSteps * epochs, address).toBeLessThanOrEqual(steps);
      expect(evaluationSteps, address).toBeGreaterThanOrEqual(1);
    }
  });

  test("keep the same examples aside in evaluationSteps run: evaluationSteps file that splits the data has the seed", () => {
    for (const [address, run, files] of all)
      for (const file of files) {
        const splits = file.name === "train.py" && run.task !== "rl";
        expect(file.text.match(/train_test_split\(.*\)/g), `${address} ${file.name}`).toEqual(
          splits ? ["train_test_split(test_size=0.1, seed=42)"] : null,
        );
        // Axolotl shuffles by it, and then cuts the end off.
        expect(file.text.match(/^seed: .*$/gm), `${address} ${file.name}`).toEqual(
          /^val_set_size: /m.test(file.text) ? ["seed: 42"] : null,
        );
      }
    expect(claim("data-seed").quote).toContain("unpredictable entropy");
    expect(claim("data-seed-axolotl").quote).toContain("seed=cfg.seed");
  });

  test("begin with what to install, at the versions whose options were read", () => {
    for (const {id, version} of optionData) expect(VERSIONS[id as keyof typeof VERSIONS], id).toBe(version);
    expect(Object.keys(VERSIONS)).toHaveLength(optionData.length);
    expect(text({base: "nf4"})).toMatch(/^# pip install trl==[\d.]+ peft==[\d.]+ transformers==[\d.]+ bitsandbytes\n/);
  });

  test("end with what to do afterwards: load it, compare it with the base, merge it", () => {
    for (const [address, run, files] of all) {
      const {name, text: after} = files.at(-1)!;
      expect(name, address).toBe("after.py");
      expect(after, address).toMatch(
        run.task === "images" ? /load_lora_weights\("adapter-1e-4"\)/ : /disable_adapter.*merge_and_unload/s,
      );
      if (run.task === "images") continue;
      const train = files[0]!.text;
      // The same base, stored in the same way: it is scored so, and expanded only then.
      expect(after, address).toContain(`"${train.match(/model="(.*)"/)![1]}",`);
      const stored = (words: string) => words.match(/BitsAndBytesConfig\([^)]*\)/)?.[0].replace(/ +/g, " ") ?? "";
      expect(stored(after).replace(" )", ")"), address).toBe(stored(train).replace(" )", ")"));
      expect(/disable_adapter[\s\S]*^base = model\.unload\(\)\.dequantize\(/m.test(after), address).toBe(
        run.base !== "bf16",
      );
    }
  });

  test("warm up over a whole number of steps, which every version of Transformers takes: 3% of them", () => {
    for (const [address, run, files] of all.filter(([, {task}]) => task !== "images")) {
      const warmup = Number(files[0]!.text.match(/warmup_steps=(.*),/)![1]);
      expect(Number.isInteger(warmup), address).toBe(true);
      expect(warmup, address).toBeGreaterThanOrEqual(1);
      expect(Math.abs(warmup - 0.03 * loraSettings(run).steps), address).toBeLessThanOrEqual(1);
    }
  });

  test("split the base in every file, or have no file that could not: so what the headline says is what they do", () => {
    for (const [address, run, files] of all.filter(([, {task}]) => task !== "images")) {
      const shared = isSplit(run, memoryUse(run));
      const of = (name: string) => files.find((file) => file.name === name)?.text;
      expect(/--config_file fsdp\.yaml/.test(of("run.sh") ?? ""), address).toBe(shared);
      expect(/set_state_dict_type\("FULL_STATE_DICT"\)\n +trainer\.save_model\(\)/.test(of("train.py")!), address).toBe(
        shared,
      );
      expect(/quant_storage/.test(of("train.py")!), address).toBe(shared && run.base === "nf4");
      expect(of("fsdp.yaml") !== undefined, address).toBe(shared);
      const cannot = shared && run.task === "preference" && run.base !== "bf16";
      expect(of("axolotl.yaml") !== undefined, address).toBe(run.task !== "rl" && !cannot);
      if (of("axolotl.yaml"))
        expect(/^fsdp_version: 2\nfsdp_config:\n/m.test(of("axolotl.yaml")!), address).toBe(shared);
    }
    const fsdp = text({model: "70b", card: "80", cards: "8"}, "fsdp.yaml");
    // Other ways to shard keep all of the base on a GPU for the backward pass.
    expect(fsdp).toMatch(
      /fsdp_sharding_strategy: FULL_SHARD\n[\s\S]*fsdp_use_orig_params: false\n[\s\S]*mixed_precision: bf16\n/,
    );
    expect(fsdp).toContain("num_processes: 8\n");
    expect(text({model: "70b", base: "nf4", cards: "4"}, "fsdp.yaml")).toContain("mixed_precision: 'no'\n");
    const shared = {model: "70b", card: "48", cards: "2", base: "nf4"};
    expect(text(shared, "axolotl.yaml")).toMatch(
      /cls_to_wrap: LlamaDecoderLayer\n {2}cpu_ram_efficient_loading: false/,
    );
    expect(text({model: "32b", cards: "8"}, "axolotl.yaml")).toMatch(
      /cls_to_wrap: Qwen2DecoderLayer\n {2}cpu_ram_efficient_loading: true/,
    );
  });
});

test("every list has a version, the day it was read, and a source", () => {
  for (const {version, read, source} of optionData) {
    expect(version).toMatch(/\d/);
    expect(read).toMatch(/^2026-\d\d-\d\d$/);
    expect(sourcePage(source).version).toMatch(/\S/);
  }
  expect(claim("matrices-peft").quote).toContain("query and value");
});
