/** Milliseconds for which a page may hear nothing. */
export const HANG = 1000;

/** Times pieces of work that nothing may interrupt: a slice of a run, a drawing, the reading of a file. */
export function stopwatch(beat: () => void = () => {}) {
  let slowest = 0;
  return {
    /** Runs f. On a busy machine the processor's time is the work; it counts no wait for others. */
    piece<T>(f: () => T): T {
      const [wall, cpu] = [performance.now(), process.threadCpuUsage()];
      try {
        return f();
      } finally {
        const {user, system} = process.threadCpuUsage(cpu);
        slowest = Math.max(slowest, Math.min(performance.now() - wall, (user + system) / 1000));
        beat();
      }
    },
    get slowest() {
      return slowest;
    },
  };
}
export type Stopwatch = ReturnType<typeof stopwatch>;
