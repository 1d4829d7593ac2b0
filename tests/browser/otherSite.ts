import {serve} from "./serve.ts";

const open: Awaited<ReturnType<typeof serve>>[] = [];

/** What stands before the body of a page that asks for no icon of its own. */
export const head = '<!doctype html><html lang="en"><title>Course</title><link rel="icon" href="data:,">';

/**
 * Serves pages by path from another site than ours, not only from another port: 127.0.0.1 is ours, localhost theirs. Its
 * origin; `closeOtherSites` ends them all.
 */
export async function otherSite(pages: Record<string, string>, headers: Record<string, string> = {}): Promise<string> {
  const site = await serve({pages, headers});
  open.push(site);
  return site.origin.replace("127.0.0.1", "localhost");
}

export async function closeOtherSites(): Promise<void> {
  for (const site of open.splice(0)) await site.close();
}
