import type {AnyParams} from "../controls.ts";
import {type RunSource, run} from "./run.ts";
import type {Job} from "./runLoop.ts";

/** Runs remembered at most, those in the picture included: going back to an earlier setting trains nothing. */
const REMEMBERED = 16;

/** A run that is being recorded, or was: its snapshots so far. */
export interface Track {
  frames: unknown[];
  isWhole: boolean;
  /** Snapshots a second, of all runs together, while this one was recorded. */
  pace?: number;
  job?: Job;
}

interface Reports {
  arrived(track: Track): void;
  failed(track: Track, reason: string, isLost?: boolean): void;
  late(): void;
}

/** The recorded runs of a figure. Each is computed to its end as soon as it is asked for. */
export class Tracks {
  readonly #name: string;
  readonly #source: RunSource;
  readonly #reports: Reports;
  /** By their parameters as text, the one asked for longest ago first. */
  readonly #tracks = new Map<string, Track>();
  /** Snapshots that have arrived, of all runs. */
  #arrivals = 0;

  constructor(name: string, source: RunSource, reports: Reports) {
    this.#name = name;
    this.#source = source;
    this.#reports = reports;
  }

  /** The run of these parameters, begun if it is new. A run that `waits` gives only its first snapshot until its job is played. */
  of(runParams: object, waits = false): Track {
    const key = JSON.stringify(runParams);
    const track = this.#tracks.get(key) ?? this.#record(key, runParams as AnyParams, waits);
    this.#tracks.delete(key);
    this.#tracks.set(key, track);
    return track;
  }

  /** Ends and forgets the runs that are not wanted, except some complete ones. */
  keep(wanted: readonly Track[]) {
    for (const [key, track] of this.#tracks) {
      // A run of one snapshot is soon computed again, and there may be one for every letter that is typed.
      const isKept = track.isWhole && track.frames.length > 1 && this.#tracks.size <= REMEMBERED;
      if (wanted.includes(track) || isKept) continue;
      track.job?.cancel();
      this.#tracks.delete(key);
    }
  }

  /** Forgets a run, so that it is computed anew. */
  forget(track: Track) {
    track.job?.cancel();
    for (const [key, one] of this.#tracks) if (one === track) this.#tracks.delete(key);
  }

  #record(key: string, runParams: AnyParams, waits: boolean): Track {
    const track: Track = {frames: [], isWhole: false};
    /** When the first snapshots arrived, and how many of all runs had by then. */
    let since: number | undefined;
    let before = 0;
    const result = (snapshots: unknown, index: number) => {
      const list = snapshots as unknown[];
      this.#arrivals += list.length;
      since ??= performance.now();
      before ||= this.#arrivals;
      for (const [i, snapshot] of list.entries()) track.frames[index - list.length + 1 + i] = snapshot;
      this.#reports.arrived(track);
    };
    const end = () => {
      track.isWhole = true;
      const seconds = (performance.now() - since!) / 1000;
      if (seconds > 0) track.pace = (this.#arrivals - before) / seconds;
      this.#reports.arrived(track);
    };
    const fail = (reason: string, isLost?: boolean) => {
      this.#tracks.delete(key);
      this.#reports.failed(track, reason, isLost);
    };
    const {late} = this.#reports;
    track.job = run(this.#name, runParams, {result, end, fail, late}, this.#source, true);
    if (!waits) track.job.play();
    return track;
  }
}
