import {fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import type {SweepResult, SweepRow} from "./model.ts";

/** Every row has all its results. */
export const isWhole = ({live, pretrained}: SweepResult): boolean =>
  pretrained === undefined && (!live || live.done === live.due);

/** Nats a letter, or a share of exact answers. */
export const sweepResultText = (isWords: boolean, result: number): string =>
  isWords ? fixed(result, 4) : percent(result);

/** Worst first. */
export const byMean = (rows: readonly SweepRow[]): SweepRow[] => rows.toSorted((a, b) => b.mean - a.mean);

/** The short sentence, for a card. */
export function says(result: SweepResult): string {
  const {live, pretrained, machine, isWords, rows, seeds} = result;
  if (pretrained !== undefined)
    return `This base is being pretrained first: ${whole(pretrained)} of ${whole(machine!.steps)} steps.`;
  if (live && !isWhole(result)) return `${live.done} of ${live.due} runs made here so far.`;
  const ordered = byMean(rows);
  if (isWords) {
    const [best, worst] = [ordered.at(-1)!, ordered[0]!];
    const doubt = ({mean}: SweepRow) => fixed(lettersInDoubt(mean), 1);
    return `Best: ${best.name}, ${doubt(best)} letters in doubt; worst: ${worst.name}, ${doubt(worst)}. Where dots overlap, compare means and spread.`;
  }
  const at = (isEvery: boolean) => rows.filter(({there}) => there === (isEvery ? seeds : 0)).length;
  const [every, none, of] = [at(true), at(false), `of ${rows.length} rows`];
  if (every === 0 && none === 0) return `In all ${rows.length} rows some seeds learn it and others do not.`;
  const head = every === 0 ? `In none ${of} does every seed learn it` : `Every seed learns it in ${every} ${of}`;
  if (none > 0) return `${head}, and no seed does in ${none}.`;
  return every === rows.length ? `${head}.` : `${head}; in the others some seeds do.`;
}
