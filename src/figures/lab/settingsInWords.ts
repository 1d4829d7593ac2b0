import {controls, type LabParams} from "./controls.ts";
import {bitsOf, matricesText} from "./format.ts";

/** What is trained, in two words or three. */
function methodInWords({method, on, r, width, vectors}: LabParams): string {
  if (method === "full") return "full fine-tuning";
  if (method === "bottleneck") return `adapter layers of width ${width}`;
  if (method === "prefix") return `a prefix of ${vectors}`;
  return `${matricesText(on) || "no matrix"}, rank ${r}`;
}

/** For the line that the settings are behind: what is trained, then what is off its default. */
export function settingsInWords(params: LabParams): string {
  const {alpha, base, examples, method, optimizer, rate, seed, start} = params;
  const isLora = method === "lora";
  const rest = [
    isLora && alpha !== controls.alpha.value && `α ${alpha}`,
    rate !== controls.rate.value && `rate ${controls.rate.options[rate]}`,
    examples !== controls.examples.value &&
      (examples === "0" ? "no examples" : `${controls.examples.options[examples]} examples`),
    optimizer !== controls.optimizer.value && controls.optimizer.options[optimizer],
    method !== "full" && base !== controls.base.value && `frozen weights in ${bitsOf(base)}`,
    isLora && base !== "full" && start !== controls.start.value && controls.start.options[start],
    seed !== controls.seed.value && `seed ${seed}`,
  ];
  return [methodInWords(params), ...rest].filter(Boolean).join(", ");
}
