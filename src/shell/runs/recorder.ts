import {whole} from "../../figures/text/format.ts";
import {put} from "../../figures/text/put.ts";
import type {AnyParams} from "../controls.ts";
import {plain} from "../signs.ts";
import type {Recording, Tape} from "../widget.ts";
import type {Player, Stage} from "./player.ts";
import {rest} from "./run.ts";
import {type Track, tapes} from "./tapes.ts";

/** Snapshots shown in a second of play. */
const PACE = 30;
/** Steps from which on half of the way is told, s of play × `PACE`. */
const LONG = 5 * PACE;

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
  const now = () => Number(params[clock]);
  const button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
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
  const [trackOf, forget] = tapes(name, means, arrived, failed);

  function arrived(track: Track) {
    if (!wanted.includes(track) || !(due || track.isWhole)) return;
    if (track.isWhole || !recording.grows) return look();
    growth ||= requestAnimationFrame(() => {
      growth = 0;
      if (due && wanted.length) look();
    });
  }

  function failed(track: Track, reason: string) {
    if (!wanted.includes(track)) return;
    wanted = [];
    parts.picture.setAttribute("aria-busy", "false");
    stop();
    tell(reason);
  }

  /** Shows the snapshot at the clock once it is there (of a run that grows, the latest until then), and again when a run beside it is whole. */
  function look() {
    const main = wanted[0]!;
    const isThere = main.frames.length > now() || main.isWhole;
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
    begun = {at: performance.now(), step: now()};
    next = requestAnimationFrame(tick);
  };

  function tick() {
    const main = wanted[0]!;
    const kept = main.isWhole ? last : main.frames.length - 1;
    const was = now();
    const to = Math.min(begun.step + Math.floor(((performance.now() - begun.at) * PACE) / 1000), kept);
    next = requestAnimationFrame(tick);
    if (to > was) move(to);
    if (was < half && to >= half) say(`Now at ${at(to)} of ${last}.`);
    if (to >= last) stop();
  }

  function play() {
    if (now() >= last) move(first);
    const from = now();
    half = last - from < LONG ? last + 1 : Math.ceil((from + last) / 2);
    say(`Playing, from ${at(from)} to ${last}.`);
    if (still()) return move(last);
    playing = true;
    put(button, "Pause");
    if (!asleep) begin();
  }

  function step() {
    if (now() < last) move(now() + 1);
    else say(`This is ${at(last)}, the last.`);
  }

  function follow(changed: AnyParams) {
    // On a page that is not ours none came.
    isFirst = params === undefined && parts.picture.childElementCount > 0;
    params = changed;
    wanted = recording.runs(params).map(trackOf);
    due = true;
    forget(wanted);
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
      forget(wanted);
      rest();
    },
  };
}
