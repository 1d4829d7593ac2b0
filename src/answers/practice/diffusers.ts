/** The command for the scripts of Diffusers. */
import type {Case} from "./cases.ts";
import {IMAGE_STEPS, type Settings} from "./settings.ts";
import {rate} from "./words.ts";

export function diffusersText({preset}: Case, {r, alpha, rates, micro, accumulate, schedule}: Settings): string {
  const flux = preset.id === "flux";
  const script = flux ? "train_dreambooth_lora_flux.py" : "train_text_to_image_lora_sdxl.py";
  const data = flux
    ? "# images: a folder of pictures, all with the one prompt below"
    : "# images: a folder of pictures and a file metadata.jsonl with a line for each: file_name and text, its caption";
  const options = [
    `--pretrained_model_name_or_path=${preset.hub}`,
    ...(flux ? ["--instance_data_dir=images", '--instance_prompt="a photo of sks dog"'] : ["--train_data_dir=images"]),
    `--rank=${r}`,
    // The guide for FLUX.1 dev trains with a guidance of 1; the script's default is that for drawing.
    ...(flux ? [`--lora_alpha=${alpha}`, "--guidance_scale=1"] : []),
    `--learning_rate=${rate(rates[1])}`,
    `--train_batch_size=${micro}`,
    `--gradient_accumulation_steps=${accumulate}`,
    `--max_train_steps=${IMAGE_STEPS}`,
    `--lr_scheduler=${schedule}`,
    "--lr_warmup_steps=0",
    "--gradient_checkpointing",
    "--mixed_precision=bf16",
    "--output_dir=adapter",
  ];
  return `${data}\naccelerate launch ${script} \\\n  ${options.join(" \\\n  ")}\n`;
}
