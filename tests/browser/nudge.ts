import type {FrameLocator, Locator, Page} from "@playwright/test";

/** Moves the first control of a figure by one key: a number that is seen, or else the choice that is made, or else the clock. */
export async function nudge(root: Page | FrameLocator | Locator): Promise<void> {
  const fields = [
    "form.controls input:is([type=range], [type=number]):visible",
    "form.controls input[type=radio]:checked:visible",
    "form.clock input[type=range]:visible",
  ].map((selector) => root.locator(selector));
  for (const all of fields) {
    if (!(await all.count())) continue;
    const field = all.first();
    const isAtEnd = await field.evaluate((one: HTMLInputElement) => one.value === one.max);
    // A range goes to its start: one letter before the last may be beyond the word's end, and show nothing new.
    await field.press(!isAtEnd ? "ArrowUp" : (await field.getAttribute("type")) === "range" ? "Home" : "ArrowDown");
    return;
  }
}
