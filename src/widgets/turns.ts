/** Keeps words in the order they came: one is heeded at once, unless it `loads` something or one before it still does. */
export function turns() {
  let before: Promise<unknown> | undefined;
  return <T>(heed: () => T | Promise<T>, loads = false): T | Promise<T> => {
    if (!before && !loads) return heed();
    const turn = Promise.resolve(before).then(heed);
    const over = turn
      .catch(() => {})
      .then(() => {
        if (before === over) before = undefined;
      });
    before = over;
    return turn;
  };
}
