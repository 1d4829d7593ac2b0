import {describe, expect, test} from "vitest";
import optionData from "../../../content/practice/options.json" with {type: "json"};
import {caseOf} from "../../../src/answers/practice/cases.ts";
import {configs} from "../../../src/answers/practice/configs.ts";
import {isSplit, memory} from "../../../src/answers/practice/memory.ts";
import {settingsOf} from "../../../src/answers/practice/settings.ts";
import {claim, sourcePage} from "../../../src/components/practice/claims.ts";
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
  [...text.matchAll(/^.*?(\w+)\(\n((?: {4}\w+=.*,\n)+)\)/gm)].map(([, name, body]) => ({
    name: name!,
    options: [...body!.matchAll(/^ {4}(\w+)=(.*),$/gm)].map(([, option, value]) => [option!, value!] as const),
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
    const options = [...text.matchAll(/^ {2}--(\w+)/gm)].map(([, option]) => option!);
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
      for (const {name, text} of configs(one)) expect(unknown(name, text), `${address} ${name}`).toEqual([]);
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
    expect(rl!.text).toContain("def reward(completions, **columns):");
  });

  test("warm up over a whole number of steps, which every version of Transformers takes: 3% of them", () => {
    for (const [address, one] of everyCase().filter(([, {task}]) => task !== "images")) {
      const [trl] = configs(one);
      const {steps} = settingsOf(one);
      const warmup = Number(trl!.text.match(/warmup_steps=(.*),/)![1]);
      expect(Number.isInteger(warmup), address).toBe(true);
      expect(warmup, address).toBeGreaterThanOrEqual(1);
      expect(Math.abs(warmup - 0.03 * steps), address).toBeLessThanOrEqual(1);
    }
  });

  test("say how several cards are started, and how they split a base that one cannot hold", () => {
    const trl = (raw: Parameters<typeof caseOf>[0]) => configs(caseOf(raw).one)[0]!.text;
    expect(trl({})).toMatch(/^# python train\.py\n/);
    expect(trl({cards: "2"})).toMatch(/^# accelerate launch --num_processes 2 train\.py\n/);
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
    expect(end({})).toEqual(["trainer.train()", expect.stringMatching(/^trainer\.save_model\(\) {2}# the pass with/)]);
    expect(end({task: "rl"})).toEqual(["trainer.train()", "trainer.save_model()"]);
  });

  test("say what the data have to look like", () => {
    const first = (raw: Parameters<typeof caseOf>[0]) => configs(caseOf(raw).one)[0]!.text;
    expect(first({task: "preference"})).toContain("# columns: prompt, chosen and rejected\ndataset =");
    expect(first({model: "sdxl"})).toMatch(/^# images: .*metadata\.jsonl.*\naccelerate launch/);
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
