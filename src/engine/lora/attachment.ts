import type {Floats} from "../kernels/floats.ts";
import type {LayerExtras} from "../kernels/layer.ts";
import type {Matrix} from "../linalg/matrix.ts";
import {TARGETS, type Target} from "../network/architecture.ts";
import type {Bottleneck} from "../network/layers/bottleneck.ts";
import type {Tensors} from "../network/parameters.ts";
import type {Lora} from "./lora.ts";

/** Trainable keys and values (P,C) that every query of a layer sees. */
export interface Prefix {
  keys: Matrix;
  values: Matrix;
}

/** Bottlenecks behind a layer's attention and its MLP. */
export type Bottlenecks = Record<"attention" | "mlp", Bottleneck>;

/** What one attachment brings to one layer. */
export interface Brought {
  loras?: Partial<Record<Target, Lora>>;
  bottlenecks?: Bottlenecks;
  prefix?: Prefix;
}

/**
 * Something trainable on a frozen model: its numbers in one buffer, and `view`, which shows a buffer of that layout
 * (the numbers, or their gradients) as the layers use it, one entry a layer, without copies.
 */
export interface Attachment {
  params: Tensors;
  view(params: Tensors): readonly Brought[];
  /** What is no LoRA, in layer l on a kernels' heap, where `params` are its numbers. */
  onHeap?(params: Floats, l: number): LayerExtras;
  /** alpha / r of a LoRA: by how much a step is scaled before it reaches ΔW. */
  scaling?: number;
}

/** What all attachments together bring to one layer: any number of LoRAs a matrix, at most one of each other kind. */
export interface Extras {
  loras: Record<Target, readonly Lora[]>;
  bottlenecks?: Bottlenecks;
  prefix?: Prefix;
}

/** One kind of thing from several attachments; throws when two bring it, since it would not be plain which comes first. */
function onlyOne<Kind>(what: string, found: readonly (Kind | undefined)[]): Kind | undefined {
  const present = found.filter((one) => one !== undefined);
  if (present.length > 1) throw new Error(`attachments: ${present.length} of them bring ${what}; a model takes one`);
  return present[0];
}

/**
 * The attachments of a model of L layers, gathered layer by layer, from their numbers or from the gradients given
 * (one buffer an attachment). Throws when one was made for another number of layers.
 */
export function extrasOf(
  attached: readonly Attachment[],
  L: number,
  buffers: readonly Tensors[] = attached.map(({params}) => params),
): Extras[] {
  const views = attached.map((attachment, i) => attachment.view(buffers[i]));
  for (const {length} of views) {
    if (length !== L) throw new Error(`attachments: one was made for ${length} layers, the model has ${L}`);
  }
  return Array.from({length: L}, (_, l) => {
    const brought = views.map((view) => view[l]);
    const loras = TARGETS.map((target) => [target, brought.flatMap(({loras}) => loras?.[target] ?? [])]);
    return {
      loras: Object.fromEntries(loras),
      bottlenecks: onlyOne(
        "bottlenecks",
        brought.map(({bottlenecks}) => bottlenecks),
      ),
      prefix: onlyOne(
        "a prefix",
        brought.map(({prefix}) => prefix),
      ),
    };
  });
}
