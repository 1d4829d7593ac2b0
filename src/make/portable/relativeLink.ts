import {posix} from "node:path";

/** The address that a site was built for. */
export interface BuiltFor {
  /** The path of the site's root, with both slashes. */
  base: string;
  /** If the build had no SITE: the placeholder origin in its absolute addresses, which become relative too. */
  origin?: string;
}

/** The path below the base of a link that starts at the root; undefined for a relative link or one to another site. */
function withinSite(link: string, {base, origin}: BuiltFor): string | undefined {
  const path = origin !== undefined && `${link}/`.startsWith(`${origin}/`) ? link.slice(origin.length) || "/" : link;
  if (!path.startsWith("/") || path.startsWith("//")) return undefined;
  if (!path.startsWith(base)) throw new Error(`portable: ${link} lies outside ${base}`);
  return path.slice(base.length);
}

/**
 * A link of the page `file` (its path below the site's root), made relative: `/lora/glossary/#rank` on
 * `chapters/low-rank/index.html` → `../../glossary/index.html#rank`. It names a folder's index.html, because a disk and some
 * hosts do not look for it. Links to other sites stay as they are. Throws if a link leaves the base.
 */
export function relativeLink(link: string, file: string, built: BuiltFor): string {
  const within = withinSite(link, built);
  if (within === undefined) return /^([a-z][a-z\d+.-]*:|\/\/|[#?]|$)/i.test(link) ? link : named(link).join("");
  const [target, rest] = named(within);
  // With its own name in front, a link within the page would load the page again.
  if (target === file && rest.startsWith("#")) return rest;
  return posix.relative(posix.dirname(file), target) + rest;
}

/** The relative path from the page `file` to the site's root, with a slash at its end. */
export const rootFrom = (file: string): string => posix.relative(posix.dirname(file), ".").replace(/.$/, "$&/") || "./";

/** An address as its path, with index.html added to a folder, and its query and fragment. */
function named(address: string): [path: string, rest: string] {
  const at = `${address}#`.search(/[?#]/);
  const path = address.slice(0, at);
  return [
    /(^|\/)\.?\.?$/.test(path) ? `${path.replace(/(^|\/)(\.\.?)$/, "$1$2/")}index.html` : path,
    address.slice(at),
  ];
}
