/** The snapshots of a run until its numbers overflow, when `train` throws. Throws itself if even the first is missing. */
export function* untilOverflow<S>(run: Iterable<S>): Generator<S, void> {
  let step = 0;
  try {
    for (const snapshot of run) {
      yield snapshot;
      step++;
    }
  } catch (error) {
    if (step === 0) throw error;
  }
}
