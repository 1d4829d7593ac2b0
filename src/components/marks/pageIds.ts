const cards = new WeakMap<Request, number>();
const anchors = new WeakMap<Request, Set<string>>();

/** The next unused card id on the page being rendered: card-1, card-2 and so on. */
export function nextCardId(page: Request): string {
  const n = (cards.get(page) ?? 0) + 1;
  cards.set(page, n);
  return `card-${n}`;
}

/** The id itself the first time it is used on a page, and undefined after that: an id may occur only once. */
export function anchorOnce(page: Request, id: string): string | undefined {
  const taken = anchors.get(page) ?? new Set<string>();
  anchors.set(page, taken);
  if (taken.has(id)) return undefined;
  taken.add(id);
  return id;
}
