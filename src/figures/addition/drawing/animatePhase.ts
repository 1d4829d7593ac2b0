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
const animations = new WeakMap<Element, Animation>();
/** How many milliseconds merging or separating takes, and training. */
const [MERGE_TIME, TRAINING_TIME] = [600, 2200];

/** Whether nothing may move: at build, or if the reader prefers reduced motion. */
const isStill = (): boolean =>
  typeof requestAnimationFrame === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches;
/** The moment at which a phase ends. */
const restOf = (phase: Phase): Moment => ({merged: phase === "merged" ? 1 : 0, learned: 1});
/** The share of its time that has passed. */
const elapsedShare = (passed: number, duration: number): number => Math.min(passed / duration, 1);
/** Cubic ease-out. */
const easeOut = (share: number): number => 1 - (1 - share) ** 3;

/** The moment of a movement that began at `from`, `passed` milliseconds later; undefined once it has ended. */
function momentAt(phase: Phase, from: Moment, passed: number): Moment | undefined {
  const to = restOf(phase);
  const share = elapsedShare(passed, MERGE_TIME);
  const merged = from.merged + (to.merged - from.merged) * (to.merged ? share : easeOut(share));
  const learned =
    phase === "training" ? elapsedShare(passed, TRAINING_TIME) : from.learned + (1 - from.learned) * easeOut(share);
  return passed < (phase === "training" ? TRAINING_TIME : MERGE_TIME) ? {merged, learned} : undefined;
}

/** Draws a phase: at once if it is the first, else moving to it from the phase before. A second call for the same phase goes on with the movement. */
export function animatePhase(g: Element, phase: Phase, draw: (at: Moment) => void) {
  const before = animations.get(g);
  if (before?.frame !== undefined && before.phase === phase) {
    before.draw = draw;
    return;
  }
  if (before?.frame !== undefined) cancelAnimationFrame(before.frame);
  const now: Animation = {phase, at: restOf(phase), draw};
  animations.set(g, now);
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
