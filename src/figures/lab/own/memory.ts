/**
 * The lists that readers have written, in the memory of this page alone. A state names one by its number, so nothing of the words
 * is in an address, and a number means nothing on another page.
 */
const lists = new Map<string, readonly string[]>();

/** Keeps a list and gives its id, the one it has if it was kept before. */
export function hold(words: readonly string[]): string {
  const text = words.join();
  for (const [id, list] of lists) if (list.join() === text) return id;
  const id = String(lists.size + 1);
  lists.set(id, words);
  return id;
}

/** The list of an id; undefined if it was written on another page. */
export const held = (id: string): readonly string[] | undefined => lists.get(id);
