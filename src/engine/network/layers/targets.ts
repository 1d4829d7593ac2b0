/** The target of a row that is ignored. */
export const IGNORED = -1;

/** How many of N rows of logits over V tokens are not ignored. Throws as `crossEntropy` does. */
export function countTargets(targets: Int32Array, N: number, V: number): number {
  if (targets.length !== N) throw new Error(`crossEntropy: ${targets.length} targets for ${N} rows of logits`);
  let counted = 0;
  targets.forEach((target, n) => {
    if (!(target >= IGNORED && target < V))
      throw new Error(
        `crossEntropy: target ${target} in row ${n}; it must be from 0 to ${V - 1}, or −1 to be left out`,
      );
    if (target !== IGNORED) counted += 1;
  });
  if (counted === 0) throw new Error("crossEntropy: every target is −1; at least one row must count");
  return counted;
}
