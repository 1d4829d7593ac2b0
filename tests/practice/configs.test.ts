import {describe, expect, test} from "vitest";
import optionData from "../../content/practice/options.json" with {type: "json"};
import {caseOf} from "../../src/practice/cases.ts";
import {claim, sourcePage} from "../../src/practice/claims.ts";
import {configs} from "../../src/practice/configs.ts";
import {VERSIONS} from "../../src/practice/configText.ts";
import {isSplit, memory} from "../../src/practice/memory.ts";
import {presets} from "../../src/practice/models.ts";
import {loraSettings} from "../../src/practice/settings.ts";
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

/** The calls of a Python text with their options, one a line, as we write them: those that are commented out as well. */
const callsIn = (text: string) =>
  [...text.matchAll(/^.*?(\w+)\(\n((?: {4}(?:# )?\w+=.*,\n)+)\)/gm)].map(([, name, body]) => ({
    name: name!,
    options: [...body!.matchAll(/^ {4}(?:# )?(\w+)=(.*),$/gm)].map(([, option, value]) => [option!, value!] as const),
  }));

/** The lines of Axolotl's YAML that name an option, with the list that knows it: those that are moved in belong to the line above. */
function axolotlLines(text: string): {part: string; option: string; value: string; line: string}[] {
  let within = "config";
  return text.split("\n").flatMap((line) => {
    const [, indent, option, value] = line.match(/^(\s*)(?:- )?(\w+):\s*(.*)$/) ?? [];
    if (!option) return [];
    if (!indent && !line.startsWith(" ")) within = value ? "config" : option;
    return [{part: indent ? within : "config", option, value: value!, line}];
  });
}

function unknown(name: string, text: string): string[] {
  if (name === "Axolotl")
    return axolotlLines(text).flatMap(({part, option, value, line}) => {
      const allowed = valuesOf("axolotl", `${part}.${option}`);
      const isKnown = partOf("axolotl", part).includes(option) && (!allowed || allowed.includes(value));
      return isKnown ? [] : [line];
    });
  if (name === "Diffusers") {
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

describe("the configurations", () => {
  test("have only options and values that their libraries document", () => {
    for (const [address, one] of everyCase())
      for (const {name, text} of configs(one)) {
        expect(unknown(name, text), `${address} ${name}`).toEqual([]);
        // No call is overlooked.
        expect(callsIn(text), address).toHaveLength(text.match(/\(\n/g)?.length ?? 0);
      }
  });

  test("are read by this test: an option that does not exist is found", () => {
    expect(unknown("PEFT", "config = LoraConfig(\n    r=4,\n    rank=4,\n)\n")).toEqual(["LoraConfig(rank=4)"]);
    expect(unknown("TRL", 'args = SFTConfig(\n    lr_scheduler_type="square",\n)\n')).toHaveLength(1);
    expect(unknown("Axolotl", "base_model: x\nlora_rank: 4\nadapter: lora")).toEqual(["lora_rank: 4"]);
    expect(unknown("Axolotl", "fsdp_version: 2\nfsdp_config:\n  use_orig: true\nadapter: lora")).toEqual([
      "  use_orig: true",
    ]);
    expect(unknown("Diffusers", "accelerate launch x_sdxl.py \\\n  --lora_alpha=4\n")).toEqual(["lora_alpha"]);
    const [trl, peft, axolotl] = configs(caseOf({base: "nf4"}).one);
    expect(callsIn(trl!.text).map(({name}) => name)).toEqual([
      "LoraConfig",
      "SFTConfig",
      "BitsAndBytesConfig",
      "SFTTrainer",
    ]);
    expect(callsIn(peft!.text)).toHaveLength(1);
    expect(axolotl!.text).toContain("adapter: qlora\nload_in_4bit: true");
  });

  test("take up what the answer says", () => {
    const [trl] = configs(caseOf({task: "preference"}).one);
    expect(trl!.text).toContain("learning_rate=5e-6");
    expect(trl!.text).toContain("r=32,\n    lora_alpha=16");
    const [rl] = configs(caseOf({task: "rl", tokens: "2048"}).one);
    expect(rl!.text).toContain("max_completion_length=2048");
    expect(rl!.text).toContain("    # use_vllm=True,\n");
  });

  test("have a reward that can be run as it is: a number for each answer, from a column that the data are said to have", () => {
    const [rl] = configs(caseOf({task: "rl"}).one);
    expect(rl!.text).toMatch(/def reward\(completions, answer, \*\*columns\):\n( {4}#.*\n)? {4}return \[float\(/);
    expect(rl!.text).toMatch(/# Columns: prompt and answer,/);
    expect(rl!.text).not.toContain("...");
  });

  test("look four times in each pass at few examples, and keep what was best, in every text that can", () => {
    const text = (raw: Parameters<typeof caseOf>[0], name: string) =>
      configs(caseOf(raw).one).find((each) => each.name === name)!.text;
    // 270 of 300 are learned from, 16 at a time: 17 steps a pass.
    expect(text({examples: "300"}, "TRL")).toMatch(
      /eval_strategy="steps",\n {4}eval_steps=4,\n {4}save_strategy="steps",\n {4}save_steps=4,\n {4}load_best_model_at_end=True/,
    );
    expect(text({examples: "300"}, "Axolotl")).toMatch(
      /evals_per_epoch: 4\nsaves_per_epoch: 4\nload_best_model_at_end: true/,
    );
    expect(text({}, "TRL")).toContain('eval_strategy="epoch"');
    expect(text({}, "Axolotl")).toMatch(/evals_per_epoch: 1\nsaves_per_epoch: 1\nload_best_model_at_end: true/);
    for (const [address, one] of everyCase()) {
      const {looks, every, steps, epochs} = loraSettings(one);
      if (one.task !== "images") expect(looks * every * epochs, address).toBeLessThanOrEqual(steps);
      expect(every, address).toBeGreaterThanOrEqual(1);
    }
  });

  test("keep the same examples aside in every run: every text that splits the data has the seed", () => {
    for (const [address, one] of everyCase())
      for (const {name, text} of configs(one)) {
        const splits = name === "TRL" && one.task !== "rl";
        expect(text.match(/train_test_split\(.*\)/g), `${address} ${name}`).toEqual(
          splits ? ["train_test_split(test_size=0.1, seed=42)"] : null,
        );
        expect(/# A tenth is kept aside.*\ndataset = load_dataset/.test(text), `${address} ${name}`).toBe(splits);
        // Axolotl shuffles by it, and then cuts the end off.
        expect(text.match(/^seed: .*$/gm), `${address} ${name}`).toEqual(
          /^val_set_size: /m.test(text) ? ["seed: 42"] : null,
        );
      }
    expect(partOf("axolotl", "config")).toContain("seed");
    expect(claim("data-seed").quote).toContain("unpredictable entropy");
    expect(claim("data-seed-axolotl").quote).toContain("seed=cfg.seed");
  });

  test("draw samples of images and save them before the end", () => {
    const text = configs(caseOf({model: "sdxl", examples: "20"}).one)[0]!.text;
    expect(text).toContain("--max_train_steps=500");
    // Five steps show twenty images, so twenty passes are a hundred steps.
    expect(text).toMatch(/--validation_prompt=".+" \\\n {2}--validation_epochs=20 \\\n {2}--checkpointing_steps=100/);
    expect(configs(caseOf({model: "flux", examples: "100000"}).one)[0]!.text).toContain("--validation_epochs=1 ");
  });

  test("begin with what to install, at the versions whose options were read", () => {
    for (const {id, version} of optionData) expect(VERSIONS[id as keyof typeof VERSIONS], id).toBe(version);
    expect(Object.keys(VERSIONS)).toHaveLength(optionData.length);
    const [trl] = configs(caseOf({base: "nf4"}).one);
    expect(trl!.text).toMatch(/^# pip install trl==[\d.]+ peft==[\d.]+ transformers==[\d.]+ bitsandbytes\n/);
  });

  test("end with what to do afterwards: load it, compare it with the base, merge it", () => {
    for (const [address, one] of everyCase()) {
      const {name, text} = configs(one).at(-1)!;
      expect(name, address).toBe("Afterwards");
      expect(text, address).toContain(`from_pretrained("${one.preset.hub}"`);
      expect(text, address).toMatch(
        one.task === "images" ? /load_lora_weights\("adapter"\)/ : /disable_adapter.*merge_and_unload/s,
      );
      // What was trained on a quantized base is scored on that base, and merged into it or into another one.
      const [trl] = configs(one);
      const stored = trl!.text.match(/quantization_config = Bits[^)]*\)/)?.[0] ?? "";
      expect(text, address).toContain(`${stored && `${stored}\n\n`}${one.task === "images" ? "pipeline" : "base"} = `);
      expect(/^base = model\.unload\(\)\.dequantize\(/m.test(text), address).toBe(stored !== "");
      expect(/^# base = .*dtype="bfloat16"/m.test(text), address).toBe(stored !== "");
    }
  });

  test("warm up over a whole number of steps, which every version of Transformers takes: 3% of them", () => {
    for (const [address, one] of everyCase().filter(([, {task}]) => task !== "images")) {
      const [trl] = configs(one);
      const {steps} = loraSettings(one);
      const warmup = Number(trl!.text.match(/warmup_steps=(.*),/)![1]);
      expect(Number.isInteger(warmup), address).toBe(true);
      expect(warmup, address).toBeGreaterThanOrEqual(1);
      expect(Math.abs(warmup - 0.03 * steps), address).toBeLessThanOrEqual(1);
    }
  });

  test("say how several cards are started, and how they split a base that one cannot hold", () => {
    const trl = (raw: Parameters<typeof caseOf>[0]) => configs(caseOf(raw).one)[0]!.text;
    expect(trl({})).toMatch(/^# pip .*\n# python train\.py\n/);
    expect(trl({cards: "2"})).toMatch(/\n# accelerate launch --num_processes 2 train\.py\n/);
    const split = trl({model: "70b", base: "nf4", card: "24", cards: "4"});
    expect(split).toContain("--num_processes 4 --config_file fsdp_config_qlora.yaml");
    expect(split).toContain("examples/sft/configs/fsdp_config_qlora.yaml");
    expect(split).toContain("bnb_4bit_quant_storage=torch.bfloat16");
    expect(split).toContain('set_state_dict_type("FULL_STATE_DICT")\ntrainer.save_model()');
    expect(trl({model: "70b", card: "80", cards: "4"})).toContain("--config_file fsdp_config.yaml");
    expect(trl({base: "nf4"})).not.toMatch(/quant_storage|set_state_dict_type/);
  });

  test("split the base in every text, or say why not: so whatever the answer calls the only way is what they do", () => {
    for (const [address, one] of everyCase().filter(([, {task}]) => task !== "images")) {
      const shared = isSplit(one, memory(one));
      for (const {name, text} of configs(one)) {
        if (name === "TRL") expect(/--config_file fsdp/.test(text), address).toBe(shared);
        if (name !== "Axolotl") continue;
        const cannot = one.task === "preference" && one.base !== "bf16";
        expect(/^fsdp_version: 2\nfsdp_config:\n/m.test(text), address).toBe(shared && !cannot);
        expect(/^# Axolotl cannot split/.test(text), address).toBe(shared && cannot);
      }
    }
    const axolotl = (raw: Parameters<typeof caseOf>[0]) =>
      configs(caseOf(raw).one).find(({name}) => name === "Axolotl")!.text;
    const shared = {card: "48", cards: "2", base: "nf4"};
    expect(axolotl({...shared, model: "70b"})).toContain("transformer_layer_cls_to_wrap: LlamaDecoderLayer\n");
    expect(axolotl({...shared, model: "70b"})).toContain("cpu_ram_efficient_loading: false");
    expect(axolotl({model: "32b", cards: "8"})).toContain("transformer_layer_cls_to_wrap: Qwen2DecoderLayer\n");
    expect(axolotl({model: "32b", cards: "8"})).toContain("cpu_ram_efficient_loading: true");
  });

  test("save what was trained, of several passes the best", () => {
    const end = (raw: Parameters<typeof caseOf>[0]) => configs(caseOf(raw).one)[0]!.text.split("\n").slice(-3, -1);
    expect(end({})).toEqual(["trainer.train()", expect.stringMatching(/^trainer\.save_model\(\) {2}# as it was when/)]);
    expect(end({task: "rl"})).toEqual(["trainer.train()", "trainer.save_model()"]);
  });

  test("say what the data have to look like, on what the loss is taken, and what becomes of long examples", () => {
    const text = (raw: Parameters<typeof caseOf>[0], name = "TRL") =>
      configs(caseOf(raw).one).find((each) => each.name === name)!.text;
    expect(text({})).toMatch(/# Columns: prompt and completion.* The loss is taken on the completion\./);
    expect(text({})).toMatch(
      /messages, it would be taken on the whole conversation\. So make one example of each answer:/,
    );
    expect(text({task: "preference"})).toContain("# Columns: prompt, chosen and rejected.");
    for (const raw of [{}, {task: "preference"}]) {
      expect(text(raw)).toMatch(
        /template, so take the version .* made for chat[\s\S]*max_length cuts off the end of longer.* drops those whose prompt/,
      );
      // TRL cuts what is too long, and Axolotl would leave it out.
      expect(text(raw, "Axolotl")).toContain("\nexcess_length_strategy: truncate\n");
      expect(text(raw, "Axolotl")).toContain("\nchat_template: tokenizer_default_fallback_chatml\n");
    }
    expect(text({}, "Axolotl")).toContain("The loss is taken on the answers.");
    expect(text({model: "sdxl"}, "Diffusers")).toMatch(/# images: .*metadata\.jsonl.*\naccelerate launch/);
  });
});

test("imitation is set up with what runs for every model that the page offers, whatever its chat template", () => {
  for (const [address, one] of everyCase())
    for (const {name, text} of configs(one)) {
      expect(text, `${address} ${name}`).not.toMatch(/^ +(# )?assistant_only_loss/m);
      const isImitation = name === "TRL" && one.task === "imitation";
      expect(/^ {4}completion_only_loss=True,$/m.test(text), `${address} ${name}`).toBe(isImitation);
      expect(/^# assistant_only_loss=True would stop for Llama 2, 3\.1 and 3\.2:.*$/m.test(text), address).toBe(
        isImitation,
      );
    }
  expect(claim("data-assistant-only").quote).toContain("patching is not supported");
  // A model of another family has to be looked up in TRL's templates before that line can stay.
  const hubs = presets.flatMap((one) => (one.kind === "language" ? [one.hub] : []));
  expect(hubs.filter((hub) => !/^(meta-llama\/Llama-(2|3\.1|3\.2)|Qwen\/Qwen2\.5)-/.test(hub))).toEqual([]);
});

test("every list has a version, the day it was read, and a source", () => {
  for (const {version, read, source} of optionData) {
    expect(version).toMatch(/\d/);
    expect(read).toMatch(/^2026-\d\d-\d\d$/);
    expect(sourcePage(source).version).toMatch(/\S/);
  }
  expect(claim("matrices-peft").quote).toContain("query and value");
});
