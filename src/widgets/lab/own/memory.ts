/**
 * The lists that readers have written, in the memory of this page alone: a state names one by its id, and nothing but an id is
 * in an address or kept.
 */
const lists = new Map<string, readonly string[]>();

/** FNV-1a, 32 bits, of the words in order: the same words have the same id on every page. */
function idOf(words: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const sign of words.join(" ")) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Keeps a list and gives its id. */
export function hold(words: readonly string[]): string {
  const id = idOf(words);
  lists.set(id, words);
  return id;
}

/** The list of an id; undefined if it was written on another page. */
export const held = (id: string): readonly string[] | undefined => lists.get(id);
