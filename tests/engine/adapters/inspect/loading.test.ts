/** The thirty questions of practice as files, with the first sentence that each is answered with, and the readers' rules. */
import {describe, expect, test} from "vitest";
import {startOf} from "../../../../src/engine/adapters/inspect/loading/found.ts";
import {loadingOf} from "../../../../src/engine/adapters/inspect/loading/loading.ts";
import {
  daysSince,
  MAX_RULE_DAYS,
  oldRules,
  READ_ON,
  RULES,
} from "../../../../src/engine/adapters/inspect/loading/rules.ts";
import {strengthsOf} from "../../../../src/engine/adapters/inspect/loading/strength.ts";
import record from "../../../fixtures/loading.json" with {type: "json"};
import {MADE, type MadeFile} from "./madeAdapters.ts";
import {madeDrops, openMade} from "./madeDrops.ts";
import {readersScales} from "./readers.ts";

const CASES = Object.assign({}, ...Object.values(MADE)) as Record<string, readonly MadeFile[]>;

const opened = async (name: string) => {
  const {adapter, config} = await openMade(CASES[name]!);
  return {...adapter, text: config};
};

const WORDS: Readonly<Record<string, string>> = {
  right: "Loads, as trained",
  part: "Loads, not as trained",
  weak: "Loads, too weak",
  strong: "Loads, too strong",
  refuses: "Refuses it",
  stops: "The converter stops",
  nothing: "Loads nothing",
  warns: "Loads nothing, with a warning",
  silent: "Loads nothing, and says nothing",
};

