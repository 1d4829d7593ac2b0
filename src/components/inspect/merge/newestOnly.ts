/** Runs `run` once at a time; calls that come meanwhile are one further run, with what is then the newest. */
export function newestOnly(run: () => Promise<void>): () => void {
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
