import {type Controls, type Hidden, hidden, type Params} from "../../shell/controls.ts";
import {type BoundsOf, parse} from "../../shell/parse.ts";

/** Runs of a widget that are kept beside the one in the picture, as a link carries them. */
export interface Keeper<Run> {
  /** What a run depends on, out of all parameters. */
  settingsOf(params: Run): Run;
  /** "2-4-0.05": a run for a link, its settings in their order. */
  written(run: Run): string;
  /** "2-4-0.05_8-4-0.05" → the runs; text from anywhere, so what is no run is refused in words. */
  read(text: string): {runs: readonly Run[]; problem?: undefined} | {runs?: undefined; problem: string};
  keep(runs: readonly Run[]): string;
  /** The control that holds them. */
  control: Hidden;
}

export interface KeeperOptions<Run> {
  /** Runs kept at most. */
  most: number;
  /** A run as it is written, for the sentence that refuses another text. */
  example: string;
  boundsOf?: BoundsOf;
  /** A run with what does not matter to it as it starts, so that equal runs are written alike. */
  plain?(run: Run): Run;
}

/** Characters of a run and the sign before the next, at most. */
const LONGEST = 80;

/** `settings` are the controls that a run depends on. */
export function keeper<C extends Controls>(
  settings: C,
  {most, example, boundsOf, plain = (run) => run}: KeeperOptions<Params<C>>,
): Keeper<Params<C>> {
  type Run = Params<C>;
  const names = Object.keys(settings) as (keyof C & string)[];
  const settingsOf = (params: Run): Run => plain(Object.fromEntries(names.map((name) => [name, params[name]])) as Run);
  const written = (run: Run): string => names.map((name) => run[name]).join("-");

  function read(text: string): ReturnType<Keeper<Run>["read"]> {
    const texts = text === "" ? [] : text.split("_");
    if (texts.length > most) return {problem: `${texts.length} runs came; at most ${most} are kept.`};
    const runs: Run[] = [];
    for (const [i, one] of texts.entries()) {
      const values = one.split("-");
      const raw = Object.fromEntries(names.map((name, n) => [name, values[n]]));
      const {params, notes} = parse(settings, raw, boundsOf ? {boundsOf} : {});
      const run = settingsOf(params);
      if (values.length !== names.length || notes.length || written(run) !== one)
        return {problem: `Run ${i + 1} should be settings such as ${example}.`};
      if (texts.indexOf(one) < i) return {problem: `Run ${i + 1} is run ${texts.indexOf(one) + 1} again.`};
      runs.push(run);
    }
    return {runs};
  }

  return {
    settingsOf,
    written,
    read,
    keep: (runs) => runs.map(written).join("_"),
    control: hidden(["kept runs"], most * LONGEST, (text) => read(text).problem),
  };
}
