import type {Page} from "@playwright/test";

/** From now on whoever asks for this page's storage is refused, as in a browser that keeps nothing for a site. */
export async function noStorage(page: Page): Promise<void> {
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );
}
