/** Milliseconds after which a figure says that something is still loading, and after which it offers to try again. */
export const SLOW = 4000;
export const STUCK = 15_000;

/** Calls `tell` when what is awaited is slow, and once more when it seems stuck. The function it gives ends the wait. */
export function patience(tell: (isStuck: boolean) => void): () => void {
  const timers = [setTimeout(() => tell(false), SLOW), setTimeout(() => tell(true), STUCK)];
  return () => timers.forEach(clearTimeout);
}
