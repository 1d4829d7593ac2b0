/** The events by which a figure tells the page around it what happens. */
import type {AnyParams} from "../controls.ts";
import type {AnyWidget, Prediction, QuizResponse} from "../widget.ts";

/** What caused a change. */
export type Cause = "start" | "typing" | "reader" | "host" | "animation";

/** Who changed a state, as the host is told: the reader, the host page, or a run that plays. */
type Reason = "user" | "host" | "animation";

/** The reason that the host is told for a change; undefined for the start, of which it is not told. */
export const reasonOf = (cause: Cause): Reason | undefined =>
  cause === "host" || cause === "animation" ? cause : cause === "start" ? undefined : "user";

/** How well a reader did, in SCORM's terms. */
interface Score {
  raw: number;
  min: number;
  max: number;
  scaled: number;
}

/** What each event carries: in the page the `detail` of `lora-ready`, from an embed the body of the message `lora:ready`, and so on. */
export interface EventDetails {
  ready: {state: AnyParams; summary: string; height: number; version: string};
  change: {
    state: AnyParams;
    /** Names of the parameters that differ from the last event of this phase. */
    changed: readonly string[];
    reason: Reason;
    /** `input` while it moves, at most once a frame; `commit` once it has settled. */
    phase: "input" | "commit";
    summary: string;
  };
  predict: Prediction;
  answer: QuizResponse & {score: Score; attempt: number};
  /** `duration` since the widget started, in ISO 8601. */
  complete: {success: boolean; score: Score; duration: string};
  error: {code: "name" | "start" | "run" | "diverged"; text: string};
}

/** Events pass the shadow root and bubble up the host's page. */
const eventInit = {bubbles: true, composed: true};

/** Sends one of the `lora-` events. */
export function tellHost<T extends keyof EventDetails>(host: EventTarget, type: T, detail: EventDetails[T]) {
  host.dispatchEvent(new CustomEvent(`lora-${type}`, {...eventInit, detail}));
}

const scoreOf = (isRight: boolean): Score => ({raw: +isRight, min: 0, max: 1, scaled: +isRight});

type Phase = EventDetails["change"]["phase"];

/** Tells the host about one widget: `input` and `change` as a field sends them, and the `lora-` events. */
export class HostEvents {
  readonly #host: HTMLElement;
  readonly #w: AnyWidget;
  readonly #startTime = performance.now();
  /** The state at the last event of each phase. */
  readonly #lastStates: Record<Phase, AnyParams>;
  /** The latest prediction or answer of each item, and how many answers it has had. */
  readonly #latest = new Map<string, number | string>();
  readonly #attempts = new Map<string, number>();
  #isComplete = false;
  /** The last sentence on a run that diverged; undefined if the present run does not. */
  #divergence?: string;
  #frame = 0;
  #lastChange!: Pick<EventDetails["change"], "state" | "reason" | "summary">;

  constructor(host: HTMLElement, w: AnyWidget, start: AnyParams) {
    this.#host = host;
    this.#w = w;
    this.#lastStates = {input: start, commit: start};
  }

  /**
   * A result was drawn. `reason` is undefined at the start, whose predictions and answers the host is not told. Of later ones, and
   * of success (`isMet`: the challenge is met), it is told only if the reader caused them (`isReaders`), not the host itself.
   */
  onResult(
    result: unknown,
    state: AnyParams,
    summary: string,
    reason: Reason | undefined,
    isReaders: boolean,
    isMet: boolean,
  ) {
    this.#tellPredictions(result, state, isReaders);
    this.#tellAnswers(result, state, isReaders);
    if (isReaders && isMet) this.#tellSuccess();
    const text = this.#w.diverged?.(result, state);
    if (text && text !== this.#divergence) tellHost(this.#host, "error", {code: "diverged", text});
    this.#divergence = text;
    if (!reason) return;
    this.#lastChange = {state, reason, summary};
    this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  /** Nothing has changed for a while. `summary`: the sentence as it is spoken. */
  onSettled(summary: string) {
    // A page out of sight draws no frames.
    if (this.#frame) {
      cancelAnimationFrame(this.#frame);
      this.#flush();
    }
    this.#lastChange = {...this.#lastChange, summary};
    this.#tellChange("commit");
  }

  end() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #flush() {
    this.#frame = 0;
    this.#tellChange("input");
  }

  #tellChange(phase: Phase) {
    const {state} = this.#lastChange;
    const changed = Object.keys(state).filter((name) => state[name] !== this.#lastStates[phase][name]);
    this.#lastStates[phase] = state;
    this.#host.dispatchEvent(new Event(phase === "input" ? "input" : "change", eventInit));
    tellHost(this.#host, "change", {...this.#lastChange, changed, phase});
  }

  #tellPredictions(result: unknown, state: AnyParams, isReaders: boolean) {
    for (const prediction of this.#w.predictions?.(result, state) ?? [])
      if (this.#remember(`predict ${prediction.item}`, prediction.prediction) && isReaders)
        tellHost(this.#host, "predict", prediction);
  }

  #tellAnswers(result: unknown, state: AnyParams, isReaders: boolean) {
    for (const answer of this.#w.answers?.(result, state) ?? []) {
      if (!this.#remember(`answer ${answer.item}`, answer.response) || !isReaders) continue;
      const attempt = (this.#attempts.get(answer.item) ?? 0) + 1;
      this.#attempts.set(answer.item, attempt);
      tellHost(this.#host, "answer", {...answer, score: scoreOf(answer.correct), attempt});
    }
  }

  /** Tells the host once that the challenge is met. */
  #tellSuccess() {
    if (this.#isComplete) return;
    this.#isComplete = true;
    const seconds = (performance.now() - this.#startTime) / 1000;
    tellHost(this.#host, "complete", {success: true, score: scoreOf(true), duration: `PT${seconds.toFixed(2)}S`});
  }

  /** Remembers the value of an item. Gives whether it is another than before. */
  #remember(key: string, value: number | string): boolean {
    const before = this.#latest.get(key);
    this.#latest.set(key, value);
    return before !== value;
  }
}
