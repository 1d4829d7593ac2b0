import {heapBottleneck, heapPrefix} from "../kernels/extras.ts";
import {normal} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Attachment, LayerParts} from "./attachment.ts";
import {attachLora, type LoraPlan} from "./loras.ts";

/** What to attach to a frozen model: LoRAs, bottlenecks of this `width`, or a prefix of this many `vectors`. */
export type AttachmentPlan = LoraPlan | {width: number} | {vectors: number};

/** A new attachment of the kind that is planned. Throws as `attachLora`, `attachBottlenecks` or `attachPrefix` does. */
export function attach(sizes: Sizes, plan: AttachmentPlan, random: () => number): Attachment {
  if ("width" in plan) return attachBottlenecks(sizes, plan.width, random);
  return "vectors" in plan ? attachPrefix(sizes, plan.vectors, random) : attachLora(sizes, plan, random);
}

/**
 * Prefix-tuning (Li and Liang 2021): P trained keys and values before each layer's own, seen by every query; 2·C·P
 * parameters a layer, trained directly and not through an MLP. Keys (P,C) start normal with deviation 1, as large as a
 * token's; values (P,C) start at 0. Unlike a LoRA, a prefix changes the model before the first step, because it takes a
 * share of the attention. (The prefix-layer tuning in the LoRA paper replaces the activations of P special tokens
 * instead, C·P parameters a layer.) Throws unless P is a whole number ≥ 1.
 */
export function attachPrefix({C, L}: Sizes, P: number, random: () => number): Attachment {
  if (!Number.isInteger(P) || P < 1)
    throw new Error(`attachPrefix: P is ${P}; the length of the prefix must be a whole number of at least 1`);
  const layout = Array.from(
    {length: L},
    (_, l): Layout => [
      [`layers.${l}.prefix.keys`, P, C],
      [`layers.${l}.prefix.values`, P, C],
    ],
  ).flat();
  const params = allocate(layout);
  for (let l = 0; l < L; l++) {
    const {data} = params.views[`layers.${l}.prefix.keys`];
    for (let i = 0; i < data.length; i++) data[i] = normal(random);
  }
  const view = ({views}: Tensors): LayerParts[] =>
    Array.from({length: L}, (_, l) => ({
      prefix: {keys: views[`layers.${l}.prefix.keys`], values: views[`layers.${l}.prefix.values`]},
    }));
  return {params, view, onHeap: (tensors, l) => ({prefix: heapPrefix(tensors, `layers.${l}.prefix`)})};
}

/** Where a layer has a bottleneck: after its attention and after its MLP. */
const PLACES = ["attention", "mlp"] as const;

/**
 * Bottleneck adapters of width m after the attention and after the MLP of every layer, before each result joins the
 * residual stream (Houlsby et al. 2019): 4·C·m parameters a layer. down (m,C) starts normal with deviation 1/√C and
 * up (C,m) at 0, so the model's answers change only with the first step. Throws unless m is a whole number ≥ 1.
 */
export function attachBottlenecks({C, L}: Sizes, m: number, random: () => number): Attachment {
  if (!Number.isInteger(m) || m < 1)
    throw new Error(`attachBottlenecks: m is ${m}; the narrow width must be a whole number of at least 1`);
  const layout = Array.from({length: L}, (_, l) =>
    PLACES.flatMap(
      (place): Layout => [
        [`layers.${l}.${place}.down`, m, C],
        [`layers.${l}.${place}.up`, C, m],
      ],
    ),
  ).flat();
  const params = allocate(layout);
  for (const [name] of layout.filter(([name]) => name.endsWith(".down"))) {
    const {data} = params.views[name];
    for (let i = 0; i < data.length; i++) data[i] = normal(random) / Math.sqrt(C);
  }
  const bottleneckOf = ({views}: Tensors, name: string) => ({down: views[`${name}.down`], up: views[`${name}.up`]});
  return {
    params,
    view: (tensors): LayerParts[] =>
      Array.from({length: L}, (_, l) => ({
        bottlenecks: {
          attention: bottleneckOf(tensors, `layers.${l}.attention`),
          mlp: bottleneckOf(tensors, `layers.${l}.mlp`),
        },
      })),
    onHeap: (tensors, l) => ({
      bottlenecks: {
        attention: heapBottleneck(tensors, `layers.${l}.attention`),
        mlp: heapBottleneck(tensors, `layers.${l}.mlp`),
      },
    }),
  };
}
