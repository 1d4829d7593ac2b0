import type {Rich} from "../figures/symbol.ts";
import type {AnyParams, Controls, Params} from "./controls.ts";
import type {Bounds} from "./parse.ts";

/** Where a figure's numbers come from; shown as its badge. */
export interface Provenance {
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

/** What a picture may ask of its widget. At build time nothing listens. */
export interface Act {
  /** Puts the named parameters into the form, as if the reader had moved the controls. */
  set(params: Readonly<Record<string, number | string>>): void;
  /** Says a sentence to the reader that is no result: why a pasted matrix was refused, say. */
  say(sentence: string): void;
}

export interface Widget<C extends Controls, R> {
  /** A question. */
  title: string;
  /** How to read and move the picture, one or two sentences. */
  guide: string;
  /** The works behind the picture and where in them, as a reader would cite them. */
  sources: readonly string[];
  /** compute is a generator that yields snapshots: it runs in the worker, and waits for Play. */
  heavy?: boolean;
  controls: C;
  bounds?(params: Params<C>): Bounds;
  /** Controls that do not answer now, by name: what was committed stays as it was. A link or a host still sets them. */
  locked?(params: Params<C>): readonly string[];
  /** Parameters to result: pure, deterministic, no DOM. */
  compute(params: Params<C>): R | Generator<R, void>;
  /** Result to picture: idempotent, complete; the same call prerenders, hydrates and updates. */
  draw(picture: Element, result: R, params: Params<C>, act: Act): void;
  /** What is set, what came out, what it means: one sentence or two. */
  summary(result: R, params: Params<C>): string;
  readouts(result: R, params: Params<C>): readonly Readout[];
  table(result: R, params: Params<C>): Table;
  provenance(params: Params<C>): Provenance;
  /** Share of the work done, 0 to 1; for heavy widgets. */
  progress?(result: R): number;
  challenge: {text: string; met(result: R, params: Params<C>): boolean};
}
// biome-ignore lint/suspicious/noExplicitAny: the registry holds widgets of every parameter and result type
export type AnyWidget = Widget<any, any>;

export const widget = <C extends Controls, R>(w: Widget<C, R>): Widget<C, R> => w;

export const isJob = <R>(x: R | Generator<R, void>): x is Generator<R, void> =>
  typeof (x as {next?: unknown})?.next === "function";

/** The first result: what the page shows before anything is moved. */
export function firstResult(w: AnyWidget, params: AnyParams): unknown {
  const result = w.compute(params);
  return isJob(result) ? result.next().value : result;
}
