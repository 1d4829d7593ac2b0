import type {Page, Request} from "@playwright/test";

/** A request that failed, as a line of trouble. A browser that leaves a page may give up the page's icon: that is none. */
export function failure(request: Request): string[] {
  const text = request.failure()?.errorText;
  const isIcon = request.url().endsWith("/favicon.svg") && text === "net::ERR_ABORTED";
  return isIcon ? [] : [`failed: ${request.url()} ${text}`];
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
