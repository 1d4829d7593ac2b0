type Phase = "training" | "beside" | "merged";
/** A moment of the picture: how far A and B are merged, and how far they are trained. */
export interface Moment {
  merged: number;
  learned: number;
}

interface Moving {
  phase: Phase;
  at: Moment;
  frame?: number;
  draw(at: Moment): void;
}

const known = new WeakMap<Element, Moving>();
/** Milliseconds: into the square or out of it, and through the training. */
const [SLIDES, LEARNS] = [600, 2200];

const isStill = (): boolean =>
  typeof requestAnimationFrame === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches;
const restOf = (phase: Phase): Moment => ({merged: phase === "merged" ? 1 : 0, learned: 1});
const part = (passed: number, lasts: number): number => Math.min(passed / lasts, 1);
const slowing = (share: number): number => 1 - (1 - share) ** 3;

/** Where a movement that began at `from` is after so many milliseconds; undefined once it has come to rest. */
function momentAt(phase: Phase, from: Moment, passed: number): Moment | undefined {
  const to = restOf(phase);
  const slid = part(passed, SLIDES);
  const merged = from.merged + (to.merged - from.merged) * (to.merged ? slid : slowing(slid));
  const learned = phase === "training" ? part(passed, LEARNS) : from.learned + (1 - from.learned) * slowing(slid);
  return passed < (phase === "training" ? LEARNS : SLIDES) ? {merged, learned} : undefined;
}

/** Draws a phase: at once, or on the way to it from the phase before. Drawn again on its way it goes on from there. */
export function moving(g: Element, phase: Phase, draw: (at: Moment) => void) {
  const before = known.get(g);
  if (before?.frame !== undefined && before.phase === phase) {
    before.draw = draw;
    return;
  }
  if (before?.frame !== undefined) cancelAnimationFrame(before.frame);
  const now: Moving = {phase, at: restOf(phase), draw};
  known.set(g, now);
  if (!before || before.phase === phase || isStill()) return draw(now.at);
  const [from, begun] = [before.at, performance.now()];
  const tick = () => {
    const at = momentAt(phase, from, performance.now() - begun);
    now.frame = at && g.isConnected ? requestAnimationFrame(tick) : undefined;
    now.at = at && now.frame !== undefined ? at : restOf(phase);
    now.draw(now.at);
  };
  tick();
}
