import {type Job, type Reports, type RunLoopOptions, runLoop} from "./runLoop.ts";

/** A call to a run that has not loaded yet. */
type Press = "play" | "pause" | "step";

/** A run whose model is still loading. Calls wait until it has loaded; if it does not load, the run fails. `next` schedules a slice. */
export function loadingRun(
  coming: Promise<Iterator<unknown>>,
  reports: Reports,
  next: (slice: () => void) => void,
  options?: RunLoopOptions,
): Job {
  let job: Job | undefined;
  let isWanted = true;
  const pressed: Press[] = [];
  reports.loading?.(coming);
  coming.then(
    (source) => {
      if (!isWanted) return;
      job = runLoop(source, reports, next, options);
      for (const press of pressed) job[press]();
    },
    (error) => isWanted && reports.fail(error instanceof Error ? error.message : String(error), true),
  );
  const press = (which: Press) => () => {
    if (job) job[which]();
    else pressed.push(which);
  };
  return {
    play: press("play"),
    pause: press("pause"),
    step: press("step"),
    cancel() {
      isWanted = false;
      job?.cancel();
    },
  };
}
