import {expect, type Page, type Request} from "@playwright/test";

/** Milliseconds without a request after which a page is idle. */
const REST = 250;

/**
 * From now on counts what a page and its frames ask for; gives a wait for the time when all of it has come. Playwright's
 * "networkidle" comes once for a page: one that is idle before the wait begins and then asks again is waited for in vain.
 */
export function idling(page: Page): () => Promise<void> {
  const waiting = new Set<Request>();
  let last = performance.now();
  const change = (how: "add" | "delete") => (request: Request) => {
    // A worker's own text is no file of anyone's, and its end is not told.
    if (request.url().startsWith("blob:")) return;
    waiting[how](request);
    last = performance.now();
  };
  page.on("request", change("add"));
  page.on("requestfinished", change("delete"));
  page.on("requestfailed", change("delete"));
  const isIdle = () => waiting.size === 0 && performance.now() - last > REST;
  return () => expect.poll(isIdle, {timeout: 60_000, intervals: [50]}).toBe(true);
}
