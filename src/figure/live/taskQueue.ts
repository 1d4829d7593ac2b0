/** Runs tasks in the order they came: at once, unless the task `loads` something or an earlier one is still loading. */
export function taskQueue() {
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  const over = () => void waiting--;
  return <T>(task: () => T | Promise<T>, loads = false): T | Promise<T> => {
    if (!waiting && !loads) return task();
    waiting++;
    const turn = before.then(task);
    before = turn.then(over, over);
    return turn;
  };
}
