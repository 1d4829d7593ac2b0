import type {Page} from "@playwright/test";

/** From now on no worker starts on this page or in its frames: as under a policy that forbids them. */
export async function noWorker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("denied", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
}
