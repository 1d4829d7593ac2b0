import {describe, expect, test} from "vitest";
import optionData from "../../../content/practice/options.json" with {type: "json"};
import {caseOf} from "../../../src/answers/practice/cases.ts";
import {configs} from "../../../src/answers/practice/configs.ts";
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

function unknown(name: string, text: string): string[] {
  if (name === "Axolotl") {
    const lines = text.split("\n").filter((line) => line && !line.startsWith(" "));
    return lines.flatMap((line) => {
      const [option, value] = line.split(/:\s*/) as [string, string];
      const allowed = valuesOf("axolotl", `config.${option}`);
      const isKnown = partOf("axolotl", "config").includes(option) && (!allowed || allowed.includes(value));
      return isKnown ? [] : [line];
    });
  }
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
    expect(trl!.text).toContain("r=32,\n    lora_alpha=32");
    const [rl] = configs(caseOf({task: "rl", tokens: "2048"}).one);
    expect(rl!.text).toContain("max_completion_length=2048");
    expect(rl!.text).toContain("def reward(completions, **columns):");
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
