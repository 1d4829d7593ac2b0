import type {Page} from "@playwright/test";

/** What a page and its frames do, from now on: every address asked for but scripts of its own making (blobs), and everything printed or thrown as trouble. */
export function listen(page: Page): {asked: string[]; trouble: string[]} {
  const asked: string[] = [];
  const trouble: string[] = [];
  page.on("request", (request) => !request.url().startsWith("blob:") && asked.push(request.url()));
  page.on("requestfailed", (request) => trouble.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  return {asked, trouble};
}
