import type {Page, Request} from "@playwright/test";

/** A request that failed, as a line of trouble. None is a file that a page was still loading when it was left, or the text of a worker that is ended. */
export function failure(request: Request): string[] {
  const text = request.failure()?.errorText;
  const isGivenUp = /\/favicon\.svg$|\/_astro\/|\/og\/|^blob:/.test(request.url()) && text === "net::ERR_ABORTED";
  return isGivenUp ? [] : [`failed: ${request.url()} ${text}`];
}

/** What a page and its frames do, from now on: every address asked for but scripts of its own making (blobs), and everything printed or thrown as trouble. */
export function listen(page: Page): {asked: string[]; trouble: string[]} {
  const asked: string[] = [];
  const trouble: string[] = [];
  page.on("request", (request) => !request.url().startsWith("blob:") && asked.push(request.url()));
  page.on("requestfailed", (request) => trouble.push(...failure(request)));
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  return {asked, trouble};
}
