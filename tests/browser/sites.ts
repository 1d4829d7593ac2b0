/** The built site, and pages of other sites, each on an origin of its own while the tests of a file run. */
import {join} from "node:path";
import {test} from "@playwright/test";
import {serve} from "./serve.ts";

export const dist = join(new URL("../..", import.meta.url).pathname, "dist");

/** The header that hosts send with `/js/v1/`, where the element is to run on other sites: a module is fetched with CORS. */
export const SHARED = {"access-control-allow-origin": "*"};

/** What stands before the body of a page that asks for no icon of its own. */
export const head = '<!doctype html><html lang="en"><title>Course</title><link rel="icon" href="data:,">';

const otherSites: Awaited<ReturnType<typeof serve>>[] = [];

/**
 * Serves pages by path from another site than ours, not only from another port: 127.0.0.1 is ours, localhost theirs. Its
 * origin; `closeOtherSites` ends them all.
 */
export async function otherSite(pages: Record<string, string>, headers: Record<string, string> = {}): Promise<string> {
  const site = await serve({pages, headers});
  otherSites.push(site);
  return site.origin.replace("127.0.0.1", "localhost");
}

export async function closeOtherSites(): Promise<void> {
  for (const site of otherSites.splice(0)) await site.close();
}

/** The built site, which ends after the tests of the file, and the other sites with it. Without headers it stands on a plain static host. */
export function builtSite(headers: Parameters<typeof serve>[0]["headers"] = {}): {origin: string} {
  const site = {origin: ""};
  let close: () => Promise<unknown> = async () => {};
  test.beforeAll(async () => {
    const served = await serve({root: dist, headers});
    site.origin = served.origin;
    close = served.close;
  });
  test.afterAll(async () => {
    await close();
    await closeOtherSites();
  });
  return site;
}
