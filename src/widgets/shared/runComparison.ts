/** What each setting is called, and how its value is written; undefined where it does not matter to that run. */
export type Said<Run> = Readonly<
  Record<keyof Run & string, readonly [name: string, value: (run: Run) => string | undefined]>
>;

/** "r went from 2 to 4 and the optimizer went from SGD to AdamW". */
export function changes<Run>(said: Said<Run>, from: Run, to: Run): string {
  const all = (Object.keys(said) as (keyof Run & string)[]).flatMap((name) => {
    const [called, value] = said[name];
    const [was, is] = [value(from), value(to)];
    return was === undefined || is === undefined || was === is ? [] : `${called} went from ${was} to ${is}`;
  });
  return [all.slice(0, -1).join(", "), all.at(-1)].filter(Boolean).join(" and ");
}

/**
 * The two runs that a sentence compares, by their names: the last that was kept and the one in the picture, or the last
 * two that were kept when that in the picture is the last of them. Undefined while there is only one.
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
