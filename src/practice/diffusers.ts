/** The shell script that starts a training script of Diffusers. */
import type {Case} from "./cases.ts";
import {VERSIONS} from "./scriptText.ts";
import {IMAGE_STEPS, type LoraSettings} from "./settings.ts";
import {ratesInOrder} from "./trl.ts";

/** The script for each model, and what is said about it. */
const SCRIPTS = {
  flux: {
    file: "train_dreambooth_lora_flux.py",
    folder: "examples/dreambooth",
    data: "a folder of pictures, all with the one prompt below",
    note: "",
    folderOption: "instance_data_dir",
    extraOptions: ['--instance_prompt="a photo of sks dog"'],
    prompt: "a photo of sks dog in a bucket",
  },
  sdxl: {
    file: "train_text_to_image_lora_sdxl.py",
    folder: "examples/text_to_image",
    data: "a folder of pictures and a file metadata.jsonl\n# with a line for each: file_name and text, its caption",
    note: "# For less memory add --use_8bit_adam and\n# --enable_xformers_memory_efficient_attention.\n",
    folderOption: "train_data_dir",
    extraOptions: [],
    prompt: "a prompt for which you will use it",
  },
} as const;

export function diffusersText({preset, examples, set}: Case, settings: LoraSettings): string {
  const {r, alpha, micro, accumulate, batch, schedule, evaluationSteps} = settings;
  const isFlux = preset.id === "flux";
  const {file, folder, data, note, folderOption, extraOptions, prompt} = SCRIPTS[isFlux ? "flux" : "sdxl"];
  const pictures = set || "images";
  const options = [
    `--pretrained_model_name_or_path=${preset.hub}`,
    `--${folderOption}=${pictures}`,
    ...extraOptions,
    `--rank=${r}`,
    // As in the guide for FLUX.1 dev; the default is meant for drawing images.
    ...(isFlux ? [`--lora_alpha=${alpha}`, "--guidance_scale=1"] : []),
    "--learning_rate=$rate",
    `--train_batch_size=${micro}`,
    `--gradient_accumulation_steps=${accumulate}`,
    `--max_train_steps=${IMAGE_STEPS}`,
    `--lr_scheduler=${schedule}`,
    "--lr_warmup_steps=0",
    `--validation_prompt="${prompt}"`,
    // The script samples after passes and saves after steps; this makes both about as often.
    `--validation_epochs=${Math.max(1, Math.round(evaluationSteps / Math.ceil(examples / batch)))}`,
    `--checkpointing_steps=${evaluationSteps}`,
    "--seed=0",
    "--gradient_checkpointing",
    "--mixed_precision=bf16",
    "--output_dir=adapter-$rate",
  ];
  return `# The script is in ${folder} of
# github.com/huggingface/diffusers at v${VERSIONS.diffusers}, with a list of what
# to install. Samples are in its log, for TensorBoard.
${note}# ${pictures}: ${data}.
for rate in ${ratesInOrder(settings).join(" ")}; do
  accelerate launch ${file} \\\n    ${options.join(" \\\n    ")}
done
# Three rates, three adapters: keep the one whose samples are best.
`;
}
