/** The player of figures whose runs are recorded as soon as their parameters are known. */
import type {AnyParams, Range} from "../controls.ts";
import {whole} from "../plot/text/format.ts";
import {put} from "../plot/text/put.ts";
import {plain} from "../symbols.ts";
import type {Frames, Player, PlayerStage, Recording} from "../widget.ts";
import {type RecordedRun, RecordedRuns} from "./recordedRuns.ts";
import {stopIdleWorker} from "./run.ts";

/** Snapshots shown in a second of play, unless the recording sets a pace. */
const STEPS_PER_SECOND = 30;
/** A picture counts as seen if this share of it is in the window. */
const SEEN_SHARE = 0.7;
/** If playing takes at least this many seconds, a sentence says when it is half over. */
const LONG_PLAY = 5;

/**
 * Plays recorded runs. They are computed to their ends as soon as their parameters are known, off the page's thread; what
 * is shown is always a kept snapshot, and Play only moves the clock.
 */
export const player = (stage: PlayerStage): Player => new Recorder(stage);

class Recorder implements Player {
  readonly #stage: PlayerStage;
  // biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
  readonly #recording: Recording<any, unknown>;
  /** The control that counts snapshots. */
  readonly #clock?: Range;
  readonly #button: HTMLButtonElement | null;
  readonly #runs: RecordedRuns;
  #params!: AnyParams;
  /** The runs in the picture, the one that is played first; empty after an end or a failure. */
  #currentRuns: RecordedRun[] = [];
  /** The snapshot at the clock still has to be shown. */
  #isDue = false;
  /** The result in the picture. */
  #shownResult: unknown;
  /** The prerendered picture is still shown: it stays until the first run reaches the clock, so that a page does not show the run growing. */
  #isFirst = true;
  #isPlaying = false;
  #isAsleep = false;
  /** Play, Step or Restart is moving the clock, not the reader. */
  #isMoving = false;
  /** When playing began, and at which step. */
  #playStart = {at: 0, step: 0};
  /** The step at which a long play is half over. */
  #halfStep = 0;
  #nextTick = 0;
  #frameRequest = 0;
  /** Waits until the picture is seen, to play by itself. */
  #observer?: IntersectionObserver;
  /** Stops listening to presses elsewhere on the page, which end its waiting to play and its playing by itself. */
  #elsewhere?: AbortController;

