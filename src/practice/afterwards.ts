/** The Python file after.py: loads the saved adapter on its base, compares the two, and merges them. */
import type {Case} from "./cases.ts";
import type {LoraSettings} from "./settings.ts";
import {hubOf, isChat, quantizationCode, ratesInOrder} from "./trl.ts";

/** On a quantized base there are two ways to merge, on which sources disagree: claims merge-axolotl, merge-peft and merge-unsloth. */
const MERGE_DEQUANTIZED = `# To serve it without PEFT, merge it. Dequantize this base to 16 bits:
# these are the weights that you scored. The GPU needs room for it.
base = model.unload().dequantize(dtype=torch.bfloat16)
model = PeftModel.from_pretrained(base, adapter)
# The original weights differ by the rounding, and were not
# trained with. For most models Unsloth calls them the better ones
# all the same; to try them, load the base without
# quantization_config. Score what you merged, either way.
`;

const TEXT_PROMPT = `asked = tokenizer("your prompt", return_tensors="pt").to(model.device)
`;

/** A model that was trained within its chat template is asked within it. */
const CHAT_PROMPT = `asked = tokenizer.apply_chat_template(
    [{"role": "user", "content": "your prompt"}],
    add_generation_prompt=True,
    return_dict=True,
    return_tensors="pt",
).to(model.device)
`;

function languageScript(run: Case, settings: LoraSettings): string {
  const isQuantized = run.base !== "bf16";
  const quantizationArgument = isQuantized ? "\n    quantization_config=quantized," : "";
  return `${isQuantized ? "import torch\n" : ""}from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer
${isQuantized ? "from transformers import BitsAndBytesConfig\n" : ""}
# The adapter of the best rate, and the base as it was trained with.
adapter = "adapter-${ratesInOrder(settings)[0]}"
${quantizationCode(run)}base = AutoModelForCausalLM.from_pretrained(
    "${hubOf(run)}",
    dtype="bfloat16",
    device_map="auto",${quantizationArgument}
)
model = PeftModel.from_pretrained(base, adapter)
tokenizer = AutoTokenizer.from_pretrained(adapter)

# 0.0 would mean that the adapter was not loaded.
print(sum(values.abs().sum().item()
          for name, values in model.named_parameters()
          if "lora_B" in name))

# Score it on what it has not seen, and the base as well:
# here one answer of each.
${isChat(run) ? CHAT_PROMPT : TEXT_PROMPT}print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))
with model.disable_adapter():
    print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))

${isQuantized ? MERGE_DEQUANTIZED : "# To serve it without PEFT, merge it and save the whole model.\n"}model.merge_and_unload().save_pretrained("merged")
tokenizer.save_pretrained("merged")
`;
}

const imageScript = (hub: string, settings: LoraSettings) => `import torch
from diffusers import DiffusionPipeline

pipeline = DiffusionPipeline.from_pretrained(
    "${hub}", dtype=torch.bfloat16
).to("cuda")
# The adapter of the best rate, or a checkpoint within it:
# adapter-${ratesInOrder(settings)[0]}/checkpoint-300
pipeline.load_lora_weights("adapter-${ratesInOrder(settings)[0]}")
for seed in range(4):
    generator = torch.Generator().manual_seed(seed)
    drawn = pipeline("your prompt", generator=generator)
    drawn.images[0].save(f"{seed}.png")
`;

/** The text of after.py. */
export const afterwardsText = (run: Case, settings: LoraSettings): string =>
  run.preset.kind === "images" ? imageScript(run.preset.hub, settings) : languageScript(run, settings);
