/** What was drawn last in a group, and what moves there. */
interface Turning {
  /** The draws: words of others do not turn into these. */
  draws: number;
  isOff: boolean;
  frame?: number;
  draw(at: number): void;
}

const known = new WeakMap<Element, Turning>();

/** All words turn in so many milliseconds. */
const LASTS = 2000;

const isStill = (): boolean =>
  typeof requestAnimationFrame === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Draws words, so many of them as they are now: all, but from off to on one after the other. Drawn again on its way it goes on
 * from there.
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
