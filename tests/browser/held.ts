import type {Page} from "@playwright/test";

/** Keeps back what a page asks for at these addresses until the function it gives is called. */
export async function held(page: Page, addresses: string): Promise<() => void> {
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route(addresses, async (route) => {
    await sent;
    await route.continue();
  });
  return send;
}
