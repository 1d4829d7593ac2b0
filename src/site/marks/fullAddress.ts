import {href} from "./href.ts";
import {HOST, knownAddress} from "./siteAddress.ts";

/** The full address of a path, on the host that the site is built for: fullAddress("og/site.png") → "https://example.org/lora/og/site.png". */
export const fullAddress = (path: string): string => new URL(href(path), import.meta.env.SITE).href;

/** The site's root in codes to paste and addresses to copy. Without a given origin it begins with `HOST`, because an assumed one would be of no use elsewhere. */
export function homeToPaste(): string {
  const root = href("/");
  return knownAddress(root, new URL(import.meta.env.SITE)) ?? HOST + root;
}
