/**
 * What `read` gives once it has given the same for `rest` milliseconds: of what was just paused or taken away a last word may
 * be on its way. It never comes back of something that goes on; where that has an end, look that it is not reached.
 */
export async function atRest<T>(read: () => Promise<T>, rest = 500): Promise<T> {
  let latest = await read();
  for (;;) {
    const since = performance.now();
    let isSame = true;
    while (isSame && performance.now() - since < rest) {
      await new Promise((resolve) => setTimeout(resolve, rest / 5));
      const now = await read();
      isSame = now === latest;
      latest = now;
    }
    if (isSame) return latest;
  }
}