  constructor(stage: PlayerStage) {
    const {parts, name, w, source} = stage;
    this.#stage = stage;
    this.#recording = w.recording!;
    const {clock} = this.#recording;
    if (clock) this.#clock = w.controls[clock];
    this.#button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]");
    this.#runs = new RecordedRuns(name, source, {
      arrived: (run) => this.#arrived(run),
      failed: (run, reason, isLoadError) => this.#failed(run, reason, isLoadError),
      late: () => stage.late(),
    });
  }

  restart(params: AnyParams) {
    const isStart = this.#params === undefined;
    if (!this.#isMoving) this.#stop();
    this.#follow(params);
    if (isStart) this.#playWhenSeen();
  }

  press(tool: "play" | "step" | "restart") {
    if (!this.#clock) return;
    const wasPlaying = this.#isPlaying;
    this.#stop();
    if (!this.#currentRuns.length) this.#follow(this.#params);
    if (tool === "restart") this.#move(this.#clock.min);
    else if (tool === "step") this.#step();
    else if (!wasPlaying) this.#play(this.#clock);
  }

  isPlaying() {
    return this.#isPlaying;
  }

  sleep() {
    this.#isAsleep = true;
    cancelAnimationFrame(this.#nextTick);
  }

  wake() {
    if (this.#isAsleep && this.#isPlaying) this.#begin();
    this.#isAsleep = false;
  }

  /** Ends the runs that are being computed; if asked for again, they start over. */
  end() {
    this.#stop();
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
    this.#setBusy(false);
    this.#currentRuns = [];
    this.#isDue = false;
    this.#runs.keep([]);
    stopIdleWorker();
  }

  /** Asks for the runs of these parameters and shows what there is of them. */
  #follow(params: AnyParams) {
    // On a foreign page there is no prerendered picture to keep.
    this.#isFirst = this.#params === undefined && this.#stage.parts.picture.childElementCount > 0;
    this.#params = params;
    this.#currentRuns = this.#recording.runs(params).map((runParams) => this.#runs.of(runParams));
    this.#isDue = true;
    this.#runs.keep(this.#currentRuns);
    this.#showFrame();
  }

  #arrived(run: RecordedRun) {
    if (!this.#currentRuns.includes(run) || !(this.#isDue || run.isWhole)) return;
    if (run.isWhole || !this.#recording.grows) return this.#showFrame();
    this.#frameRequest ||= requestAnimationFrame(() => {
      this.#frameRequest = 0;
      if (this.#isDue && this.#currentRuns.length) this.#showFrame();
    });
  }

  #failed(run: RecordedRun, reason: string, isLoadError?: boolean) {
    if (!this.#currentRuns.includes(run)) return;
    this.#currentRuns = [];
    this.#setBusy(false);
    this.#stop();
    this.#stage.fail(reason, isLoadError);
  }

  /**
   * Shows the snapshot at the clock once it is there; a run that grows shows its latest snapshot until then. Called again
   * when a run drawn beside it is whole.
   */
  #showFrame() {
    const {isStill, show, parts} = this.#stage;
    const main = this.#currentRuns[0]!;
    const waits = this.#isFirst && this.#recording.isWhole;
    const isThere = main.isWhole || (!waits && main.frames.length > this.#now);
    // Without motion a run is shown only where the clock is, not while it grows.
    const isGrowing = this.#recording.grows && !this.#isFirst && !isStill() && main.frames.length > 0;
    this.#setBusy(!this.#currentRuns.every(({isWhole}) => isWhole));
    // The speed is measured, so it is not in the result, which follows from the parameters alone.
    if (parts.pace) put(parts.pace, main.pace ? `${whole(main.pace)} steps/s` : "");
    if (!isThere && !isGrowing) return;
    if (isThere) this.#isDue = false;
    const frames = this.#currentRuns.map(({frames}) => frames as unknown as Frames<never>);
    this.#shownResult = this.#recording.read(frames, this.#params, this.#shownResult);
    show(this.#shownResult);
  }

  #play({min}: Range, isByItself = false) {
    const max = this.#last;
    if (this.#now >= max) this.#move(min);
    const from = this.#now;
    this.#halfStep = max - from < LONG_PLAY * this.#pace ? max + 1 : Math.ceil((from + max) / 2);
    if (!isByItself) this.#stage.say(`Playing, from ${this.#stepText(from)} to ${max}.`);
    if (this.#stage.isStill()) return this.#move(max);
    this.#isPlaying = true;
    this.#stage.parts.figure.toggleAttribute("data-playing", true);
    put(this.#button!, "Pause");
    if (!this.#isAsleep) this.#begin();
  }

  #begin() {
    this.#playStart = {at: performance.now(), step: this.#now};
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const max = this.#last;
    const main = this.#currentRuns[0]!;
    const last = main.isWhole ? max : main.frames.length - 1;
    const was = this.#now;
    const seconds = (performance.now() - this.#playStart.at) / 1000;
    const {step} = this.#playStart;
    const to = Math.min(Math.floor(this.#recording.after?.(seconds, step) ?? step + seconds * this.#pace), last);
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (to > was) this.#move(to);
    if (was < this.#halfStep && to >= this.#halfStep) this.#stage.say(`Now at ${this.#stepText(to)} of ${max}.`);
    if (to >= max) this.#stop();
  }

  /** Plays once by itself, and only where a reader comes upon the figure in a chapter and wants motion. */
  #playWhenSeen() {
    const {parts, isStill} = this.#stage;
    const clock = this.#clock;
    const {starts} = this.#recording;
    if (!clock || !starts?.(this.#params) || this.#now > clock.min || isStill()) return;
    if (!parts.figure.closest("lora-widget[figure]")) return;
    this.#observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry!.isIntersecting) return;
        this.#observer!.disconnect();
        this.#play(clock, true);
      },
      {threshold: SEEN_SHARE},
    );
    this.#observer.observe(parts.picture);
    // A press elsewhere stops it, also on a phrase of the text that sets the state in which it is already.
    this.#elsewhere = new AbortController();
    const {signal} = this.#elsewhere;
    const onPress = ({target}: Event) => parts.figure.contains(target as Node) || this.#stop();
    parts.figure.ownerDocument.addEventListener("click", onPress, {capture: true, signal});
  }

  #step() {
    const max = this.#last;
    if (this.#now < max) this.#move(this.#now + 1);
    else this.#stage.say(`This is ${this.#stepText(max)}, the last.`);
  }

  #stop() {
    this.#observer?.disconnect();
    this.#elsewhere?.abort();
    this.#isPlaying = false;
    this.#stage.parts.figure.removeAttribute("data-playing");
    cancelAnimationFrame(this.#nextTick);
    if (this.#button) put(this.#button, "Play");
  }

  #move(step: number) {
    this.#isMoving = true;
    this.#stage.move({[this.#recording.clock!]: step});
    this.#isMoving = false;
  }

  #setBusy(isBusy: boolean) {
    this.#stage.parts.picture.setAttribute("aria-busy", String(isBusy));
  }

  /** Where the clock is. */
  get #now(): number {
    return this.#clock ? Number(this.#params[this.#recording.clock!]) : 0;
  }

  /** The last place of the clock in this state: a word may be shorter than the longest. */
  get #last(): number {
    return this.#stage.w.bounds?.(this.#params)[this.#recording.clock!]?.[1] ?? this.#clock!.max;
  }

  get #pace(): number {
    return this.#recording.pace ?? STEPS_PER_SECOND;
  }

  /** "step 100" */
  #stepText(step: number): string {
    return `${plain(this.#clock!.label).toLowerCase()} ${step}`;
  }
}
