/** Plays tones in the browser. */
import {samplesOf, type Tone} from "./tones.ts";

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
