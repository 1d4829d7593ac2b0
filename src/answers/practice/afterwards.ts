/** What to do with the adapter that was saved: load it, compare it with the base, merge it. */
import type {Case} from "./cases.ts";

const language = (hub: string) => `from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

# The base in 16 bits, whatever it was stored in for training.
base = AutoModelForCausalLM.from_pretrained("${hub}", dtype="bfloat16", device_map="auto")
model = PeftModel.from_pretrained(base, "adapter")
tokenizer = AutoTokenizer.from_pretrained("adapter")

# Score it on what it has not seen, and the base as well; this shows one answer of each.
asked = tokenizer("your prompt", return_tensors="pt").to(model.device)
print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))
with model.disable_adapter():
    print(tokenizer.decode(model.generate(**asked, max_new_tokens=100)[0]))

# To serve it without PEFT, add the adapter to the weights and save the whole model.
model.merge_and_unload().save_pretrained("merged")
tokenizer.save_pretrained("merged")
`;

const images = (hub: string) => `import torch
from diffusers import DiffusionPipeline

pipeline = DiffusionPipeline.from_pretrained("${hub}", dtype=torch.bfloat16).to("cuda")
pipeline.load_lora_weights("adapter")  # or a checkpoint: adapter/checkpoint-300
for seed in range(4):
    generator = torch.Generator().manual_seed(seed)
    pipeline("your prompt", generator=generator).images[0].save(f"{seed}.png")
`;

export const afterwardsText = ({preset}: Case): string =>
  preset.kind === "images" ? images(preset.hub) : language(preset.hub);
