/** The runs that a reader keeps beside the one in the picture, as a control whose text a link can carry. */
import {type Controls, type HiddenText, hiddenText, type Params} from "../../figure/controls.ts";
import {type BoundsOf, parse} from "../../figure/parse.ts";

/** The largest number of kept runs of a figure. */
export const MAX_KEPT = 8;

/** How the kept runs of a figure are read and written. Their text is, for instance, "2-4-0.05_8-4-0.05". */
export interface KeptRuns<Run> {
  /** The parameters that a run depends on. */
  settingsOf(params: Run): Run;
  /** One run as text: its settings in order, "2-4-0.05". */
  textOf(run: Run): string;
  /** Text to runs. The text may come from anywhere, so `problem` says what is wrong with it. */
  read(text: string): {runs: readonly Run[]; problem?: undefined} | {runs?: undefined; problem: string};
  /** Runs to text. */
  write(runs: readonly Run[]): string;
  /** The control that holds them. */
  control: HiddenText;
}

interface KeptRunsOptions<Run> {
  /** The largest number of kept runs. */
  most: number;
  /** A valid run, quoted when text is refused. */
  example: string;
  boundsOf?: BoundsOf;
  /** Resets settings that do not affect a run to their defaults, so that equal runs have the same text. */
  plain?(run: Run): Run;
}

/** The most characters of one run with its separator. */
const MAX_RUN_LENGTH = 80;

/** The kept runs of a figure whose runs depend on the controls `settings`. */
export function keptRunsOf<C extends Controls>(
  settings: C,
  {most, example, boundsOf, plain = (run) => run}: KeptRunsOptions<Params<C>>,
): KeptRuns<Params<C>> {
  type Run = Params<C>;
  const names = Object.keys(settings) as (keyof C & string)[];
  const settingsOf = (params: Run): Run => plain(Object.fromEntries(names.map((name) => [name, params[name]])) as Run);
  const textOf = (run: Run): string => names.map((name) => run[name]).join("-");

  function read(text: string): ReturnType<KeptRuns<Run>["read"]> {
    const texts = text === "" ? [] : text.split("_");
    if (texts.length > most) return {problem: `There are ${texts.length} runs here; at most ${most} are kept.`};
    const runs: Run[] = [];
    for (const [i, runText] of texts.entries()) {
      const values = runText.split("-");
      const raw = Object.fromEntries(names.map((name, n) => [name, values[n]]));
      const {params, notes} = parse(settings, raw, boundsOf ? {boundsOf} : {});
      const run = settingsOf(params);
      if (values.length !== names.length || notes.length || textOf(run) !== runText)
        return {problem: `Run ${i + 1} should be settings such as ${example}.`};
      if (texts.indexOf(runText) < i) return {problem: `Run ${i + 1} repeats run ${texts.indexOf(runText) + 1}.`};
      runs.push(run);
    }
    return {runs};
  }

  return {
    settingsOf,
    textOf,
    read,
    write: (runs) => runs.map(textOf).join("_"),
    control: hiddenText(["kept runs"], most * MAX_RUN_LENGTH, (text) => read(text).problem),
  };
}
