/** What to do with the adapter that was saved: load it beside the base of its training, compare the two, merge it. */
import type {Case} from "./cases.ts";
import {quantized} from "./trl.ts";

/** The call that loads the base, with what goes before its last option. */
const load = ({preset}: Case, more = "") =>
  `AutoModelForCausalLM.from_pretrained("${preset.hub}", dtype="bfloat16",${more} device_map="auto")`;

const merged = (model: string) =>
  `${model}.merge_and_unload().save_pretrained("merged")\ntokenizer.save_pretrained("merged")\n`;

/** On a quantized base there are two ways, and sources disagree: claims merge-axolotl, merge-peft and merge-unsloth. */
const eitherWay = (one: Case) => `# You can serve the model as it is here. To serve it without PEFT, merge the adapter,
# and score the merged model too. Merged into the same base, expanded to 16 bits, the
# adapter meets the weights it was trained with, up to rounding. Axolotl's merge-lora
# does this for 4 bits, and a user asks PEFT to recommend it (issue 2105). The GPU
# needs room for the base in 16 bits.
base = model.unload().dequantize(dtype=torch.bfloat16)
# Or merge into the original weights, which differ by the rounding. For 4 bits
# Unsloth calls them better for most models, but Falcon-H1 broke (unsloth-zoo PR 810).
# base = ${load(one)}
${merged('PeftModel.from_pretrained(base, "adapter")')}`;

function language(one: Case): string {
  const isQuantized = one.base !== "bf16";
  const stored = isQuantized ? "\n        quantization_config=quantization_config," : "";
  return `${isQuantized ? "import torch\n" : ""}from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer${isQuantized ? ", BitsAndBytesConfig" : ""}

# The base as it was in training.
${quantized(one)}base = ${load(one, stored)}
model = PeftModel.from_pretrained(base, "adapter")
tokenizer = AutoTokenizer.from_pretrained("adapter")

# Score it on what it has not seen, and the base as well; this shows one answer of each.
asked = tokenizer("your prompt", return_tensors="pt").to(model.device)
print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))
with model.disable_adapter():
    print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))

${isQuantized ? eitherWay(one) : `# To serve it without PEFT, add the adapter to the weights and save the whole model.\n${merged("model")}`}`;
}

const images = (hub: string) => `import torch
from diffusers import DiffusionPipeline

pipeline = DiffusionPipeline.from_pretrained("${hub}", dtype=torch.bfloat16).to("cuda")
pipeline.load_lora_weights("adapter")  # or a checkpoint: adapter/checkpoint-300
for seed in range(4):
    generator = torch.Generator().manual_seed(seed)
    pipeline("your prompt", generator=generator).images[0].save(f"{seed}.png")
`;

export const afterwardsText = (one: Case): string =>
  one.preset.kind === "images" ? images(one.preset.hub) : language(one);
