/** What can be attached to a frozen model, LoRAs, bottlenecks and prefixes, and what it adds to each layer. */
import type {Floats} from "../kernels/floats.ts";
import type {LayerExtras} from "../kernels/layer.ts";
import type {Matrix} from "../linalg/matrix.ts";
import {TARGETS, type Target} from "../network/architecture.ts";
import type {Bottleneck} from "../network/layers/bottleneck.ts";
import type {Tensors} from "../network/parameters.ts";
import type {Lora} from "./lora.ts";

/** Trained keys and values (P,C) that every query of a layer sees. */
export interface Prefix {
  keys: Matrix;
  values: Matrix;
}

/** The bottlenecks after a layer's attention and after its MLP. */
export type Bottlenecks = Record<"attention" | "mlp", Bottleneck>;

/** The parts that one attachment adds to one layer, as views of its parameters. */
export interface LayerParts {
  loras?: Partial<Record<Target, Lora>>;
  bottlenecks?: Bottlenecks;
  prefix?: Prefix;
}

/**
 * Trainable parameters on a frozen model, all in one buffer. `view` takes a buffer of that layout (the parameters or
 * their gradients) and gives the matrices that each layer uses, one entry a layer, without copying.
 */
export interface Attachment {
  params: Tensors;
  view(params: Tensors): readonly LayerParts[];
  /** The bottlenecks or the prefix of layer l for the kernels, with their parameters on the heap. LoRAs need none: the kernels add them to the weights. */
  onHeap?(params: Floats, l: number): LayerExtras;
  /** alpha / r, for LoRAs. */
  scaling?: number;
}

/** What all attachments together add to one layer: any number of LoRAs per matrix, at most one of each other kind. */
export interface Extras {
  loras: Record<Target, readonly Lora[]>;
  bottlenecks?: Bottlenecks;
  prefix?: Prefix;
}

/** The part of this kind; undefined if no attachment has one. Throws when several have: their order would be ambiguous. */
function onlyOne<Part>(what: string, parts: readonly (Part | undefined)[]): Part | undefined {
  const present = parts.filter((one) => one !== undefined);
  if (present.length > 1)
    throw new Error(
      `attachments: ${present.length} of them have ${what}; a model takes one, so detach the others first`,
    );
  return present[0];
}

/**
 * What the attachments add to each of L layers, as views of their parameters, or of the gradients in `buffers` (one for
 * each attachment). Throws when an attachment was made for another number of layers.
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
    const additions = views.map((view) => view[l]);
    const loras = TARGETS.map((target) => [target, additions.flatMap(({loras}) => loras?.[target] ?? [])]);
    return {
      loras: Object.fromEntries(loras),
      bottlenecks: onlyOne(
        "bottlenecks",
        additions.map(({bottlenecks}) => bottlenecks),
      ),
      prefix: onlyOne(
        "a prefix",
        additions.map(({prefix}) => prefix),
      ),
    };
  });
}
