import type {AnyParams} from "../../src/figure/controls.ts";
import {differences} from "../../src/figure/parse.ts";
import type {RunModel} from "../../src/figure/runs/serve.ts";
import type {AnyWhole, Complete} from "../../src/figure/widget.ts";
import type {Claims} from "../figures/oracles/oracle.ts";
import {written} from "../figures/promises/golden.ts";
import {illWritten, lost, outside, ragged, unlikeClaims, unlikeSentence} from "../figures/promises/properties.ts";
import {emptyRoot, show} from "../figures/promises/stage.ts";
import {CLAIMED, type Samples, stateOf} from "./states.ts";
import type {Stopwatch} from "./stopwatch.ts";
import type {Subject} from "./subject.ts";
import {tapes} from "./tapes.ts";

export interface Fuzzed {
  name: string;
  w: Complete;
  model?: RunModel;
  /** What its hidden controls take. */
  samples: Samples;
  claims?(params: AnyParams, result: unknown): Claims;
}

/** In one state of these it is asked whether a figure drawn over another is the same as one drawn anew. */
const REDRAWN = 10;
/** Snapshots that a run without a clock is followed for, where it is. */
const FOLLOWED = 40;

/** Random states of one widget, computed, drawn and read. */
export function widgetStates({name, w, model, samples, claims}: Fuzzed, seed: number): Subject {
  let runs = model && tapes(model);
  const state = (n: number) => stateOf(w, samples, seed, n);

  /** What a page shows of these parameters; `frames` snapshots on where the run is no recorded one. */
  async function compute(params: AnyParams, watch: Stopwatch, frames = 0): Promise<unknown> {
    if (!runs) return watch.piece(() => (w as AnyWhole).compute(params));
    return w.recording ? runs.see(w.recording, params, watch) : (await runs.reach(params, frames, watch)).at(-1);
  }
  const draw = (root: Element, params: AnyParams, result: unknown, watch: Stopwatch) =>
    watch.piece(() => void show(root, {...w, compute: () => result}, params));

  async function check(n: number, watch: Stopwatch): Promise<string[]> {
    const params = state(n);
    const problems = [...outside(w, params).map((one) => `outside its control: ${one}`), ...lost(w, params)];
    const isFollowed = n % REDRAWN === REDRAWN - 1;
    const result = await compute(params, watch, isFollowed ? n % FOLLOWED : 0);
    const root = emptyRoot();
    draw(root, params, result, watch);
    problems.push(...illWritten(root), ...unlikeSentence(w.summary(result, params)), ...ragged(w, params, result));
    if (isFollowed) {
      const over = emptyRoot();
      const before = state(n - 1);
      draw(over, before, await compute(before, watch), watch);
      draw(over, params, result, watch);
      for (const part of [".picture", ".data"])
        if (written(over.querySelector(part)!) !== written(root.querySelector(part)!))
          problems.push(`${part} drawn over the state before is not what it is when drawn anew`);
    }
    if (claims && n % CLAIMED === 0) problems.push(...unlikeClaims(w, params, result, claims(params, result)));
    return problems;
  }

  /** As the worker does before a run of these. */
  async function ready(n: number) {
    for (const params of [state(n), ...(n ? [state(n - 1)] : [])])
      for (const run of w.recording?.runs(params) ?? [params]) await model?.ready?.(run);
  }

  return {
    check,
    ready,
    describe: (n) => `/widgets/${name}/?${new URLSearchParams(differences(w.controls, state(n)))}`,
    forget() {
      runs?.close();
      runs = model && tapes(model);
    },
  };
}
