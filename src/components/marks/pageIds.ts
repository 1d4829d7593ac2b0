const cards = new WeakMap<Request, number>();
const anchors = new WeakMap<Request, Set<string>>();

/** The next unused card id of the page being rendered: card-1, card-2, … in the order of the text. */
export function nextCardId(page: Request): string {
  const n = (cards.get(page) ?? 0) + 1;
  cards.set(page, n);
  return `card-${n}`;
}

/** The id itself the first time a page asks for it, undefined after: an anchor stands once on a page. */
export function anchorOnce(page: Request, id: string): string | undefined {
  const taken = anchors.get(page) ?? new Set<string>();
  anchors.set(page, taken);
  if (taken.has(id)) return undefined;
  taken.add(id);
  return id;
}
