import {put} from "../../figures/text/put.ts";
import type {AnyParams} from "../controls.ts";
import type {Player, Stage} from "./player.ts";
import type {Job} from "./pump.ts";
import {rest, run} from "./run.ts";

/** Play, pause, step and restart of a heavy widget, and its progress. Nothing runs before the reader says so. */
export function player({parts: {figure}, name, w, means, show: paint, say, fail, still}: Stage): Player {
  let job: Job | undefined;
  let playing = false;
  let asleep = false;
  let ended = false;
  let latest: unknown;
  /** Of the run that plays: more than half of it was to be done. */
  let isBefore = false;
  /** "3 of 70 runs" */
  let done = "";
  const button = figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
  const progress = figure.querySelector<HTMLProgressElement>(".done")!;

  const setPlaying = (on: boolean) => {
    playing = on;
    put(button, on ? "Pause" : (w.tools?.play ?? "Play"));
  };
  const advance = (snapshot: unknown) => {
    const [n = 0, due = 1, unit = ""] = w.progress?.(snapshot) ?? [];
    done = unit && `${n} of ${due} ${unit}`;
    progress.value = n / due;
    progress.setAttribute("aria-valuetext", done);
    if (playing && isBefore && n < due && 2 * n >= due) say(`${done} are done.`);
    isBefore = 2 * n < due;
  };
  const restart = (params: AnyParams) => {
    job?.cancel();
    latest = undefined;
    ended = false;
    setPlaying(false);
    progress.value = 0;
    job = run(
      name,
      params,
      {
        result(snapshot) {
          advance(snapshot);
          latest = snapshot;
          // Without motion a run is its end: what lies between is left out unless stepped to.
          if (!(playing && still())) paint(snapshot);
        },
        end() {
          ended = true;
          if (still()) paint(latest);
          setPlaying(false);
        },
        fail(reason) {
          ended = true;
          if (still() && latest !== undefined) paint(latest);
          setPlaying(false);
          fail(reason);
        },
      },
      means,
    );
  };

  return {
    restart,
    press(tool: "play" | "step" | "restart", params: AnyParams) {
      if (tool === "restart" || ended || !job) restart(params);
      if (tool === "step") {
        setPlaying(false);
        job!.step();
      } else if (tool === "play") {
        setPlaying(!playing);
        if (!playing) {
          job!.pause();
          if (still() && latest !== undefined) paint(latest);
        } else {
          say(done ? `Running: ${done}.` : "Running.");
          if (!asleep) job!.play();
        }
      }
    },
    isPlaying: () => playing,
    /** Off screen, hidden or removed: the run waits where it is. */
    sleep() {
      asleep = true;
      if (playing) job?.pause();
    },
    wake() {
      if (!asleep) return;
      asleep = false;
      if (playing) job?.play();
    },
    end() {
      job?.cancel();
      job = undefined;
      setPlaying(false);
      rest();
    },
  };
}
