import {whole} from "../figures/format.ts";
import {put} from "../figures/worded.ts";
import type {AnyParams} from "./controls.ts";
import type {Player, Stage} from "./player.ts";
import type {Job} from "./pump.ts";
import {rest, run} from "./run.ts";
import {plain} from "./signs.ts";
import type {Recording, Tape} from "./widget.ts";

/** Snapshots shown in a second of play. */
const PACE = 30;
/** Steps from which on half of the way is told, s of play × `PACE`. */
const LONG = 5 * PACE;
/** Runs remembered at most, those in the picture included: going back to an older setting trains nothing either. */
const REMEMBERED = 16;

interface Track {
  frames: unknown[];
  isWhole: boolean;
  /** When its first snapshots came, how many had come of all runs by then, and how many came a second until its end. */
  since?: number;
  before?: number;
  pace?: number;
  job?: Job;
}

/**
 * Play, pause, step, restart and scrubbing of a recorded widget. Its runs are computed to their ends as soon as their
 * parameters are known, off the page's thread; what is shown is always a kept snapshot, and Play only moves the clock.
 */
export function player({parts, name, w, means, show, set, say, fail: tell, still}: Stage): Player {
  // biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
  const recording: Recording<any, unknown> = w.recording!;
  const {clock} = recording;
  const {min: first, max: last, label} = w.controls[clock];
  /** "step 100" */
  const at = (step: number) => `${plain(label).toLowerCase()} ${step}`;
  const button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
  // By their parameters as text, the one asked for longest ago first.
  const tracks = new Map<string, Track>();
  let params: AnyParams;
  let wanted: Track[] = [];
  let due = false;
  /** Of the run that a page opens with, the frame that the page came with stands until the whole is there. */
  let isFirst = true;
  let playing = false;
  let asleep = false;
  /** The clock is being moved by Play, Step or Restart and not by the reader. */
  let moving = false;
  let begun = {at: 0, step: 0};
  /** Where the run that plays is half over, if it is a long one. */
  let half = 0;
  let next = 0;
  let growth = 0;
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
    const end = () => {
      track.isWhole = true;
      const seconds = (performance.now() - (track.since ?? 0)) / 1000;
      if (track.since !== undefined && seconds > 0) track.pace = (arrivals - track.before!) / seconds;
      arrived(track);
    };
    const result = (snapshots: unknown, index: number) => {
      const list = snapshots as unknown[];
      arrivals += list.length;
      track.since ??= performance.now();
      track.before ??= arrivals;
      for (const [i, snapshot] of list.entries()) track.frames[index - list.length + 1 + i] = snapshot;
      arrived(track);
    };
    const fail = (reason: string) => {
      tracks.delete(key);
      if (!wanted.includes(track)) return;
      wanted = [];
      parts.picture.setAttribute("aria-busy", "false");
      stop();
      tell(reason);
    };
    track.job = run(name, runParams, {result, end, fail}, means, true);
    track.job.play();
    return track;
  }

  function arrived(track: Track) {
    if (!wanted.includes(track) || !(due || track.isWhole)) return;
    if (track.isWhole || !recording.grows) return look();
    growth ||= requestAnimationFrame(() => {
      growth = 0;
      if (due && wanted.length) look();
    });
  }

  /** Shows the snapshot at the clock once it is there (of a run that grows, the latest until then), and again when a run beside it is whole. */
  function look() {
    const main = wanted[0]!;
    const isThere = main.frames.length > Number(params[clock]) || main.isWhole;
    // Without motion a run is shown where the clock stands, and not on its way there.
    const isGrowing = recording.grows && !isFirst && !still() && main.frames.length > 0;
    const isComplete = wanted.every(({isWhole}) => isWhole);
    parts.picture.setAttribute("aria-busy", String(!isComplete));
    // Measured, so no part of what follows from the parameters.
    if (parts.pace) put(parts.pace, main.pace ? `${whole(main.pace)} steps/s` : "");
    if (!isThere && !isGrowing) return;
    if (isThere) due = false;
    show(
      recording.see(
        wanted.map(({frames}) => frames as unknown as Tape<never>),
        params,
      ),
    );
  }

  function forget() {
    for (const [key, track] of tracks) {
      // One snapshot is soon there again, and there may be one for every letter that is typed.
      const isKept = track.isWhole && track.frames.length > 1 && tracks.size <= REMEMBERED;
      if (wanted.includes(track) || isKept) continue;
      track.job?.cancel();
      tracks.delete(key);
    }
  }

  function stop() {
    playing = false;
    cancelAnimationFrame(next);
    put(button, "Play");
  }

  function move(step: number) {
    moving = true;
    set({[clock]: step});
    moving = false;
  }

  const begin = () => {
    begun = {at: performance.now(), step: Number(params[clock])};
    next = requestAnimationFrame(tick);
  };

  function tick() {
    const main = wanted[0]!;
    const kept = main.isWhole ? last : main.frames.length - 1;
    const was = Number(params[clock]);
    const now = Math.min(begun.step + Math.floor(((performance.now() - begun.at) * PACE) / 1000), kept);
    next = requestAnimationFrame(tick);
    if (now > was) move(now);
    if (was < half && now >= half) say(`Now at ${at(now)} of ${last}.`);
    if (now >= last) stop();
  }

  function play() {
    if (Number(params[clock]) >= last) move(first);
    const from = Number(params[clock]);
    half = last - from < LONG ? last + 1 : Math.ceil((from + last) / 2);
    say(`Playing, from ${at(from)} to ${last}.`);
    if (still()) return move(last);
    playing = true;
    put(button, "Pause");
    if (!asleep) begin();
  }

  function step() {
    const now = Number(params[clock]);
    if (now < last) move(now + 1);
    else say(`This is ${at(last)}, the last.`);
  }

  function follow(changed: AnyParams) {
    // On a page that is not ours none came.
    isFirst = params === undefined && parts.picture.childElementCount > 0;
    params = changed;
    wanted = recording.runs(params).map(trackOf);
    due = true;
    forget();
    look();
  }

  return {
    restart(changed: AnyParams) {
      if (!moving) stop();
      follow(changed);
    },
    press(tool: "play" | "step" | "restart") {
      const wasPlaying = playing;
      stop();
      // After an end or a failure nothing is being computed.
      if (!wanted.length) follow(params);
      if (tool === "restart") move(first);
      else if (tool === "step") step();
      else if (!wasPlaying) play();
    },
    isPlaying: () => playing,
    /** Off screen or hidden: the clock stands still. */
    sleep() {
      asleep = true;
      cancelAnimationFrame(next);
    },
    wake() {
      if (asleep && playing) begin();
      asleep = false;
    },
    /** Removed: what is being computed ends; asked for again, it is computed anew. */
    end() {
      stop();
      cancelAnimationFrame(growth);
      growth = 0;
      parts.picture.setAttribute("aria-busy", "false");
      wanted = [];
      due = false;
      forget();
      rest();
    },
  };
}
