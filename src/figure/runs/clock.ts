import type {AnyParams, Range} from "../controls.ts";
import {plain} from "../symbols.ts";
import type {PlayerStage, Runs} from "../widget.ts";

/** Steps shown in a second of play, unless the figure sets a pace. */
const STEPS_PER_SECOND = 30;
/** If playing takes at least this many seconds, a sentence says when it is half over. */
const LONG_PLAY = 5;

/** The control that counts the frames of a run, as Play and Step move it. */
export class Clock {
  /** The values of all controls. */
  params!: AnyParams;
  isPlaying = false;
  /** True while this clock, and not the reader, changes the figure's values. */
  isMoving = false;
  readonly #stage: PlayerStage;
  readonly #runs: Runs<never, unknown>;
  readonly #range: Range;
  /** The last step that can be shown so far. */
  readonly #newestStep: () => number;
  /** Called when playing begins or ends. */
  readonly #onChange: () => void;
  #isAsleep = false;
  /** When playing began, and at which step. */
  #playStart = {at: 0, step: 0};
  /** The step at which a long play is half over. */
  #halfStep = 0;
  #nextTick = 0;

  constructor(stage: PlayerStage, newestStep: () => number, onChange: () => void) {
    this.#stage = stage;
    this.#runs = stage.w.runs!;
    this.#range = stage.w.controls[stage.w.runs!.clock!];
    this.#newestStep = newestStep;
    this.#onChange = onChange;
  }

  get currentStep(): number {
    return Number(this.params[this.#runs.clock!]);
  }

  /** The last step in this state: a word may be shorter than the longest. */
  get lastStep(): number {
    return this.#stage.w.bounds?.(this.params)[this.#runs.clock!]?.[1] ?? this.#range.max;
  }

  /** "step 100"; of a label such as "Time, %" without the unit. */
  text(step: number): string {
    return `${plain(this.#range.label).split(",")[0]!.toLowerCase()} ${step}`;
  }

  /** Sets the clock, and other values with it. */
  setStep(step: number, values: AnyParams = {}) {
    this.isMoving = true;
    this.#stage.move({...values, [this.#runs.clock!]: step});
    this.isMoving = false;
  }

  restart() {
    this.setStep(this.#range.min);
  }

  step() {
    if (this.currentStep < this.lastStep) this.setStep(this.currentStep + 1);
    else this.#stage.say(`This is ${this.text(this.lastStep)}, the last.`);
  }

  play() {
    if (this.currentStep >= this.lastStep || this.currentStep === this.#runs.restsAt) this.restart();
    const [from, to] = [this.currentStep, this.lastStep];
    this.#halfStep = to - from < LONG_PLAY * this.#pace ? to + 1 : Math.ceil((from + to) / 2);
    this.#stage.say(`Playing, from ${this.text(from)} to ${to}.`);
    if (this.#stage.isStill()) return this.setStep(to);
    this.#setPlaying(true);
    if (!this.#isAsleep) this.#run();
  }

  stop() {
    cancelAnimationFrame(this.#nextTick);
    this.#setPlaying(false);
  }

  sleep() {
    this.#isAsleep = true;
    cancelAnimationFrame(this.#nextTick);
  }

  wake() {
    if (this.#isAsleep && this.isPlaying) this.#run();
    this.#isAsleep = false;
  }

  #run() {
    this.#playStart = {at: performance.now(), step: this.currentStep};
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const {at, step} = this.#playStart;
    const [before, last] = [this.currentStep, this.lastStep];
    const seconds = (performance.now() - at) / 1000;
    const to = Math.min(
      Math.floor(this.#runs.after?.(seconds, step) ?? step + seconds * this.#pace),
      this.#newestStep(),
      last,
    );
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (to > before) this.setStep(to);
    if (before < this.#halfStep && to >= this.#halfStep) this.#stage.say(`Now at ${this.text(to)} of ${last}.`);
    if (to >= last) this.stop();
  }

  #setPlaying(isPlaying: boolean) {
    this.isPlaying = isPlaying;
    this.#stage.parts.figure.toggleAttribute("data-playing", isPlaying);
    this.#onChange();
  }

  get #pace(): number {
    return this.#runs.pace ?? STEPS_PER_SECOND;
  }
}
