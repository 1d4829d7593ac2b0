/** The snapshots of a run for as long as its numbers last: `train` throws where they leave their range. Throws where there is no first. */
export function* lasting<S>(run: Iterable<S>): Generator<S, void> {
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
