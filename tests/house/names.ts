import {posix} from "node:path";

/** Folders that hold more than `most` files themselves, with their count. */
export function crowded(paths: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > most).map(([folder, count]) => `${folder} has ${count} files`);
}

/**
 * Pairs of files whose names differ only in case and ending, such as `Address.astro` and `address.ts`: a reader who looks
 * for one finds the other. A component and its script may be a pair, side by side in one folder.
 */
export function alike(paths: readonly string[]): string[] {
  const stem = (path: string) => posix.basename(path).split(".")[0] as string;
  const byStem = new Map<string, string[]>();
  for (const path of paths) {
    const lower = stem(path).toLowerCase();
    byStem.set(lower, [...(byStem.get(lower) ?? []), path]);
  }
  const isAllowed = (one: string, two: string) => stem(one) === stem(two) || posix.dirname(one) === posix.dirname(two);
  return [...byStem.values()].flatMap((group) =>
    group.flatMap((one, i) => group.slice(i + 1).flatMap((two) => (isAllowed(one, two) ? [] : [`${one} and ${two}`]))),
  );
}
