/** What a page does that it must not. */
import type {Page, Request} from "@playwright/test";

/** A request that failed, as a line of trouble. None is a file that a page was still loading when it was left, or the text of a worker that is ended. */
function failure(request: Request): string[] {
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

/**
 * Everything a page does, from now on, that it must not: told to other origins, refused by its policy, answered with an
 * error, or printed as trouble.
 */
export async function watch(page: Page, origin: string): Promise<string[]> {
  const {trouble} = listen(page);
  page.on("request", (request) => {
    const url = new URL(request.url());
    // Text that a page holds comes from nowhere; that of a sandboxed frame has no origin.
    if (!/^(data|blob):$/.test(url.protocol) && url.origin !== origin)
      trouble.push(`asked another origin: ${url.href}`);
  });
  await page.exposeFunction("refused", (what: string) => trouble.push(`refused by policy: ${what}`));
  await page.addInitScript(() => {
    const tell = (window as unknown as {refused: (what: string) => void}).refused;
    document.addEventListener("securitypolicyviolation", (event) => {
      tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`answered ${response.status()}: ${response.url()}`);
  });
  return trouble;
}
