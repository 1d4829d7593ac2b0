/** Which two runs a sentence compares, and what changed from one to the other. */
import {listText} from "./listText.ts";

/** Each setting's name and how to print its value; undefined where the setting does not apply to a run. */
export type SettingTexts<Run> = Readonly<
  Record<keyof Run & string, readonly [name: string, value: (run: Run) => string | undefined]>
>;

/** What changed from one run to another: "r went from 2 to 4 and the optimizer went from SGD to AdamW". */
export function changesText<Run>(texts: SettingTexts<Run>, from: Run, to: Run): string {
  const all = (Object.keys(texts) as (keyof Run & string)[]).flatMap((setting) => {
    const [name, value] = texts[setting];
    const [was, is] = [value(from), value(to)];
    return was === undefined || is === undefined || was === is ? [] : `${name} went from ${was} to ${is}`;
  });
  return listText(all);
}

/**
 * The two runs that a sentence compares, with their names: the last kept run and the one in the picture; or, if the one in
 * the picture is the last kept one, the last two kept runs. Undefined if there is only one run.
 */
export function lastTwo<Run>(
  kept: readonly Run[],
  now: Run,
  isSame: (one: Run, other: Run) => boolean,
): readonly [before: Run & {name: string}, after: Run & {name: string}] | undefined {
  const all = kept.map((run, i) => ({...run, name: `run ${i + 1}`}));
  const last = all.at(-1);
  const isNew = !last || !isSame(last, now);
  const [before, after] = isNew ? [last, {...now, name: "this run"}] : [all.at(-2), last];
  return before && after ? [before, after] : undefined;
}
