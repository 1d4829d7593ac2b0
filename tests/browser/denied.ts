/** Browsers that refuse a page what it asks for. */
import type {Page} from "@playwright/test";

/** From now on whoever asks for this page's storage is refused, as in a browser that keeps nothing for a site. */
export const noStorage = (page: Page): Promise<unknown> =>
  page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );

/** From now on no worker starts on this page or in its frames: as under a policy that forbids them. */
export const noWorker = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("denied", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
