import type {Page} from "@playwright/test";

/** Keeps back what a page asks for at these addresses until the function it gives is called. */
export async function held(page: Page, addresses: string): Promise<() => void> {
  const {promise, resolve} = Promise.withResolvers<void>();
  await page.route(addresses, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}
