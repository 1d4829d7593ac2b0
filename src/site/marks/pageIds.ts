/** For each page that is being rendered: how many cards it has, and the kinds of `isFirst` that it has. */
const cards = new WeakMap<Request, number>();
const kinds = new WeakMap<Request, Set<string>>();

/** The next unused card id on the page being rendered: card-1, card-2 and so on. */
export function nextCardId(page: Request): string {
  const n = (cards.get(page) ?? 0) + 1;
  cards.set(page, n);
  return `card-${n}`;
}

/** Whether this is the first call with this kind on the page being rendered. */
export function isFirst(page: Request, kind: string): boolean {
  const taken = kinds.get(page) ?? new Set<string>();
  kinds.set(page, taken);
  return taken.size < taken.add(kind).size;
}

/** The id itself the first time it is used on a page, and undefined after that: an id may occur only once. */
export const anchorOnce = (page: Request, id: string): string | undefined => (isFirst(page, id) ? id : undefined);
