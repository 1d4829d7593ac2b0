/** Keeps words in the order they came: one is heeded at once, unless it `loads` something or one before it still does. */
export function turns() {
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  const over = () => void waiting--;
  return <T>(heed: () => T | Promise<T>, loads = false): T | Promise<T> => {
    if (!waiting && !loads) return heed();
    waiting++;
    const turn = before.then(heed);
    before = turn.then(over, over);
    return turn;
  };
}
