/** From the lab to the inspector: the adapter goes from tab to tab, and only there. */
import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

// A training takes its time.
test.describe.configure({timeout: 240_000});

const NAME = "Open in the inspector";

test("the run that the lab just trained opens in a new tab, once, and leaves nothing behind", async ({
  page,
  context,
}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/lab/");
  const open = widget.getByRole("button", {name: NAME});
  await expect(open).toHaveAttribute("aria-disabled", "true");
  const go = widget.locator(".time > [data-do=play]");
  await go.click();
  await expect(go).toHaveText("Fine-tune again", {timeout: 60_000});
  await expect(open).not.toHaveAttribute("aria-disabled");
  const coming = context.waitForEvent("page");
  await open.click();
  const inspector = await coming;
  const heard = listen(inspector);
  await inspector.getByRole("tab", {name: "What it is"}).click();
  await expect(inspector.locator(".inspect-sentence")).toHaveText(
    /^The rank is 4, and on average [1-4]\.\d directions carry 90% of the update\.$/,
  );
  await expect(inspector.locator(".chip-name")).toContainText("Names, rank 4, your run");
  await expect(inspector.locator(".inspect-facts").first()).toContainText("word-forge");
  const {pathname, search, hash} = new URL(inspector.url());
  expect([pathname, search, hash]).toEqual(["/inspect/", "", ""]);
  const stored = () => inspector.evaluate(() => JSON.stringify({...sessionStorage, ...localStorage}));
  expect(await stored()).not.toMatch(/adapter|your run/);
  await inspector.reload();
  await expect(inspector.locator(".inspect-start")).toBeVisible();
  expect([...trouble, ...heard.trouble]).toEqual([]);
  await inspector.close();
});

test("a lab elsewhere and other methods have no such button", async ({page}) => {
  let widget = await awake(page, "/widgets/lab/");
  await expect(widget.getByRole("button", {name: "Take it home"})).toBeVisible();
  await expect(widget.getByRole("button", {name: NAME})).toHaveCount(0);
  widget = await awake(page, "/lab/?method=full");
  await expect(widget.getByRole("button", {name: "Take it home"})).toBeVisible();
  await expect(widget.getByRole("button", {name: NAME})).toBeHidden();
});

test("where no lab answers, the inspector says so and takes files all the same", async ({page}) => {
  await page.clock.install();
  await page.goto("/inspect/#lab=1-2");
  await expect(page.locator("h1")).toBeVisible();
  // It waits ten seconds for the lab.
  await expect(async () => {
    await page.clock.fastForward(11_000);
    await expect(page.locator(".inspect-refusal")).not.toBeEmpty({timeout: 500});
  }).toPass();
  await expect(page.locator(".inspect-refusal")).toContainText("The lab’s tab did not answer.");
  expect(new URL(page.url()).hash).toBe("");
  await page.locator("[data-sample=names]").click();
  await expect(page.locator(".inspect-refusal")).toBeEmpty();
  await expect(page.locator(".inspect-panel")).toContainText("The rank is 16");
});
