import type {AnyParams, Controls} from "../../src/figure/controls.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";
import {through} from "../figures/promises/stage.ts";
import {randomValue} from "../figures/promises/states.ts";
import {mutateText, oneOf, type Random} from "./mutate.ts";
import {randomOf} from "./subject.ts";

export type Samples = Readonly<Record<string, readonly string[]>>;

/** What a reader may well write, and a figure may then show: no sign of a value that is missing. */
const readsAsMissing = /\b(NaN|Infinity|undefined|null)\b/;

/** States in a row that share one run, where a run takes its time. */
export const ROW = 10;

/** An independent computation costs as much as the widget's own: it is asked in one state of these. */
export const CLAIMED = 20;

/** Raw values for every control, as a link might bring them. Where `isStrange`, a text of the picture's is often one that nobody drew. */
function rawState(w: AnyWidget, samples: Samples, random: Random, isStrange: boolean): Record<string, unknown> {
  const texts = (name: string) => samples[name] ?? [""];
  return Object.fromEntries(
    Object.entries(w.controls as Controls).map(([name, control]) => {
      if (control.kind !== "hidden") return [name, randomValue(name, control, samples, random)];
      const text = oneOf(random, texts(name));
      const mutant = mutateText(text, random, texts(name));
      return [name, !isStrange || random() < 0.5 || readsAsMissing.test(mutant) ? text : mutant];
    }),
  );
}

/**
 * The nth state, as the gate lets it through. Of a recorded widget ten in a row have one run: the others differ from the
 * first of them in the clock and whatever else does not change what is trained.
 */
export function stateOf(w: AnyWidget, samples: Samples, seed: number, n: number): AnyParams {
  const {recording} = w;
  // Of numbers near the end of what float64 holds, no other way of computing says the same.
  const at = (index: number) => rawState(w, samples, randomOf(seed, index), index % CLAIMED !== 0);
  if (!recording || n % ROW === 0) return through(w, at(n));
  const runOf = (params: AnyParams) => JSON.stringify(recording.runs(params)[0]);
  const first = through(w, at(n - (n % ROW)));
  let state = first;
  for (const [name, value] of Object.entries(at(n))) {
    const next = through(w, {...state, [name]: value});
    if (runOf(next) === runOf(first)) state = next;
  }
  return state;
}
