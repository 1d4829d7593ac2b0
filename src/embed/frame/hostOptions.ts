/** What a host asks for in the address of the frame. */
export interface HostOptions {
  /** The name that the host gave to this frame. */
  id?: string;
  /** The only origin that this frame sends messages to and takes them from. Null when the address names an impossible one: then the frame sends nothing. */
  origin?: string | null;
  /** WordPress's secret for the frame. */
  secret?: string;
  /** pym's name for the frame. */
  childId?: string;
  /** A sentence for the id and one for the origin, if it could not be used. */
  notes: readonly string[];
}

/** A name of at most 64 letters, digits, _ and -; undefined for anything else. */
const validName = (text: string | null): string | undefined =>
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

/** Reads an embed page's address: `?id=&origin=&childId=#?secret=`. */
export function readHostOptions({search, hash}: Pick<Location, "search" | "hash">): HostOptions {
  const query = new URLSearchParams(search);
  const asked = {id: query.get("id"), origin: query.get("origin")};
  const origin = asked.origin === null ? undefined : originOf(asked.origin);
  const options = {
    id: validName(asked.id),
    origin,
    secret: validName(new URLSearchParams(hash.replace(/^#\??/, "")).get("secret")),
    childId: validName(query.get("childId")),
  };
  const refusalText = (name: string, expected: string, value: string) =>
    `${name} should be ${expected}; “${value.length > 40 ? `${value.slice(0, 40)}…` : value}” is not, so`;
  return {
    ...options,
    notes: [
      ...(asked.id !== null && options.id === undefined
        ? [`${refusalText("id", "at most 64 letters, digits, _ and -", asked.id)} this frame has none.`]
        : []),
      ...(origin === null
        ? [`${refusalText("origin", "the scheme and the host of a page", asked.origin!)} no page hears this frame.`]
        : []),
    ],
  };
}
