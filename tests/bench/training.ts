import {createKernels} from "../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {trainOnHeap} from "../../src/engine/kernels/training.ts";
import {adamw} from "../../src/engine/training/optimizer.ts";
import {decoderJax} from "./decoderJax.ts";
import {decoderTf} from "./decoderTf.ts";
import {adam, B, batch, lora, type Mode, modelFor, type Runner, sizes} from "./exercise.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";

const bars = {
  LoRA: {"jax-js wasm": 3.5, "tfjs-wasm": 5, "tfjs-cpu": 30},
  full: {"jax-js wasm": 2.2, "tfjs-wasm": 7, "tfjs-cpu": 35},
} as const;

/** Steps whose losses every library must agree on before the clock runs. */
const CHECKED = 6;
const ROUNDS = 21;

function ours(mode: Mode): Runner {
  const kernels = createKernels(createHeap(64e6));
  if (kernels.path !== "simd") throw new Error("bench: our own SIMD path does not run here");
  const decoder = placeTransformer(kernels, modelFor(mode));
  const logits = decoder.logits(batch.tokens, B).data.slice();
  const run = trainOnHeap(decoder, () => batch, {optimizer: adamw, steps: 1e9, ...adam});
  return {
    logits,
    step() {
      const {value} = run.next();
      if (!value) throw new Error("bench: the run is over");
      return value.loss;
    },
  };
}

/** A step: the batch forward and backward, the norms of the gradients, AdamW, and a copy of the parameters. */
export async function training({tf, jax}: Peers): Promise<Line[]> {
  const {C, L, T} = sizes;
  const about = `C ${C}, L ${L}, T ${T}, B ${B}`;
  const own = {LoRA: ours("LoRA"), full: ours("full")};
  const started = {LoRA: firstLosses(own.LoRA), full: firstLosses(own.full)};
  /** A peer that has shown that it computes the same: the logits before, and the losses of the first steps. */
  const checked = (name: string, mode: Mode, peer: Runner): Runner => {
    needAgree(`${name}'s logits (${mode})`, peer.logits, own[mode].logits, 1e-4);
    needAgree(`${name}'s losses (${mode})`, firstLosses(peer), started[mode], 1e-4);
    return peer;
  };
  const both = (name: string, make: (mode: Mode) => Runner) => ({
    LoRA: checked(name, "LoRA", make("LoRA")),
    full: checked(name, "full", make("full")),
  });

  await tf.setBackend("cpu");
  const onCpu = both("tfjs-cpu", (mode) => decoderTf(tf, mode));
  const slow = interleaved(
    {LoRA: own.LoRA.step, full: own.full.step, cpuLoRA: onCpu.LoRA.step, cpuFull: onCpu.full.step},
    3,
  );
  await tf.setBackend("wasm");
  const onWasm = both("tfjs-wasm", (mode) => decoderTf(tf, mode));
  const onJax = both("jax-js", (mode) => decoderJax(jax, mode));
  const times = interleaved(
    {
      LoRA: own.LoRA.step,
      full: own.full.step,
      tfLoRA: onWasm.LoRA.step,
      tfFull: onWasm.full.step,
      jaxLoRA: onJax.LoRA.step,
      jaxFull: onJax.full.step,
    },
    ROUNDS,
  );
  const ratios = {
    LoRA: {
      "jax-js wasm": times.jaxLoRA / times.LoRA,
      "tfjs-wasm": times.tfLoRA / times.LoRA,
      "tfjs-cpu": slow.cpuLoRA / slow.LoRA,
    },
    full: {
      "jax-js wasm": times.jaxFull / times.full,
      "tfjs-wasm": times.tfFull / times.full,
      "tfjs-cpu": slow.cpuFull / slow.full,
    },
  };
  const linesOf = (mode: Mode, what: string): Line[] => [
    {what: `${what}, ours`, value: times[mode], unit: "ms"},
    ...(["jax-js wasm", "tfjs-wasm", "tfjs-cpu"] as const).map((peer) => ({
      what: `${what}, ${peer} / ours`,
      value: ratios[mode][peer],
      unit: "×",
      least: bars[mode][peer],
    })),
  ];
  return [
    ...linesOf("LoRA", `LoRA step (${lora.targets.join(" ")}, r ${lora.r}), ${about}`),
    ...linesOf("full", `full step, ${about}`),
    {what: `LoRA step / full step, ${about}`, value: times.LoRA / times.full, unit: "×", bar: 0.9},
  ];
}

const firstLosses = (runner: Runner) => Float64Array.from({length: CHECKED}, () => runner.step());
