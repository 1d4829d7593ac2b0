const running = new WeakMap<Element, number>();

/** Milliseconds for each step of the way. */
const PACE = 8;
const smooth = (share: number): number => share * share * (3 - 2 * share);

/** Ends what glides on this element. */
export const endGlide = (on: Element) => cancelAnimationFrame(running.get(on) ?? 0);

/** Moves a value to another, softly; where the reader wants no motion, at once. `onMove` gets the next value and the one before. */
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
