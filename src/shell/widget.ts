import type {Rich} from "../figures/text/symbol.ts";
import type {AnyParams, Controls, Params} from "./controls.ts";
import type {Bounds} from "./parse.ts";
import type {Player, Stage} from "./runs/player.ts";

/** Where a figure's numbers come from; shown as its badge. */
interface Provenance {
  kind: "paper" | "live" | "precomputed" | "estimate";
  text: string;
}

export interface Readout {
  label: Rich;
  value: string;
  note?: string;
}

/** The picture as rows: shown under "Data", saved as CSV. */
export interface Table {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

type Values = Readonly<Record<string, number | string>>;

/** What a reader has predicted, and what came of it; null where nothing is scored. */
export interface Prediction {
  item: string;
  prediction: number | string;
  actual: number | string | null;
  error: number | null;
}

export interface Answer {
  item: string;
  response: string;
  correct: boolean;
}

/** What a picture may ask of its widget. At build time nothing listens. */
export interface Act {
  /**
   * Puts the named parameters into the form, as if the reader had moved the controls. A drawing may be of an earlier
   * state, while its run is on its way: what depends on the present one asks for it. `sentence` is spoken of it in place of
   * the result.
   */
  set(params: Values | ((now: AnyParams) => Values), sentence?: string): void;
  /** Says a sentence to the reader that is no result: why a pasted matrix was refused, say. */
  say(sentence: string): void;
}

/** The snapshots of a run so far, the first at 0. */
export type Tape<F> = readonly F[];

/**
 * Runs whose every snapshot is kept: one control is the clock that says which of them is shown, and going back trains
 * nothing.
 */
export interface Recording<C extends Controls, R> {
  /** The control that counts snapshots from 0. */
  clock: keyof C & string;
  /** Parameters for the model's `compute`: of the run that is played, then of those drawn beside it to their ends. */
  runs(params: Params<C>): readonly object[];
  /** Runs take seconds, so what there is of the first is shown while the rest is on its way. */
  grows?: boolean;
  /** What is seen of the tapes: the first reaches the clock unless it grows or ends before, the others may still be short. */
  see(tapes: readonly Tape<never>[], params: Params<C>): R;
}

interface Widget<C extends Controls, R> {
  /** A question. */
  title: string;
  /** How to read and move the picture, one or two sentences. */
  guide: string;
  /** The works behind the picture and where in them, as a reader would cite them. */
  sources: readonly string[];
  /** Parameters to result: pure, deterministic, no DOM. A heavy widget has a model in `models.ts` and a player instead. */
  compute?(params: Params<C>): R;
  /** Loads what plays the model's runs, so that a page without a heavy widget has none of it. */
  player?(): Promise<{player(stage: Stage): Player}>;
  /** What the buttons of its run are called where `playback.ts` plays no film. */
  tools?: Partial<Record<"play" | "step" | "restart", string>>;
  /** What `recorder.ts` needs to know to play it. */
  recording?: Recording<C, R>;
  controls: C;
  bounds?(params: Params<C>): Bounds;
  /** Controls that do not answer now, by name: what was committed stays as it was. A link or a host still sets them. */
  locked?(params: Params<C>): readonly string[];
  /** Result to picture: idempotent, complete; the same call prerenders, hydrates and updates. */
  draw(picture: Element, result: R, params: Params<C>, act: Act): void;
  /** What is set, what came out, what it means: one sentence or two. */
  summary(result: R, params: Params<C>): string;
  readouts(result: R, params: Params<C>): readonly Readout[];
  table(result: R, params: Params<C>): Table;
  provenance(params: Params<C>, result: R): Provenance;
  /** What has been predicted, once it is known what came of it: a host hears of it. */
  predictions?(result: R, params: Params<C>): readonly Prediction[];
  /** What has been answered: a host hears of it, and of each change. */
  answers?(result: R, params: Params<C>): readonly Answer[];
  /** What to set so that a guess is asked for, or left out; `isFresh` when the figure begins, or begins anew. */
  asks?(isWanted: boolean, params: Params<C>, isFresh: boolean): Values;
  /** The state without what tells whether an answer is right: words and fields follow it where answers are not to be told. */
  withheld?(params: Params<C>): Params<C>;
  /** Why a run came to nothing, in words: a host hears of it. */
  diverged?(result: R, params: Params<C>): string | undefined;
  /** How much of the work is done, "3 of 70 runs", once it has begun; for `playback.ts`. */
  progress?(result: R): readonly [done: number, due: number, unit: string] | undefined;
  challenge: {text: string; met(result: R, params: Params<C>): boolean};
}
// biome-ignore lint/suspicious/noExplicitAny: the registry holds widgets of every parameter and result type
export type AnyWidget = Widget<any, any>;

/** One that gives its result at once. */
export type Whole<C extends Controls, R> = Widget<C, R> & {compute(params: Params<C>): R};
// biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
export type AnyWhole = Whole<any, any>;

type Heavy<C extends Controls, R> = Widget<C, R> & Required<Pick<Widget<C, R>, "player">>;

/** A widget that answers in the same tick. */
export const widget = <C extends Controls, R>(w: Whole<C, R>): Whole<C, R> => w;

/** One whose runs are computed in the worker. */
export const heavy = <C extends Controls, R>(w: Heavy<C, R>): Heavy<C, R> => w;
