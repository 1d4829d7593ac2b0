/** Turns norms into tones, the tones into samples, and plays them. */
import {type Norms, normWith} from "./readings.ts";

/** One pure tone: its frequency in hertz and the norm it stands for. */
interface PureTone {
  hertz: number;
  norm: number;
}

/** How long the tones sound, in seconds. */
export const SOUND_SECONDS = 1.6;
/** The amplitude of the loudest norm, as a share of full scale: soft. */
export const PEAK_AMPLITUDE = 0.2;
/** Seconds over which the sound comes and goes, so that it does not click. */
const FADE_SECONDS = 0.04;

/** Low for W₀'s own directions, middle for ΔW's, high for random ones: none is a multiple of another. */
export const HERTZ = {own: 220, delta: 550, random: 1370} as const;

/**
 * The tones together, sampled `rate` times a second. Amplitudes are proportional to the norms, `loudest` having PEAK_AMPLITUDE; two
 * sounds with the same `loudest` can be compared by ear. `loudest` is no less than any norm, so that no sample is over 1.
 */
export function samplesOf(tones: readonly PureTone[], loudest: number, rate: number): Float32Array {
  const count = Math.round(SOUND_SECONDS * rate);
  return Float32Array.from({length: count}, (_, n) => {
    const t = n / rate;
    const gain = PEAK_AMPLITUDE * Math.min(t / FADE_SECONDS, (SOUND_SECONDS - t) / FADE_SECONDS, 1);
    return tones.reduce((sum, {hertz, norm}) => sum + gain * (norm / loudest) * Math.sin(2 * Math.PI * hertz * t), 0);
  });
}

/** The three tones of a rank with a share of ΔW; a share of 0 is W₀ alone. */
export const tonesOf = (norms: Norms, share: number): PureTone[] => [
  {hertz: HERTZ.own, norm: norms.onOwn},
  {hertz: HERTZ.delta, norm: normWith(norms, share)},
  {hertz: HERTZ.random, norm: norms.onRandom},
];

/** The page's audio, made at the first press. */
let context: AudioContext | undefined;
/** Ends the tones that sound now, if any do. */
let stop = () => {};

/** Plays the tones once; a further call, Escape, or leaving the page ends them. Resolves when they have begun to sound. */
export async function playTones(tones: readonly PureTone[], loudest: number): Promise<void> {
  stop();
  context ??= new AudioContext();
  const samples = samplesOf(tones, loudest, context.sampleRate);
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.getChannelData(0).set(samples);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  const playing = new AbortController();
  const {signal} = playing;
  signal.addEventListener("abort", () => {
    source.stop();
    source.disconnect();
  });
  stop = () => playing.abort();
  document.addEventListener("keydown", ({key}) => key === "Escape" && playing.abort(), {signal});
  for (const [target, event] of [
    [document, "visibilitychange"],
    [window, "pagehide"],
    [source, "ended"],
  ] as const)
    target.addEventListener(event, stop, {signal});
  source.start();
  await context.resume();
}
