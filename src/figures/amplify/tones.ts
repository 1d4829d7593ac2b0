/** Norms as tones: how they are turned into samples. */

/** One pure tone: its frequency in hertz and the norm it stands for. */
export interface Tone {
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
