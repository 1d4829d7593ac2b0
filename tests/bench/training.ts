import {createKernels} from "../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {trainOnHeap} from "../../src/engine/kernels/training.ts";
import {adamw} from "../../src/engine/training/optimizer.ts";
import {decoderJax} from "./decoderJax.ts";
import {decoderTf} from "./decoderTf.ts";
import {adam, type Exercise, exercises, type Mode, type Runner} from "./exercise.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";

/** How many times as long as ours a peer's step takes, at least: in the wide decoder, and in the lab's machines. */
const bars = {
  LoRA: {"jax-js wasm": 3.5, "tfjs-wasm": 5, "tfjs-cpu": 30},
  full: {"jax-js wasm": 2.2, "tfjs-wasm": 7, "tfjs-cpu": 35},
} as const;
const labBars: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "word forge": {"jax-js wasm": 5, "tfjs-wasm": 8},
  "digit machine": {"jax-js wasm": 3.5, "tfjs-wasm": 5},
};

/** Steps whose losses every library must agree on before the clock runs. */
const CHECKED = 6;
const ROUNDS = 21;

function ours({batch, modelFor}: Exercise, mode: Mode): Runner {
  const kernels = createKernels(createHeap(64e6));
  if (kernels.path !== "simd") throw new Error("bench: our own SIMD path does not run here");
  const decoder = placeTransformer(kernels, modelFor(mode));
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

/** Ours and the peers at an exercise, once each peer has shown that it computes the same: the logits before, and the first losses. */
function contest(exercise: Exercise, mode: Mode) {
  const own = ours(exercise, mode);
  const started = firstLosses(own);
  return {
    own,
    checked(name: string, peer: Runner): Runner {
      const which = `${exercise.name}, ${mode}`;
      needAgree(`${name}'s logits (${which})`, peer.logits, own.logits, 1e-4);
      needAgree(`${name}'s losses (${which})`, firstLosses(peer), started, 1e-4);
      return peer;
    },
  };
}

const about = ({sizes: {C, L, T}, batch: {B}}: Exercise) => `C ${C}, L ${L}, T ${T}, B ${B}`;

/** A step: the batch forward and backward, the norms of the gradients, AdamW, and a copy of the parameters. */
export async function training(peers: Peers): Promise<Line[]> {
  const [wide, ...machines] = exercises;
  const lines = await wideSteps(peers, wide!);
  for (const machine of machines) lines.push(...(await labSteps(peers, machine)));
  return lines;
}

/** The step that the lab takes, with its default LoRA. */
async function labSteps({tf, jax}: Peers, exercise: Exercise): Promise<Line[]> {
  const {own, checked} = contest(exercise, "LoRA");
  await tf.setBackend("wasm");
  const onTf = checked("tfjs-wasm", decoderTf(tf, exercise, "LoRA"));
  const onJax = checked("jax-js", decoderJax(jax, exercise, "LoRA"));
  const times = interleaved({own: own.step, "tfjs-wasm": onTf.step, "jax-js wasm": onJax.step}, ROUNDS);
  const what = `LoRA step (every matrix, r ${exercise.lora.r}), ${exercise.name}, ${about(exercise)}`;
  return [
    {what: `${what}, ours`, value: times.own, unit: "ms"},
    ...(["jax-js wasm", "tfjs-wasm"] as const).map((peer) => ({
      what: `${what}, ${peer} / ours`,
      value: times[peer] / times.own,
      unit: "×",
      least: labBars[exercise.name]![peer]!,
    })),
  ];
}

async function wideSteps({tf, jax}: Peers, exercise: Exercise): Promise<Line[]> {
  const {lora} = exercise;
  const contests = {LoRA: contest(exercise, "LoRA"), full: contest(exercise, "full")};
  const own = {LoRA: contests.LoRA.own, full: contests.full.own};
  const both = (name: string, make: (mode: Mode) => Runner) => ({
    LoRA: contests.LoRA.checked(name, make("LoRA")),
    full: contests.full.checked(name, make("full")),
  });

  await tf.setBackend("cpu");
  const onCpu = both("tfjs-cpu", (mode) => decoderTf(tf, exercise, mode));
  const slow = interleaved(
    {LoRA: own.LoRA.step, full: own.full.step, cpuLoRA: onCpu.LoRA.step, cpuFull: onCpu.full.step},
    3,
  );
  await tf.setBackend("wasm");
  const onWasm = both("tfjs-wasm", (mode) => decoderTf(tf, exercise, mode));
  const onJax = both("jax-js", (mode) => decoderJax(jax, exercise, mode));
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
    ...linesOf("LoRA", `LoRA step (${lora.targets.join(" ")}, r ${lora.r}), ${about(exercise)}`),
    ...linesOf("full", `full step, ${about(exercise)}`),
    {what: `LoRA step / full step, ${about(exercise)}`, value: times.LoRA / times.full, unit: "×", bar: 0.9},
  ];
}

const firstLosses = (runner: Runner) => Float64Array.from({length: CHECKED}, () => runner.step());
