import type {FrameLocator, Locator, Page} from "@playwright/test";

/** Moves the first control of a figure by one key: a number that is seen, and else the choice that is made. */
export async function nudge(root: Page | FrameLocator | Locator): Promise<void> {
  const numbers = root.locator(":is(form.controls, form.clock) input:is([type=range], [type=number]):visible");
  const control = (await numbers.count())
    ? numbers.first()
    : root.locator("form.controls input[type=radio]:checked:visible").first();
  const isAtEnd = await control.evaluate((field: HTMLInputElement) => field.value === field.max);
  await control.press(isAtEnd ? "ArrowDown" : "ArrowUp");
}
