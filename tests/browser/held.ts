import type {Page} from "@playwright/test";

/** Keeps back what a page asks for at these addresses until the function it gives is called. */
export async function held(page: Page, addresses: string | RegExp): Promise<() => void> {
  const {promise: sent, resolve: send} = Promise.withResolvers<void>();
  await page.route(addresses, async (route) => {
    await sent;
    await route.continue();
  });
  return send;
}
