import {expect, test} from "@playwright/test";
import {atRest} from "../../browser/atRest.ts";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

// Every stored run is made again.
test.describe.configure({mode: "parallel", timeout: 240_000});

/** Figures whose stored runs can be made again, and how many runs are due at their defaults. */
const due = {sweep: 70};

for (const [name, runs] of Object.entries(due)) {
  test(`${name}: runs made here replace the stored ones, can be stopped, and give way again`, async ({page}) => {
    const {trouble} = listen(page);
    const widget = await awake(page, `/widgets/${name}/`);
    const sentence = widget.locator(".sentence");
    const mark = widget.locator(".mark").first();
    const press = (button: string) => widget.locator(".time").getByRole("button", {name: button, exact: true}).click();
    // What is not made again yet stays pale behind.
    const dots = widget.locator(".picture .mark-dot .run:not(.pale):visible");
    const [stored, all, kind] = [await sentence.textContent(), await dots.count(), await mark.textContent()];
    await press("Run it live");
    await expect(mark).toHaveText(new RegExp(`live · [2-9] of ${runs} runs`), {timeout: 60_000});
    await press("Pause");
    await expect(widget.locator("progress")).not.toHaveAttribute("value", "0");
    await expect(sentence).toContainText("all of them came out as stored");
    expect(await dots.count()).toBeLessThan(all);
    // A run that ended as Pause was pressed is told still; none comes after it.
    const paused = await atRest(() => mark.textContent(), 1500);
    expect(paused).not.toContain(`${runs} of ${runs}`);
    await press("Stored runs");
    await expect(mark).toHaveText(kind!);
    expect(await sentence.textContent()).toBe(stored);
    expect(await dots.count()).toBe(all);
    expect(trouble).toEqual([]);
  });
}
