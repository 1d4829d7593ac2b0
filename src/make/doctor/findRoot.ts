import {parseHTML} from "linkedom";
import type {Answer, Ask} from "./fetchSite.ts";

/** Every build has this file in its root, and no host has it by chance. */
const MARK = "lora-live.txt";
const isMark = ({status, text}: Answer): boolean => status === 200 && text.startsWith("LoRA, live");

/** How many links of a page are followed in search of the root. */
const MOST_LINKS = 12;
/** Where people put the site, if nothing says where it is. */
const usual = ["lora/", "lora-live/"];

/** The folder of an address: https://example.org/lora/index.html?x → https://example.org/lora/. */
export function folderOf(address: string): string {
  const {origin, pathname} = new URL(address);
  return origin + pathname.replace(/(\/|\/index\.html)?$/, "/");
}

/** Every folder above this one, the nearest first. */
function above(folder: string): string[] {
  const {origin, pathname} = new URL(folder);
  const parts = pathname.split("/").slice(1, -1);
  return parts.map((_, i) => `${origin}/${parts.slice(0, i).join("/")}/`.replace(/\/+$/, "/")).reverse();
}

/** Where a page's links lead on its own host, as folders. */
function linked(text: string, page: string): string[] {
  const {host} = new URL(page);
  const links = [...parseHTML(`<body>${text}</body>`).document.querySelectorAll("a[href]")]
    .map((link) => link.getAttribute("href")!)
    .filter((href) => URL.canParse(href, page) && new URL(href, page).host === host);
  return [...new Set(links.map((href) => folderOf(new URL(href, page).href)))].slice(0, MOST_LINKS);
}

/** Folders that may be the site's root, the likeliest first. Addresses of other hosts are left out. */
async function* places(given: string, first: Answer, request: Ask): AsyncGenerator<string> {
  const {hostname, origin} = new URL(given);
  yield given;
  const location = first.headers.location;
  if (location !== undefined) {
    const to = new URL(location, given);
    if (to.hostname === hostname) yield* [folderOf(to.href), ...above(folderOf(to.href))];
  }
  yield* above(given);
  const robots = (await request(`${origin}/robots.txt`)).text;
  for (const [, place] of robots.matchAll(/^Sitemap:\s*(\S+)\/sitemap-index\.xml\s*$/gim))
    if (URL.canParse(place!) && new URL(place!).hostname === hostname) yield folderOf(`${place}/`);
  yield* linked(first.text, given);
  for (const folder of usual) yield* [given + folder, `${origin}/${folder}`];
}

/**
 * The root of the site that an address belongs to: the address itself, a folder above it, where its host redirects, or where
 * the host's own page leads. Undefined if there is none. `first` is the host's answer to the address.
 */
export async function findRoot(given: string, first: Answer, request: Ask): Promise<string | undefined> {
  const seen = new Set<string>();
  for await (const place of places(given, first, request)) {
    if (seen.has(place)) continue;
    seen.add(place);
    if (isMark(await request(place + MARK))) return place;
  }
  // A site of a version without the mark, or one that lost it.
  return /<html[^>]* data-root=/.test(first.text) && first.status === 200 ? given : undefined;
}
