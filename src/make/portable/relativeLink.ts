import {posix} from "node:path";

/** The address a site was built for, which a portable one forgets. */
export interface BuiltFor {
  /** Where the site's root is below the origin, with both slashes. */
  base: string;
  /** Origin in absolute addresses of pages that have none of their own (nobody said SITE); such addresses become relative too. */
  origin?: string;
}

/** A path that starts at the origin's root, as a path below the base; undefined when it is an address elsewhere, or relative already. */
function withinSite(link: string, {base, origin}: BuiltFor): string | undefined {
  const path = origin !== undefined && `${link}/`.startsWith(`${origin}/`) ? link.slice(origin.length) || "/" : link;
  if (!path.startsWith("/") || path.startsWith("//")) return undefined;
  if (!path.startsWith(base)) throw new Error(`portable: ${link} lies outside ${base}`);
  return path.slice(base.length);
}

/**
 * A link of the page `file` (its path below the site's root) from where that page stands: `/lora/glossary/#rank` on
 * `chapters/low-rank/index.html` → `../../glossary/index.html#rank`. A folder's index is named: a disk and some hosts look for none.
 * Links elsewhere stay as they are, and relative ones but for that name. Throws where a link leaves the base.
 */
export function relativeLink(link: string, file: string, built: BuiltFor): string {
  const within = withinSite(link, built);
  if (within === undefined) return /^([a-z][a-z\d+.-]*:|\/\/|[#?]|$)/i.test(link) ? link : named(link).join("");
  const [target, rest] = named(within);
  // Told by its name, the page one is on would be loaded again.
  if (target === file && rest.startsWith("#")) return rest;
  return posix.relative(posix.dirname(file), target) + rest;
}

/** The way from the page `file` to the site's root, with its slash. */
export const rootFrom = (file: string): string => posix.relative(posix.dirname(file), ".").replace(/.$/, "$&/") || "./";

/** An address cut before its query or fragment, and an index named in the first part. */
function named(address: string): [path: string, rest: string] {
  const at = `${address}#`.search(/[?#]/);
  const path = address.slice(0, at);
  return [
    /(^|\/)\.?\.?$/.test(path) ? `${path.replace(/(^|\/)(\.\.?)$/, "$1$2/")}index.html` : path,
    address.slice(at),
  ];
}
