import {join} from "node:path";
import {test} from "@playwright/test";
import {closeOtherSites} from "./otherSite.ts";
import {serve} from "./serve.ts";

export const dist = join(new URL("../..", import.meta.url).pathname, "dist");

/** The header that hosts send with `/js/v1/`, where the element is to run on other sites: a module is fetched with CORS. */
export const SHARED = {"access-control-allow-origin": "*"};

/**
 * The built site on an origin of its own while the tests of a file run, beside pages of other sites. Without headers it stands on a
 * plain static host.
 */
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
