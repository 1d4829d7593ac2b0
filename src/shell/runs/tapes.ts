import type {AnyParams} from "../controls.ts";
import type {Job} from "./pump.ts";
import {type Means, run} from "./run.ts";

/** Runs remembered at most, those in the picture included: going back to an older setting trains nothing either. */
const REMEMBERED = 16;

/** A run that is being recorded, or was: its snapshots so far. */
export interface Track {
  frames: unknown[];
  isWhole: boolean;
  /** Snapshots that came a second from its first to its end, of all runs. */
  pace?: number;
  job?: Job;
}

/**
 * The runs of a figure, each computed to its end as soon as it is asked for. Gives what finds or begins the run of some
 * parameters, and what ends and forgets those that are not `wanted`.
 */
export function tapes(
  name: string,
  means: Means,
  arrived: (track: Track) => void,
  failed: (track: Track, reason: string) => void,
) {
  // By their parameters as text, the one asked for longest ago first.
  const tracks = new Map<string, Track>();
  /** Snapshots that have come, of all runs. */
  let arrivals = 0;

  function trackOf(runParams: object): Track {
    const key = JSON.stringify(runParams);
    const track = tracks.get(key) ?? record(key, runParams as AnyParams);
    tracks.delete(key);
    tracks.set(key, track);
    return track;
  }

  function record(key: string, runParams: AnyParams): Track {
    const track: Track = {frames: [], isWhole: false};
    /** When its first snapshots came, and how many had come of all runs by then. */
    let since: number | undefined;
    let before = 0;
    const end = () => {
      track.isWhole = true;
      const seconds = (performance.now() - since!) / 1000;
      if (seconds > 0) track.pace = (arrivals - before) / seconds;
      arrived(track);
    };
    const result = (snapshots: unknown, index: number) => {
      const list = snapshots as unknown[];
      arrivals += list.length;
      since ??= performance.now();
      before ||= arrivals;
      for (const [i, snapshot] of list.entries()) track.frames[index - list.length + 1 + i] = snapshot;
      arrived(track);
    };
    const fail = (reason: string) => {
      tracks.delete(key);
      failed(track, reason);
    };
    track.job = run(name, runParams, {result, end, fail}, means, true);
    track.job.play();
    return track;
  }

  function forget(wanted: readonly Track[]) {
    for (const [key, track] of tracks) {
      // One snapshot is soon there again, and there may be one for every letter that is typed.
      const isKept = track.isWhole && track.frames.length > 1 && tracks.size <= REMEMBERED;
      if (wanted.includes(track) || isKept) continue;
      track.job?.cancel();
      tracks.delete(key);
    }
  }
  return [trackOf, forget] as const;
}
