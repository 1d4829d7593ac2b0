/** A promise with its two ends, and whether one of them was taken. Nobody has to wait for it. */
export function pledge<T>() {
  const ends = {isOver: false, keep: (_: T) => {}, fail: (_: Error) => {}};
  const promise = new Promise<T>((resolve, reject) => {
    const over =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        ends.isOver = true;
        settle(value);
      };
    Object.assign(ends, {keep: over(resolve), fail: over(reject)});
  });
  promise.catch(() => {});
  return Object.assign(ends, {promise});
}
