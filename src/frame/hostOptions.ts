/** What a frame's address says about its host. */
export interface Asked {
  /** The host's own name for this frame. */
  id?: string;
  /** Whom it speaks to, and whom alone it hears; null: nobody, because the address names none that could be. */
  origin?: string | null;
  xapi: boolean;
  /** WordPress's word for the frame. */
  secret?: string;
  /** pym's. */
  childId?: string;
  /** What could not be taken as it came, one sentence each. */
  notes: readonly string[];
}

const word = (text: string | null): string | undefined =>
  text !== null && /^[\w-]{1,64}$/.test(text) ? text : undefined;

/** An origin as browsers write it, or null. */
function originOf(text: string): string | null {
  try {
    const {origin, href} = new URL(text);
    return origin !== "null" && href === `${origin}/` ? origin : null;
  } catch {
    return null;
  }
}

/** Reads an embed page's address: `?id=&origin=&xapi=&childId=#?secret=`. */
export function askedBy({search, hash}: Pick<Location, "search" | "hash">): Asked {
  const query = new URLSearchParams(search);
  const given = {id: query.get("id"), origin: query.get("origin"), xapi: query.get("xapi") ?? "0"};
  const origin = given.origin === null ? undefined : originOf(given.origin);
  const asked = {
    id: word(given.id),
    origin,
    xapi: given.xapi === "1",
    secret: word(new URLSearchParams(hash.replace(/^#\??/, "")).get("secret")),
    childId: word(query.get("childId")),
  };
  const refuse = (name: string, due: string, came: string) =>
    `${name} should be ${due}; “${came.length > 40 ? `${came.slice(0, 40)}…` : came}” is not, so`;
  return {
    ...asked,
    notes: [
      ...(given.id !== null && asked.id === undefined
        ? [`${refuse("id", "at most 64 letters, digits, _ and -", given.id)} this frame has none.`]
        : []),
      ...(origin === null
        ? [`${refuse("origin", "the scheme and the host of a page", given.origin!)} no page hears this frame.`]
        : []),
      ...(/^[01]$/.test(given.xapi) ? [] : [`${refuse("xapi", "0 or 1", given.xapi)} it is 0.`]),
    ],
  };
}
