import type {Page} from "@playwright/test";

/** From now on no worker starts on this page or in its frames: as under a policy that forbids them. */
export const noWorker = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("denied", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
