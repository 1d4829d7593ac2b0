/** The player of a bench, whose run is trained when its button is pressed. */
import type {AnyParams, Range} from "../controls.ts";
import {fixed} from "../plot/text/format.ts";
import {put} from "../plot/text/put.ts";
import {plain} from "../symbols.ts";
import type {Player, PlayerStage, Recording, Tape} from "../widget.ts";
import {type RecordedRun, RecordedRuns} from "./recordedRuns.ts";
import {stopIdleWorker} from "./run.ts";

/**
 * Trains a bench's run when its button is pressed, and not before: the clock follows the newest snapshot. Every snapshot is
 * kept, so going back needs no training, but the clock never goes where no training has been.
 */
export const player = (stage: PlayerStage): Player => new Trainer(stage);

class Trainer implements Player {
  readonly #stage: PlayerStage;
  // biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
  readonly #recording: Recording<any, unknown>;
  /** The control that counts snapshots. */
  readonly #clock: Range;
  readonly #button: HTMLButtonElement;
  readonly #runs: RecordedRuns;
  #params!: AnyParams;
  /** The runs in the picture, the trained one first; empty after an end or a failure. */
  #wanted: RecordedRun[] = [];
  /** The result in the picture. */
  #shown: unknown;
  #isPlaying = false;
  /** It is changing the figure's values, which calls `restart`. */
  #isMoving = false;
  /** Milliseconds that the run had taken at the latest press, and when that was. */
  #spent = 0;
  #since = 0;
  #nextTick = 0;
  #nextLook = 0;

