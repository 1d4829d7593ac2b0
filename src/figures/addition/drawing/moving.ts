/** How the drawing moves from phase to phase. */
type Phase = "training" | "beside" | "merged";

/** A moment of the picture: how far A and B are merged, and how far they are trained. */
export interface Moment {
  merged: number;
  learned: number;
}

/** The phase of a drawing, and the moment that is drawn. */
interface Animation {
  phase: Phase;
  at: Moment;
  frame?: number;
  draw(at: Moment): void;
}

/** The animation of each drawing. */
const known = new WeakMap<Element, Animation>();
/** How many milliseconds merging or separating takes, and training. */
const [MERGE_TIME, TRAINING_TIME] = [600, 2200];

/** Nothing is to move, as at build or for a reader who wants no motion. */
const isStill = (): boolean =>
  typeof requestAnimationFrame === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches;
/** The moment at which a phase ends. */
const restOf = (phase: Phase): Moment => ({merged: phase === "merged" ? 1 : 0, learned: 1});
/** The share of its time that has passed. */
const part = (passed: number, lasts: number): number => Math.min(passed / lasts, 1);
/** A share that grows fast first and slowly at its end. */
const slowing = (share: number): number => 1 - (1 - share) ** 3;

/** Where a movement that began at `from` is after so many milliseconds; undefined once it has come to rest. */
function momentAt(phase: Phase, from: Moment, passed: number): Moment | undefined {
  const to = restOf(phase);
  const slid = part(passed, MERGE_TIME);
  const merged = from.merged + (to.merged - from.merged) * (to.merged ? slid : slowing(slid));
  const learned =
    phase === "training" ? part(passed, TRAINING_TIME) : from.learned + (1 - from.learned) * slowing(slid);
  return passed < (phase === "training" ? TRAINING_TIME : MERGE_TIME) ? {merged, learned} : undefined;
}

/** Draws a phase: at once if it is the first, else moving to it from the phase before. A second call for the same phase goes on with the movement. */
export function animatePhase(g: Element, phase: Phase, draw: (at: Moment) => void) {
  const before = known.get(g);
  if (before?.frame !== undefined && before.phase === phase) {
    before.draw = draw;
    return;
  }
  if (before?.frame !== undefined) cancelAnimationFrame(before.frame);
  const now: Animation = {phase, at: restOf(phase), draw};
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
