import type {AnyParams} from "../controls.ts";
import type {Answer, AnyWidget, Prediction} from "../widget.ts";

/** Why a state is not what it was: by the reader's hand, by a word of the host, or because a run plays. */
export type Reason = "user" | "host" | "animation";

export interface Score {
  raw: number;
  min: number;
  max: number;
  scaled: number;
}

/** What each event says: `lora-ready` has the first as its `detail`, an embed's message `lora:ready` has it as its body. */
export interface Told {
  ready: {state: AnyParams; summary: string; height: number; version: string};
  change: {
    state: AnyParams;
    /** Names of the parameters that are not as at the last event of this phase. */
    changed: readonly string[];
    reason: Reason;
    /** While it moves, at most once a frame; and once it has settled. */
    phase: "input" | "commit";
    summary: string;
  };
  predict: Prediction;
  answer: Answer & {score: Score; attempt: number};
  /** `duration` since the widget began, as ISO 8601 has it. */
  complete: {success: boolean; score: Score; duration: string};
  error: {code: "name" | "start" | "run" | "diverged"; text: string};
}

const passing = {bubbles: true, composed: true};

/** An event that leaves the element's shadow root and goes up the host's page. */
export function tell<T extends keyof Told>(host: EventTarget, type: T, detail: Told[T]) {
  host.dispatchEvent(new CustomEvent(`lora-${type}`, {...passing, detail}));
}

const scored = (isRight: boolean): Score => ({raw: +isRight, min: 0, max: 1, scaled: +isRight});

/** Tells the host of one widget what becomes of it: `input` and `change` as a field has them, and the `lora-` events. */
export function teller(host: HTMLElement, w: AnyWidget, start: AnyParams) {
  const begun = performance.now();
  const known = {input: start, commit: start};
  /** The latest said of each item, and how many answers it has had. */
  const latest = new Map<string, number | string>();
  const attempts = new Map<string, number>();
  let isComplete = false;
  let why: string | undefined;
  let frame = 0;
  let now: Pick<Told["change"], "state" | "reason" | "summary">;

  function change(phase: "input" | "commit") {
    const changed = Object.keys(now.state).filter((name) => now.state[name] !== known[phase][name]);
    known[phase] = now.state;
    host.dispatchEvent(new Event(phase === "input" ? "input" : "change", passing));
    tell(host, "change", {...now, changed, phase});
  }
  function flush() {
    frame = 0;
    change("input");
  }
  const isNews = (key: string, said: number | string): boolean => {
    const was = latest.get(key);
    latest.set(key, said);
    return was !== said;
  };

  return {
    /** A result is drawn. What it says at the start is known already; what a host sets or plays, so not `isOwn`, is nobody's answer. */
    drawn(
      result: unknown,
      state: AnyParams,
      summary: string,
      reason: Reason | undefined,
      isOwn: boolean,
      isMet: boolean,
    ) {
      for (const one of w.predictions?.(result, state) ?? [])
        if (isNews(`predict ${one.item}`, one.prediction) && isOwn) tell(host, "predict", one);
      for (const one of w.answers?.(result, state) ?? []) {
        if (!isNews(`answer ${one.item}`, one.response) || !isOwn) continue;
        const attempt = (attempts.get(one.item) ?? 0) + 1;
        attempts.set(one.item, attempt);
        tell(host, "answer", {...one, score: scored(one.correct), attempt});
      }
      if (isOwn && !isComplete && isMet) {
        isComplete = true;
        const seconds = (performance.now() - begun) / 1000;
        tell(host, "complete", {success: true, score: scored(true), duration: `PT${seconds.toFixed(2)}S`});
      }
      const text = w.diverged?.(result, state);
      if (text && text !== why) tell(host, "error", {code: "diverged", text});
      why = text;
      if (!reason) return;
      now = {state, reason, summary};
      frame ||= requestAnimationFrame(flush);
    },
    /** Nothing has moved for a while. `summary`: as it is spoken. */
    settled(summary: string) {
      // A page out of sight draws no frames.
      if (frame) {
        cancelAnimationFrame(frame);
        flush();
      }
      now = {...now, summary};
      change("commit");
    },
    end() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
