/** What is said of the words of a merge. */

/** "ann, bea and –", where a word that ended at once is a dash. */
export function inWords(words: readonly string[]): string {
  const all = words.map((word) => word || "–");
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** How many words of the merge each adapter writes by itself, row by row. */
export function likeness(
  [w1, w2]: readonly [number, number],
  one: readonly string[],
  two: readonly string[],
  merge: readonly string[],
): string {
  const rows = "Each row comes from the same random draws.";
  if (w1 === 0 && w2 === 0) return `${rows} With both weights at 0 the last column is the base alone.`;
  const [first, second] = [one, two].map((words) => merge.filter((word, i) => word === words[i]).length) as [
    number,
    number,
  ];
  const all = merge.length;
  if (first === all || second === all) return `${rows} The merge writes what ${first === all ? 1 : 2} alone writes.`;
  if (first + second === 0) return `${rows} The merge shares no word with either adapter.`;
  const share = (count: number, which: number) => `${count === 0 ? "none" : `${count} of ${all}`} with ${which} alone`;
  return `${rows} The merge shares ${share(first, 1)} and ${share(second, 2)}.`;
}
