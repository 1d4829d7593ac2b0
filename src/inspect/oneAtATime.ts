/** Returns a function that calls `run`, but never twice at once: calls during a run lead to one more run after it. `run` must not reject. */
export function oneAtATime(run: () => Promise<void>): () => void {
  let isBusy = false;
  let isStale = false;
  const go = async () => {
    if (isBusy) {
      isStale = true;
      return;
    }
    isBusy = true;
    await run();
    isBusy = false;
    if (!isStale) return;
    isStale = false;
    go();
  };
  return go;
}
