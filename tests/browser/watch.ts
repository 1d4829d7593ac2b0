import type {Page} from "@playwright/test";
import {failure} from "./trouble.ts";

/**
 * Everything a page does, from now on, that it must not: told to other origins, refused by its policy, answered with an
 * error, or printed as trouble.
 */
export async function watch(page: Page, origin: string): Promise<string[]> {
  const trouble: string[] = [];
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
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => trouble.push(...failure(request)));
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`answered ${response.status()}: ${response.url()}`);
  });
  return trouble;
}
