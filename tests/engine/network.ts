/** The answers of a Python model with automatic gradients (tests/fixtures/make_network.py), and ours at its weights. */
import {readFileSync} from "node:fs";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {attachBottlenecks, attachPrefix} from "../../src/engine/lora/attach.ts";
import type {Attachment} from "../../src/engine/lora/attachment.ts";
import {attachLora} from "../../src/engine/lora/loras.ts";
import {type Sizes, type Target, weightLayout} from "../../src/engine/network/architecture.ts";
import {allocate} from "../../src/engine/network/parameters.ts";
import type {Batch, Transformer} from "../../src/engine/network/transformer.ts";

/** A run of the script: what is attached (all weights train if nothing is), the start, and the results. */
export interface Run {
  name: string;
  targets?: Target[];
  r?: number;
  alpha?: number;
  m?: number;
  P?: number;
  names: string[];
  params: number[];
  logits: number[];
  gradient: number[];
  losses: number[];
}

interface Network {
  sizes: Sizes;
  batch: {tokens: number[]; targets: number[]; B: number};
  settings: {rate: number; beta1: number; beta2: number; eps: number; weightDecay: number};
  weights: number[];
  runs: Run[];
}

export const network: Network = JSON.parse(readFileSync(new URL("../fixtures/network.json", import.meta.url), "utf8"));

/** Every step of a generator, and what it returns. */
export function runOf<Step, Result>(generator: Generator<Step, Result>): {steps: Step[]; result: Result} {
  const steps: Step[] = [];
  for (;;) {
    const {done, value} = generator.next();
    if (done) return {steps, result: value};
    steps.push(value);
  }
}

export const batch: Batch = {
  tokens: Int32Array.from(network.batch.tokens),
  targets: Int32Array.from(network.batch.targets),
  B: network.batch.B,
};

/** The base model at the script's weights. */
export function baseModel(): Transformer {
  const weights = allocate(weightLayout(network.sizes), Float64Array.from(network.weights));
  return {sizes: network.sizes, weights, attached: []};
}

function attachmentOf({targets = [], r = 0, alpha = 0, m, P}: Run): Attachment {
  const random = mulberry32(1);
  if (m) return attachBottlenecks(network.sizes, m, random);
  if (P) return attachPrefix(network.sizes, P, random);
  return attachLora(network.sizes, {targets, r, alpha}, random);
}

/** The model of a run, with the attachment at the script's parameters. */
export function modelOf(run: Run): Transformer {
  if (run.params.length === 0) return baseModel();
  const attachment = attachmentOf(run);
  attachment.params.flat.set(run.params);
  return {...baseModel(), attached: [attachment]};
}
