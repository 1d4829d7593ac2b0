/** Moves a value from one number to another over some time, one movement for each element. */

const running = new WeakMap<Element, number>();

/** Milliseconds for each unit of the way. */
const PACE = 8;
/** From 0 to 1, slow at both ends. */
export const smooth = (share: number): number => share * share * (3 - 2 * share);

/** Stops the movement on this element. */
export const endGlide = (on: Element) => cancelAnimationFrame(running.get(on) ?? 0);

/** `onMove` gets each whole number on the way, and the one before it. For a reader who wants no motion it gets only the last. */
export function glide(on: Element, from: number, to: number, onMove: (next: number, before: number) => void) {
  endGlide(on);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return onMove(to, from);
  const begun = performance.now();
  const lasts = 150 + PACE * Math.abs(to - from);
  let before = from;
  const tick = () => {
    if (!on.isConnected) return;
    const share = Math.min((performance.now() - begun) / lasts, 1);
    const next = Math.round(from + (to - from) * smooth(share));
    if (next !== before) onMove(next, before);
    before = next;
    if (share < 1) running.set(on, requestAnimationFrame(tick));
  };
  tick();
}
