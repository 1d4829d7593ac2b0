/** Gives a function that runs tasks in their order: at once, unless the task `loads` something or an earlier one is still loading. */
export function taskQueue() {
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  const done = () => void waiting--;
  return <T>(task: () => T | Promise<T>, loads = false): T | Promise<T> => {
    if (!waiting && !loads) return task();
    waiting++;
    const turn = before.then(task);
    before = turn.then(done, done);
    return turn;
  };
}
