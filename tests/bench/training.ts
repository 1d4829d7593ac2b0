import {createKernels} from "../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {trainOnHeap} from "../../src/engine/kernels/training.ts";
import type {Batch, Transformer} from "../../src/engine/network/transformer.ts";
import {adamw} from "../../src/engine/training/optimizer.ts";
import {decoderJax} from "./decoderJax.ts";
import {decoderTf} from "./decoderTf.ts";
import {adam, exercises, type Runner} from "./exercise.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";

/** How many times as long as ours a peer's step takes, at least. */
const bars: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "wide decoder": {"jax-js wasm": 3.5, "tfjs-wasm": 5},
  "word forge": {"jax-js wasm": 5, "tfjs-wasm": 8},
  "digit machine": {"jax-js wasm": 3.5, "tfjs-wasm": 5},
};

/** Steps whose losses every library must agree on before the clock runs. */
const CHECKED = 6;
const ROUNDS = 21;

/** Our step on a model, with its logits before the first one. */
function ourRunner(model: Transformer, batch: Batch): Runner {
  const kernels = createKernels(createHeap(64e6));
  if (kernels.path !== "simd") throw new Error("bench: our own SIMD path does not run here");
  const decoder = placeTransformer(kernels, model);
  const logits = decoder.logits(batch.tokens, batch.B).data.slice();
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

const firstLosses = (runner: Runner) => Float64Array.from({length: CHECKED}, () => runner.step());

/**
 * A step of each exercise: the batch forward and backward, the norms of the gradients, AdamW, and a copy of the parameters. The clock
 * runs once each peer has shown that it computes the same: the logits before the first step, and the first losses.
 */
export async function training({tf, jax}: Peers): Promise<Line[]> {
  await tf.setBackend("wasm");
  return exercises.flatMap((exercise) => {
    const {name, batch, base, attachment, lora, sizes} = exercise;
    const own = ourRunner({...base, attached: [attachment]}, batch);
    const full = ourRunner(base, batch);
    const peers = {"jax-js wasm": decoderJax(jax, exercise), "tfjs-wasm": decoderTf(tf, exercise)};
    const losses = firstLosses(own);
    for (const [peer, runner] of Object.entries(peers)) {
      needAgree(`${peer}'s logits (${name})`, runner.logits, own.logits, 1e-4);
      needAgree(`${peer}'s losses (${name})`, firstLosses(runner), losses, 1e-4);
    }
    const times = interleaved(
      {own: own.step, full: full.step, "jax-js wasm": peers["jax-js wasm"].step, "tfjs-wasm": peers["tfjs-wasm"].step},
      ROUNDS,
    );
    const what = `LoRA step (${lora.targets.join(" ")}, r ${lora.r}), ${name}, C ${sizes.C}, T ${sizes.T}, B ${batch.B}`;
    return [
      {what: `${what}, ours`, value: times.own, unit: "ms"},
      ...(["jax-js wasm", "tfjs-wasm"] as const).map((peer) => ({
        what: `${what}, ${peer} / ours`,
        value: times[peer] / times.own,
        unit: "×",
        least: bars[name]![peer]!,
      })),
      {
        what: `${what} / full step`,
        value: times.own / times.full,
        unit: "×",
        ...(name === "wide decoder" && {bar: 0.9}),
      },
    ];
  });
}
