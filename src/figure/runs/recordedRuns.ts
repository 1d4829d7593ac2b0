/** The recorded runs of a figure, whose snapshots are all kept. */
import type {AnyParams} from "../controls.ts";
import {type RunSource, run} from "./run.ts";
import type {Job} from "./runLoop.ts";

/** The most runs that are remembered, those in the picture included. Going back to one of their settings trains nothing. */
const MAX_RUNS = 16;

/** A run that is being recorded, or was: its snapshots so far. */
export interface RecordedRun {
  frames: unknown[];
  isWhole: boolean;
  /** The speed: snapshots a second of all runs together, while this one was recorded. */
  pace?: number;
  job?: Job;
}

/** Callbacks for what happens to the runs. */
interface Reports {
  arrived(recorded: RecordedRun): void;
  failed(recorded: RecordedRun, reason: string, isLoadError?: boolean): void;
  late(): void;
}

/** The recorded runs of a figure. Each is computed to its end as soon as it is asked for. */
export class RecordedRuns {
  readonly #name: string;
  readonly #source: RunSource;
  readonly #reports: Reports;
  /** By their parameters as text; the run that was asked for longest ago comes first. */
  readonly #runs = new Map<string, RecordedRun>();
  /** Snapshots that have arrived, of all runs. */
  #arrivals = 0;

  constructor(name: string, source: RunSource, reports: Reports) {
    this.#name = name;
    this.#source = source;
    this.#reports = reports;
  }

  /** The run of these parameters, begun if it is new. A run that `waits` gives only its first snapshot until its job is played. */
  of(runParams: object, waits = false): RecordedRun {
    const key = JSON.stringify(runParams);
    const recorded = this.#runs.get(key) ?? this.#record(key, runParams as AnyParams, waits);
    this.#runs.delete(key);
    this.#runs.set(key, recorded);
    return recorded;
  }

  /** Ends and forgets all runs but these, except some complete ones. */
  keep(wanted: readonly RecordedRun[]) {
    for (const [key, recorded] of this.#runs) {
      // A run of one snapshot is soon computed again, and there may be one for every letter that is typed.
      const isKept = recorded.isWhole && recorded.frames.length > 1 && this.#runs.size <= MAX_RUNS;
      if (wanted.includes(recorded) || isKept) continue;
      recorded.job?.cancel();
      this.#runs.delete(key);
    }
  }

  /** Forgets a run, so that it is computed anew. */
  forget(recorded: RecordedRun) {
    recorded.job?.cancel();
    for (const [key, one] of this.#runs) if (one === recorded) this.#runs.delete(key);
  }

  #record(key: string, runParams: AnyParams, waits: boolean): RecordedRun {
    const recorded: RecordedRun = {frames: [], isWhole: false};
    /** When its first snapshots arrived, and how many of all runs had arrived by then. */
    let since: number | undefined;
    let before = 0;
    const result = (snapshots: unknown, index: number) => {
      const list = snapshots as unknown[];
      this.#arrivals += list.length;
      since ??= performance.now();
      before ||= this.#arrivals;
      for (const [i, snapshot] of list.entries()) recorded.frames[index - list.length + 1 + i] = snapshot;
      this.#reports.arrived(recorded);
    };
    const end = () => {
      recorded.isWhole = true;
      const seconds = (performance.now() - since!) / 1000;
      if (seconds > 0) recorded.pace = (this.#arrivals - before) / seconds;
      this.#reports.arrived(recorded);
    };
    const fail = (reason: string, isLoadError?: boolean) => {
      this.#runs.delete(key);
      this.#reports.failed(recorded, reason, isLoadError);
    };
    const {late} = this.#reports;
    recorded.job = run(this.#name, runParams, {result, end, fail, late}, this.#source, true);
    if (!waits) recorded.job.play();
    return recorded;
  }
}
