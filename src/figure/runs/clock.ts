/** The clock of a run: the control that counts its frames, as Play and Step move it. */
import type {AnyParams, Range} from "../controls.ts";
import {plainText} from "../symbols.ts";
import type {PlayerStage, Runs} from "../widget.ts";

/** Steps shown in a second of play, unless the figure sets a pace. */
const STEPS_PER_SECOND = 30;
/** A sentence says when playing is half over if it takes at least this many seconds. */
const LONG_PLAY_SECONDS = 5;

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
  /** Called when playing begins, and on each `stop`. */
  readonly #onChange: () => void;
  #isAsleep = false;
  /** The time, in milliseconds, when playing began or went on, and the step at that time. */
  #playStart = {time: 0, step: 0};
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

  /** The last step in this state. The figure's `bounds` may set it below the control's, as for a short word. */
  get lastStep(): number {
    return this.#stage.w.bounds?.(this.params)[this.#runs.clock!]?.[1] ?? this.#range.max;
  }

  /** The step with its control's label: "step 100". Of "Time, %" the unit is left out. */
  stepText(step: number): string {
    return `${plainText(this.#range.label).split(",")[0]!.toLowerCase()} ${step}`;
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
    else this.#stage.say(`This is ${this.stepText(this.lastStep)}, the last.`);
  }

  play() {
    if (this.currentStep >= this.lastStep || this.currentStep === this.#runs.restsAt) this.restart();
    const [from, to] = [this.currentStep, this.lastStep];
    this.#halfStep = to - from < LONG_PLAY_SECONDS * this.#pace ? to + 1 : Math.ceil((from + to) / 2);
    this.#stage.say(`Playing, from ${this.stepText(from)} to ${to}.`);
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
    this.#playStart = {time: performance.now(), step: this.currentStep};
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const {time, step} = this.#playStart;
    const [before, last] = [this.currentStep, this.lastStep];
    const seconds = (performance.now() - time) / 1000;
    const to = Math.min(
      Math.floor(this.#runs.after?.(seconds, step) ?? step + seconds * this.#pace),
      this.#newestStep(),
      last,
    );
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (to > before) this.setStep(to);
    if (before < this.#halfStep && to >= this.#halfStep) this.#stage.say(`Now at ${this.stepText(to)} of ${last}.`);
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
