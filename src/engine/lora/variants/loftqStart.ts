import type {Transformer} from "../../network/transformer.ts";
import type {Attachment} from "../attachment.ts";
import {attachLora, type LoraPlan} from "../loras.ts";
import {initLoftq, type Quantize} from "./loftq.ts";

/**
 * LoRAs that start as LoftQ's repair of a quantized base (one step, as PEFT does unless told): each B·A·alpha/r is the
 * nearest matrix of rank r to W0 − quantize(W0). They belong on `quantizeLayers` of the model, which is given as it was
 * before. Beyond min(d, k) ranks A and B are 0, and stay so. Throws what `attachLora` and `initLoftq` throw.
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
