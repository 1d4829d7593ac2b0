/** The norms as tones: how they are turned into samples, and how those are played. */
import {type Norms, normWith} from "./readings.ts";

/** One pure tone: its frequency in hertz and the norm it stands for. */
interface Tone {
  hertz: number;
  norm: number;
}

/** How long it sounds, in seconds. */
export const SECONDS = 1.6;
/** The amplitude of the loudest norm, of at most 1: a fifth of full scale, which is soft. */
export const LEVEL = 0.2;
/** Seconds over which the sound comes and goes, so that it does not click. */
const FADE = 0.04;

/** Low for W₀'s own directions, middle for ΔW's, high for random ones: none is a multiple of another. */
export const HERTZ = {own: 220, delta: 550, random: 1370} as const;

/**
 * The tones together, sampled `rate` times a second. Amplitudes are proportional to the norms, `loudest` having LEVEL; two
 * sounds with the same `loudest` can be compared by ear. `loudest` is no less than any norm, so that no sample is over 1.
 */
export function samplesOf(tones: readonly Tone[], loudest: number, rate: number): Float32Array {
  const count = Math.round(SECONDS * rate);
  return Float32Array.from({length: count}, (_, n) => {
    const t = n / rate;
    const gain = LEVEL * Math.min(t / FADE, (SECONDS - t) / FADE, 1);
    return tones.reduce((sum, {hertz, norm}) => sum + gain * (norm / loudest) * Math.sin(2 * Math.PI * hertz * t), 0);
  });
}

/** The three tones of a rank with a share of ΔW; a share of 0 is W₀ alone. */
export const tonesOf = (norms: Norms, share: number): Tone[] => [
  {hertz: HERTZ.own, norm: norms.onOwn},
  {hertz: HERTZ.delta, norm: normWith(norms, share)},
  {hertz: HERTZ.random, norm: norms.onRandom},
];

/** The page's audio, made at the first press. */
let context: AudioContext | undefined;
/** Ends what sounds now. */
let stop = () => {};

/** Plays the tones once. Another press, Escape, or leaving the page ends them. Resolves when they sound. */
export async function playTones(tones: readonly Tone[], loudest: number): Promise<void> {
  stop();
  context ??= new AudioContext();
  const samples = samplesOf(tones, loudest, context.sampleRate);
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.getChannelData(0).set(samples);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    source.stop();
    source.disconnect();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("visibilitychange", end);
    removeEventListener("pagehide", end);
  };
  const onKey = ({key}: KeyboardEvent) => key === "Escape" && end();
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", end);
  addEventListener("pagehide", end);
  source.addEventListener("ended", end);
  stop = end;
  source.start();
  await context.resume();
}