/** The question's number in the table of the field test, the file, the words of the three readers, and its first sentence. */
const QUESTIONS = `
  1 | a healthy file | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  2 | text paths, and a base that sees pictures | right right right | PEFT, vLLM and llama.cpp apply it as trained only on the right class of the base: these are the names of a text model, and the base sees pictures.
  2 | model.language_model. | right right right | PEFT, vLLM and llama.cpp apply it as trained only on the right class of the base: these are the names of a model that sees pictures.
  2 | language_model.model. | right right right | PEFT, vLLM and llama.cpp apply it as trained only on the right class of the base: these are the names of a model that sees pictures, as Transformers had them before 4.52.
  3 | experts one by one, gate, up and down of all | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  3 | experts one by one | right right stops | PEFT and vLLM apply it as trained; llama.cpp’s converter stops.
  3 | experts in one, with target_parameters | right right stops | PEFT and vLLM apply it as trained; llama.cpp’s converter stops.
  3 | experts in one, config without target_parameters | refuses strong stops | PEFT will stop at this config: it says rank 8, but the tensors have 32.
  4 | _orig_mod. in front | warns silent stops | PEFT will find none of the 4 modules: “_orig_mod.” is in the names (saved from a compiled model). Take home writes clean names.
  4 | _orig_mod. inside | warns silent stops | PEFT will find none of the 4 modules: “_orig_mod.” is in the names (saved from a compiled model). Take home writes clean names.
  4 | _fsdp_wrapped_module. in front | warns silent stops | PEFT will find none of the 4 modules: “_fsdp_wrapped_module.” is in the names (saved from FSDP’s wrapper). Take home writes clean names.
  4 | _checkpoint_wrapped_module. inside | warns silent stops | PEFT will find none of the 4 modules: “_checkpoint_wrapped_module.” is in the names (saved from activation checkpointing’s wrapper). Take home writes clean names.
  4 | some names with a wrapper, some without | weak weak stops | PEFT will find only 2 of the 4 modules: “_orig_mod.” is in the names (saved from a compiled model). Take home writes clean names.
  4 | base_model.model. twice | warns right right | PEFT will find none of the 4 modules, though vLLM and llama.cpp will: base_model.model. is there twice (a PEFT model was wrapped in another). Take home writes clean names.
  4 | module. in front (DDP) | warns silent stops | PEFT will find none of the 4 modules: module. comes first. Take home writes clean names.
  4 | the adapter's name inside (default) | warns refuses stops | PEFT will find none of the 4 modules: “default” is in the names. Take home writes clean names.
  4 | no prefix | warns right right | PEFT will find none of the 4 modules, though vLLM and llama.cpp will: base_model.model. is missing. Take home writes clean names.
  5 | a base in 4 bits | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  6 | target_modules of another model | nothing right right | This looks like another adapter’s config: its target_modules (c_attn, c_proj) match no module of the file.
  7 | α = 0 | nothing nothing strong | α is 0: PEFT and vLLM add nothing of this adapter; llama.cpp uses scale 1 instead.
  7 | α = 512, r = 8 | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  8 | rsLoRA, rank 64 | right right weak | PEFT and vLLM apply it as trained; llama.cpp makes every module 8 × too weak.
  8 | rank_pattern and alpha_pattern | right right strong | PEFT and vLLM apply it as trained; llama.cpp makes some of it too strong.
  8 | alpha_pattern alone | right weak weak | Only PEFT applies it as trained; vLLM and llama.cpp make some of it too weak.
  10 | embed_tokens and lm_head whole | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  11 | embed_tokens of 2,051 rows, in modules_to_save | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  12 | LoRA of lm_head on a tied base | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  13 | ZeRO-3, all tensors empty | refuses refuses stops | The numbers are not in this file: 8 of 8 tensors are empty, as DeepSpeed’s ZeRO-3 leaves them. Save again with stage3_gather_16bit_weights_on_model_save, or run zero_to_fp32.py on the checkpoint.
  13 | ZeRO-3, half of them empty | refuses refuses stops | Some numbers are not in this file: 4 of 8 tensors are empty, as DeepSpeed’s ZeRO-3 leaves them. Save again with stage3_gather_16bit_weights_on_model_save, or run zero_to_fp32.py on the checkpoint.
  13 | ZeRO-3, shapes of 0 × k | refuses refuses stops | The numbers are not in this file: 8 of 8 tensors are empty, as DeepSpeed’s ZeRO-3 leaves them. Save again with stage3_gather_16bit_weights_on_model_save, or run zero_to_fp32.py on the checkpoint.
  14 | rank 48 | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  14 | modules_to_save without a tensor | refuses refuses right | Only llama.cpp applies it as trained; PEFT and vLLM refuse it.
  14 | lm_head.base_layer besides | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  14 | lora_bias | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  14 | bias = all | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  14 | bias = all, without base_layer | part refuses stops | None of the three applies it as trained: PEFT adds only a part of it, vLLM refuses it and llama.cpp’s converter stops.
  14 | a tensor of no kind | right refuses part | Only PEFT applies it as trained; vLLM refuses it and llama.cpp adds only a part of it.
  4 | _orig_mod. in front, and the same modules without | right right stops | _orig_mod.base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight and base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight are the same part of one module; the latter is used.
  15 | a classifier (SEQ_CLS, in modules_to_save) | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  15 | a head that modules_to_save does not name (SEQ_CLS) | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  15 | no head, though the task has one (SEQ_CLS) | refuses right right | vLLM and llama.cpp apply it as trained; PEFT refuses it.
  16 | kasa | part part part | None of the three applies it as trained: PEFT, vLLM and llama.cpp add only a part of it.
  16 | use_bdlora | right part part | Only PEFT applies it as trained; vLLM and llama.cpp add only a part of it.
  16 | an unknown field | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  16 | EVA | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  18 | DoRA | right refuses stops | Only PEFT applies it as trained; vLLM refuses it and llama.cpp’s converter stops.
  19 | PiSSA | right part part | Only PEFT applies it as trained; vLLM and llama.cpp add only a part of it.
  19 | OLoRA | right part part | Only PEFT applies it as trained; vLLM and llama.cpp add only a part of it.
  19 | LoftQ | right part part | Only PEFT applies it as trained; vLLM and llama.cpp add only a part of it.
  19 | PiSSA by a random SVD | part part part | None of the three applies it as trained: PEFT, vLLM and llama.cpp add only a part of it.
  19 | LoRA-GA | part part part | None of the three applies it as trained: PEFT, vLLM and llama.cpp add only a part of it.
  19 | CorDA | refuses part part | None of the three applies it as trained: PEFT refuses it and vLLM and llama.cpp add only a part of it.
  19 | PiSSA, converted | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  20 | kohya, α beside each pair |  | These are kohya names, which are for sd-scripts, ComfyUI, AUTOMATIC1111 and Forge, diffusers.
  20 | GGUF without α |  | These are GGUF names, which are for llama.cpp and programs built on it.
  21 | rank 64, of which 2 directions count | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  22 | inference_mode | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  23 | no base named | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
  24 | no config | refuses refuses stops | None of PEFT, vLLM and llama.cpp loads it: there is no adapter_config.json.
  29 | a base with experts, none adapted | right right right | PEFT, vLLM and llama.cpp all apply it as trained.
`;

test.each(
  QUESTIONS.trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim())),
)("question %s, %s", async (_, name, words, sentence) => {
  const loading = loadingOf(await opened(name!), "./run");
  expect(loading.sentence).toBe(sentence);
  expect(loading.readers.map((verdict) => verdict.words)).toEqual(
    (words!.match(/\w+/g) ?? []).map((word) => WORDS[word]),
  );
  expect(loading.isRight).toBe(loading.readers.every(({outcome}) => outcome === "as trained"));
  for (const {outcome, command, reasons, why} of loading.readers) {
    expect(command === undefined).toBe(outcome !== "as trained");
    expect(reasons.every(({rule}) => rule in RULES)).toBe(true);
    expect(reasons.length).toBeGreaterThan(0);
    expect(why).toMatch(/^[A-Zα].*\.$/s);
  }
});

