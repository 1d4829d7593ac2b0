export type Attributes = Readonly<Record<string, string>>;

/** The attributes that may be parameters. `title` is one of HTML's own too: only as 0 or 1 does it speak to us. */
export const attributesOf = (host: Element): Attributes =>
  Object.fromEntries(
    Array.from(host.attributes, ({name, value}): [string, string] => [name, value]).filter(
      ([name, value]) => name !== "title" || /^[01]$/.test(value),
    ),
  );

/** Follows what others write into an element's attributes: `heed` hears what changed (null: taken away), `write` is not heard. */
export function follow(host: Element, heed: (changes: Readonly<Record<string, string | null>>) => void) {
  let known = attributesOf(host);
  function look() {
    const now = attributesOf(host);
    const changed = Object.keys({...known, ...now}).filter((name) => known[name] !== now[name]);
    known = now;
    if (changed.length) heed(Object.fromEntries(changed.map((name) => [name, now[name] ?? null])));
  }
  const observer = new MutationObserver(look);
  const start = () => observer.observe(host, {attributes: true});
  start();
  return {
    /** Writes what `values` gives once all that others wrote is heard. */
    write(values: () => Attributes) {
      look();
      for (const [name, value] of Object.entries(values()))
        if (host.getAttribute(name) !== value) host.setAttribute(name, value);
      known = attributesOf(host);
    },
    end: () => observer.disconnect(),
    /** In the page again: what was written meanwhile is heard now. */
    back() {
      start();
      look();
    },
  };
}
