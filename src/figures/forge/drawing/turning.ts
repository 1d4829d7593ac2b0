/** Animates words from what the base writes to what the adapter makes of them, one after another. */

/** What was drawn last in a group. */
interface Turning {
  /** Identifies the draws: only words of the same draws turn into each other. */
  draws: number;
  isOff: boolean;
  /** The next animation frame, while words are turning. */
  frame?: number;
  draw(at: number): void;
}

const known = new WeakMap<Element, Turning>();

/** Milliseconds in which all words turn. */
const LASTS = 2000;

const isStill = (): boolean =>
  typeof requestAnimationFrame === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Calls `draw` with how many of the `count` words have turned, counted with a fraction: all at once, or one after another if the
 * adapter has just been switched on. Called again meanwhile, it goes on from where it is.
 */
export function turning(g: Element, count: number, draws: number, isOff: boolean, draw: (at: number) => void) {
  const before = known.get(g);
  const isSame = before?.draws === draws;
  if (before?.frame !== undefined && isSame && !isOff) {
    before.draw = draw;
    return;
  }
  if (before?.frame !== undefined) cancelAnimationFrame(before.frame);
  const now: Turning = {draws, isOff, draw};
  known.set(g, now);
  if (!before?.isOff || isOff || !isSame || isStill()) return draw(count);
  const begun = performance.now();
  const tick = () => {
    const at = Math.min(((performance.now() - begun) / LASTS) * count, count);
    now.frame = at < count && g.isConnected ? requestAnimationFrame(tick) : undefined;
    now.draw(now.frame === undefined ? count : at);
  };
  tick();
}
