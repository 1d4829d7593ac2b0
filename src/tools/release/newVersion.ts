/** The rules of a new version: whether it may follow, and what it changes in the files that name it. */

const numbers = (version: string): number[] => version.split(".").map(Number);

/** Why `next` cannot follow `current`, "" if it can: it is three numbers, and later than `current`. */
export function versionProblem(next: string, current: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(next)) return `A version is three numbers, such as 1.2.0; “${next}” is not.`;
  const [[a = 0, b = 0, c = 0], [x = 0, y = 0, z = 0]] = [numbers(next), numbers(current)];
  const isLater = a - x || b - y || c - z;
  return isLater > 0 ? "" : `The version is ${current}; ${next} is not later.`;
}

/** The text of a JSON file whose first `times` entries "version" name `current`, with `next` in their place. Throws where there are fewer. */
export function withVersion(text: string, current: string, next: string, times = 1): string {
  const parts = text.split(`"version": "${current}"`);
  if (parts.length <= times) throw new Error(`expected ${times} × "version": "${current}", got ${parts.length - 1}`);
  const [head, tail] = [parts.slice(0, times + 1), parts.slice(times + 1)];
  return [head.join(`"version": "${next}"`), ...tail].join(`"version": "${current}"`);
}

/**
 * A changelog whose heading "## Next" becomes that of `next`. Without such a heading, a section for `next` above the latest version
 * says that no changes were noted.
 */
export function withRelease(changelog: string, next: string): string {
  if (/^## Next$/m.test(changelog)) return changelog.replace(/^## Next$/m, `## ${next}`);
  if (!/^## /m.test(changelog))
    throw new Error("a changelog has a heading “## ” for each version, and this one has none");
  return changelog.replace(/^## /m, `## ${next}\n\n- No changes noted.\n\n## `);
}