  constructor(stage: PlayerStage) {
    const {parts, name, w, source} = stage;
    this.#stage = stage;
    this.#recording = w.recording!;
    this.#clock = w.controls[this.#recording.clock!];
    this.#button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
    this.#runs = new RecordedRuns(name, source, {
      arrived: (run) => this.#arrived(run),
      failed: (run, reason, isLost) => this.#failed(run, reason, isLost),
      late: () => stage.late(),
    });
  }

  restart(params: AnyParams) {
    const last = this.#params;
    this.#params = params;
    const before = this.#wanted[0];
    const waits = (run: object) => this.#recording.waits!(run);
    const of = (run: object) => this.#runs.of(run, waits(run));
    const main = of(this.#recording.runs(params)[0]!);
    if (main !== before) {
      this.#pause();
      this.#spent = 0;
      this.#wanted = [main];
    }
    const due: Record<string, unknown> = {
      [this.#recording.clock!]: Math.min(this.#now, Math.max(0, main.frames.length - 1)),
    };
    // Another run resets these values, except those changed together with it.
    if (before && main !== before)
      for (const [name, value] of Object.entries(this.#stage.w.bench!.anew))
        if (params[name] === last[name]) due[name] = value;
    if (Object.keys(due).some((name) => params[name] !== due[name])) return this.#move(due as AnyParams);
    // Runs that use the model of one step wait until training pauses.
    const asked = this.#recording.runs(params).filter((run) => !this.#isPlaying || waits(run));
    this.#wanted = asked.map(of);
    this.#runs.keep(this.#wanted);
    this.#look();
  }

  press() {
    if (!this.#isReady) return;
    if (this.#isPlaying) {
      this.#pause();
      this.#stage.say(`Paused at ${this.#named(this.#now)}.`);
      this.restart(this.#params);
      return;
    }
    if (!this.#wanted.length) this.restart(this.#params);
    const main = this.#wanted[0]!;
    const last = main.frames.length - 1;
    if (main.isWhole && this.#now && this.#now < last) return this.#moveTo(last);
    // At step 0 the reader wants to watch the training, so the run is trained again even if it was trained before.
    if (last > 0 && (main.isWhole || !this.#now)) {
      this.#runs.forget(main);
      this.restart(this.#params);
    }
    this.#play();
  }

  isPlaying() {
    return this.#isPlaying;
  }

  /** A run takes a few seconds: it goes on where it is not seen. */
  sleep() {}
  wake() {}

  /** Ends the runs that are being computed; asked for again, they are computed anew. */
  end() {
    this.#pause();
    cancelAnimationFrame(this.#nextLook);
    this.#nextLook = 0;
    this.#wanted = [];
    this.#runs.keep([]);
    stopIdleWorker();
  }

  #play() {
    this.#isPlaying = true;
    this.#since = performance.now();
    for (const {job} of this.#wanted) job?.play();
    this.#stage.say(`Training, from ${this.#named(this.#now)} to ${this.#last}.`);
    this.#label();
    this.#setBusy();
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #pause() {
    if (this.#isPlaying) this.#spent += performance.now() - this.#since;
    this.#isPlaying = false;
    cancelAnimationFrame(this.#nextTick);
    this.#wanted[0]?.job?.pause();
    this.#setBusy();
  }

  #tick() {
    const main = this.#wanted[0]!;
    const newest = main.frames.length - 1;
    const {stops = []} = this.#recording;
    // Without motion the picture is drawn a few times only.
    const isStill = this.#stage.isStill() && !main.isWhole;
    const to = isStill ? Math.max(this.#now, ...stops.filter((stop) => stop <= newest)) : newest;
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (main.isWhole) this.#pause();
    if (to > this.#now) this.#moveTo(to);
    else if (main.isWhole) this.restart(this.#params);
  }

  #arrived(run: RecordedRun) {
    if (!this.#wanted.includes(run)) return;
    // During training, `#tick` shows what has arrived, except the first snapshot.
    if (this.#isPlaying && run === this.#wanted[0] && run.frames.length > 1) return;
    this.#nextLook ||= requestAnimationFrame(() => {
      this.#nextLook = 0;
      if (this.#wanted.length) this.#look();
    });
  }

  #failed(run: RecordedRun, reason: string, isLost?: boolean) {
    if (!this.#wanted.includes(run)) return;
    this.#pause();
    this.#wanted = [];
    this.#setBusy();
    this.#label();
    this.#stage.fail(reason, isLost);
  }

  /** Shows the snapshot at the clock once it is there. */
  #look() {
    const {show, parts} = this.#stage;
    this.#label();
    this.#setBusy();
    const isBegun = this.#spent > 0 || this.#isPlaying;
    if (parts.pace) put(parts.pace, isBegun ? `${fixed(this.#seconds, 1)} s` : "");
    if (this.#wanted[0]!.frames.length <= this.#now) return;
    const tapes = this.#wanted.map(({frames}) => frames as unknown as Tape<never>);
    this.#shown = this.#recording.see(tapes, this.#params, this.#shown);
    show(this.#shown);
  }

  #moveTo(step: number) {
    this.#move({[this.#recording.clock!]: step});
  }

  #move(values: AnyParams) {
    if (this.#isMoving) return;
    this.#isMoving = true;
    this.#stage.move(values);
    this.#isMoving = false;
  }

  /** Says on the button what pressing it does. */
  #label() {
    const {start, wait, pause, on, again} = this.#stage.w.bench!.go;
    const [main] = this.#wanted;
    if (this.#isReady) this.#button.removeAttribute("aria-disabled");
    else this.#button.setAttribute("aria-disabled", "true");
    if (this.#isPlaying) {
      put(this.#button, main?.frames.length ? pause : wait(this.#params));
      return;
    }
    const isAtEnd = main?.isWhole && main.frames.length > 1 && this.#now >= main.frames.length - 1;
    const isAtStart = !main || main.frames.length < 2 || !this.#now;
    put(this.#button, isAtEnd ? again : isAtStart ? start : on);
  }

  #setBusy() {
    const isLoading = !this.#wanted[0]?.frames.length && this.#wanted.length > 0;
    this.#stage.parts.picture.setAttribute("aria-busy", String(this.#isPlaying || isLoading));
  }

  get #isReady(): boolean {
    return this.#stage.w.bench!.isReady?.(this.#params) ?? true;
  }

  get #seconds(): number {
    return (this.#spent + (this.#isPlaying ? performance.now() - this.#since : 0)) / 1000;
  }

  /** The last place of the clock in this state. */
  get #last(): number {
    return this.#stage.w.bounds?.(this.#params)[this.#recording.clock!]?.[1] ?? this.#clock.max;
  }

  /** Where the clock is. */
  get #now(): number {
    return Number(this.#params[this.#recording.clock!]);
  }

  /** "step 100" */
  #named(step: number): string {
    return `${plain(this.#clock.label).toLowerCase()} ${step}`;
  }
}
