/** The state of a figure. */
import type {AnyParams} from "../controls.ts";
import {type Bounds, type Parsed, parse} from "../parse.ts";
import type {AnyWidget} from "../widget.ts";
import type {CommonOptions} from "./commonOptions.ts";
import type {RawParams} from "./rawParams.ts";

/** The state after a change. */
interface Change {
  params: AnyParams;
  /** One sentence for each value that could not be taken as it was given. */
  notes: readonly string[];
  /** A new result is needed: some parameter differs from before, or the figure begins anew. */
  isNew: boolean;
}

/** The parameters of one figure and the only way to change them. Knows no DOM. */
export class FigureState {
  /** The common options in force (theme, lock, predict, …), and what they lock. */
  commonOptions: Partial<CommonOptions> = {};
  params: AnyParams;
  /** The present ends of the sliders whose ends depend on other parameters. */
  bounds: Bounds = {};
  readonly #w: AnyWidget;

  constructor(w: AnyWidget, initial: AnyParams) {
    this.#w = w;
    this.params = initial;
  }

  /** Takes raw values; what is missing or refused stays as it is. `isFresh` when the figure begins, or begins anew. */
  take(raw: RawParams, isFresh = false): Change {
    const before = this.params;
    const parsed = this.#parse(raw, before);
    const {notes} = parsed;
    const {params, bounds} = this.#withGuess(parsed, isFresh);
    Object.assign(this, {params, bounds});
    return {params, notes, isNew: isFresh || Object.keys(params).some((name) => params[name] !== before[name])};
  }

  /** The state to which taking `raw` would lead from `from`; undefined if a value could not be taken as it is. Changes nothing. */
  foresee(raw: RawParams, from: AnyParams): AnyParams | undefined {
    const parsed = this.#parse({...from, ...raw}, from);
    return parsed.notes.length ? undefined : this.#withGuess(parsed, false).params;
  }

  /** `raw` with the present values of what readers cannot change, by the form, in the picture or by a reset. */
  withoutFixed(raw: RawParams): RawParams {
    return {...raw, ...Object.fromEntries((this.commonOptions.fixed ?? []).map((name) => [name, this.params[name]]))};
  }

  /** The parameters as readers may know them: without what gives an answer away, where answers are withheld. */
  get readerParams(): AnyParams {
    return this.commonOptions.options?.answers === "0" ? (this.#w.withheld?.(this.params) ?? this.params) : this.params;
  }

  #parse(raw: RawParams, base: AnyParams): Parsed {
    return parse(this.#w.controls, raw, {base, boundsOf: this.#w.bounds});
  }

  /** Adds the values with which a guess is asked for or left out, if the host's option `predict` says so. */
  #withGuess(parsed: Parsed, isFresh: boolean): Parsed {
    const predict = this.commonOptions.options?.predict ?? "auto";
    if (predict === "auto" || !this.#w.asks) return parsed;
    const {params} = parsed;
    return this.#parse({...params, ...this.#w.asks(predict === "1", params, isFresh)}, params);
  }
}