test.each(Object.keys(MADE["How strong it is"]!).filter((name) => name !== "no config"))(
  "the factors of “%s” are those of an arithmetic of its own",
  async (name) => {
    const adapter = await opened(name);
    const due = readersScales(adapter.text!, adapter.container.tensors);
    for (const {pair, trained, by} of strengthsOf(adapter)) {
      const {peft, vllm, llama} = due.get(pair.name)!;
      expect([trained, by.PEFT, by.vLLM, by["llama.cpp"]]).toEqual([peft, peft, vllm, llama]);
    }
  },
);

/** What the machine on which PEFT ran lacked; the page says in its doubt that PEFT needs it. */
const NOT_INSTALLED: Readonly<Record<string, string>> = {Megatron: "megatron.core", LoftQ: "bitsandbytes"};

// What PEFT itself made of them: tests/fixtures/loading.py.
test.each(await madeDrops())("PEFT did with “$name” what the page says", ({name, adapter}) => {
  const due: {refused?: string; factors?: Record<string, number>; unexpected?: number; movedBase?: number} =
    record.cases[name as keyof typeof record.cases];
  const [verdict] = loadingOf(adapter).readers;
  if (!verdict) return;
  if (Object.hasOwn(NOT_INSTALLED, name)) {
    expect([due.refused, verdict.doubt]).toEqual(
      Array(2).fill(expect.stringContaining(NOT_INSTALLED[name]!.split(".")[0]!)),
    );
    return;
  }
  if (due.refused?.startsWith("ValueError: Target modules")) {
    expect([verdict.words, verdict.why]).toEqual([
      "Loads nothing",
      expect.stringContaining("Target modules not found"),
    ]);
    return;
  }
  expect(verdict.outcome === "refused").toBe(due.refused !== undefined);
  if (!due.factors) return;
  const trained = new Map(strengthsOf(adapter).map(({pair, trained}) => [pair.name, trained]));
  const counts = new Map<number, number>();
  for (const [module, factor] of Object.entries(due.factors)) {
    const times = factor === 0 ? 0 : Number((factor / trained.get(module)!).toPrecision(9));
    counts.set(times, (counts.get(times) ?? 0) + 1);
  }
  expect(new Map(verdict.times)).toEqual(counts);
  if (verdict.outcome !== "as trained") return;
  expect(due.unexpected).toBe(adapter.keys.rivals.length);
  // A whole matrix in the file replaces the base's.
  if (adapter.keys.others.length === 0) expect(due.movedBase! > 0).toBe(startOf(adapter) !== undefined);
});

test("the table has one row for all modules that agree, and 0 where a reader finds none", async () => {
  const {strength} = loadingOf(await opened("alpha_pattern alone"));
  expect(strength.map(({modules, trained, by}) => [modules, trained, by])).toEqual([
    [2, 8, {PEFT: 8, vLLM: 2, "llama.cpp": 2}],
    [2, 2, {PEFT: 2, vLLM: 2, "llama.cpp": 2}],
  ]);
  const lost = loadingOf(await opened("_orig_mod. inside"));
  expect(lost.strength.map(({by}) => by)).toEqual([{PEFT: 0, vLLM: 0}]);
});

test("commands name the base, the rank that vLLM needs, and the labels of a head", async () => {
  const commands = async (name: string) => loadingOf(await opened(name), "./run").readers.map(({command}) => command);
  expect(await commands("rank 48")).toEqual([
    'model = PeftModel.from_pretrained(base, "./run")',
    "vllm serve meta-llama/Llama-3.2-1B --enable-lora --max-lora-rank 64 --lora-modules run=./run",
    "python convert_lora_to_gguf.py ./run",
  ]);
  expect((await commands("a base by local path"))[2]).toBe(
    "python convert_lora_to_gguf.py ./run --base FOLDER_OF_THE_BASE",
  );
  expect((await commands("a head of tokens (TOKEN_CLS)"))[0]).toContain("num_labels=9");
  // What a stranger writes into a config stays one word of the shell.
  expect((await commands("names that are formulas and scripts"))[1]).toContain(
    "vllm serve '<script>alert(1)</script>'",
  );
});

describe("the rules", () => {
  const dayAfter = (days: number) => new Date(Date.parse(READ_ON) + days * 86_400_000);
  test("each has its source and its version", () => {
    for (const {says, source, version} of Object.values(RULES))
      expect([says, source, version].every((text) => text.length > 3 && !text.endsWith("."))).toBe(true);
  });
  test("they grow old after 180 days and not before", () => {
    expect(daysSince(dayAfter(3))).toBe(3);
    expect(oldRules(dayAfter(MAX_RULE_DAYS))).toBeUndefined();
    expect(oldRules(dayAfter(MAX_RULE_DAYS + 1))).toContain(`read 181 days ago, on ${READ_ON}`);
  });
});
