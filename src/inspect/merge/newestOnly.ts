/** Never runs `run` twice at once; however many calls come meanwhile, one further run follows, with what is newest then. */
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
