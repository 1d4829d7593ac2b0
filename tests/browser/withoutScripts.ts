import {test as base, type Page} from "@playwright/test";

/** A test that asks for `still` gets a page whose scripts are off. */
export const test = base.extend<{still: Page}>({
  still: async ({browser}, use) => {
    const context = await browser.newContext({javaScriptEnabled: false});
    await use(await context.newPage());
    await context.close();
  },
});
