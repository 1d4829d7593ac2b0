/** The snapshots of a run until its numbers overflow and `train` throws. Throws the same if there is not even a first snapshot. */
export function* untilOverflow<S>(run: Iterable<S>): Generator<S, void> {
  let count = 0;
  try {
    for (const snapshot of run) {
      yield snapshot;
      count++;
    }
  } catch (error) {
    if (count === 0) throw error;
  }
}
