import type {Transformer} from "../../network/transformer.ts";
import type {Attachment} from "../attachment.ts";
import {attachLora, type LoraPlan} from "../loras.ts";
import {initLoftq, type Quantize} from "./loftq.ts";

/**
 * LoRAs that start as LoftQ's repair of a quantized base, with one step, PEFT's default: each B·A·alpha/r is the
 * nearest matrix of rank r to W0 − quantize(W0). Pass the model before quantization, and attach the result to what
 * `quantizeLayers` makes of it. Ranks beyond min(d, k) are 0 in A and B and stay 0. Throws as `attachLora` and
 * `initLoftq` do.
 */
export function attachLoftq(
  {sizes, weights}: Transformer,
  plan: LoraPlan,
  quantize: Quantize,
  random: () => number,
): Attachment {
  const attachment = attachLora(sizes, plan, random);
  attachment.view(attachment.params).forEach(({loras = {}}, l) => {
    for (const [target, {A, B, alpha, r}] of Object.entries(loras)) {
      const W0 = weights.views[`layers.${l}.${target}` as keyof typeof weights.views];
      const {lora} = initLoftq(W0, {r, steps: 1, quantize});
      A.data.set(lora.A.data);
      B.data.set(lora.B.data.map((x) => (x * r) / alpha));
    }
  });
  return attachment;
}
