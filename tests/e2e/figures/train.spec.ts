/** A recorded run: Play only moves the clock, going back trains nothing, kept runs come back from a link. */
import {expect, type Page, test} from "@playwright/test";
import {atRest} from "../../browser/atRest.ts";
import {noWorker} from "../../browser/denied.ts";
import {awake, expectState, shown, stateOf} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const path = "/widgets/train/";
const press = (page: Page, name: string) => page.locator(".time").getByRole("button", {name, exact: true}).click();
const stepOf = async (page: Page) => Number((await stateOf(page.locator("lora-widget"))).step);
const clock = (page: Page) => page.locator(".clock input[name=step]");

/** Counts the runs that the page orders from its workers from now on. */
async function countRuns(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const {postMessage} = Worker.prototype;
    Object.assign(globalThis, {ordered: 0});
    Worker.prototype.postMessage = function (this: Worker, ...args: [never]) {
      if ((args[0] as {do?: string})?.do === "start") (globalThis as unknown as {ordered: number}).ordered++;
      postMessage.apply(this, args);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as {ordered: number}).ordered);
}

test("train: Play moves the clock, Pause holds it, Step moves one, Restart goes to the start", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, path);
  await press(page, "Restart");
  await expect(widget.locator(".sentence")).toContainText("Before the first step");
  await press(page, "Play");
  await expect.poll(() => stepOf(page)).toBeGreaterThan(3);
  await press(page, "Pause");
  const paused = await atRest(() => stepOf(page), 300);
  expect(paused).toBeLessThan(200);
  // What says the same as before is not written again: a screen reader would hear of it.
  await widget.evaluate((element) => {
    const written: [string | null, string | null][] = [];
    Object.assign(globalThis, {written});
    new MutationObserver((records) => {
      for (const {type, target, oldValue, removedNodes, addedNodes} of records)
        written.push(
          type === "characterData"
            ? [oldValue, target.textContent]
            : [removedNodes[0]?.textContent ?? "", addedNodes[0]?.textContent ?? ""],
        );
    }).observe(element, {childList: true, characterData: true, characterDataOldValue: true, subtree: true});
  });
  const written = () => page.evaluate(() => (globalThis as unknown as {written: [string, string][]}).written.splice(0));
  await press(page, "Step");
  await expectState(widget, {step: paused + 1});
  await expect(widget.locator(".sentence")).toContainText(`After ${paused + 1} steps`);
  const changes = await written();
  expect(changes.length).toBeGreaterThan(3);
  expect(changes.filter(([before, after]) => before === after)).toEqual([]);
  await expect(clock(page)).toHaveAttribute("aria-valuetext", `${paused + 1} of 200`);
  expect(await widget.locator(".spoken, output, [aria-live], [role=status]").count()).toBe(1);
  await expect(widget.locator(".spoken")).toContainText(`After ${paused + 1} steps`);
  await written();
  await clock(page).fill("180");
  await expect.poll(() => stepOf(page)).toBe(180);
  await press(page, "Play");
  await expect(widget.locator(".spoken")).toHaveText("Playing, from step 180 to 200.");
  await expect.poll(() => stepOf(page)).toBe(200);
  await expect(widget.locator(".spoken")).toContainText("After 200 steps");
  await press(page, "Step");
  await expect(widget.locator(".spoken")).toHaveText("This is step 200, the last.");
  await expect(widget.locator("[data-do=play]")).toHaveText("Play");
  await press(page, "Play");
  await expect.poll(() => stepOf(page)).toBeLessThan(150);
  await clock(page).press("ArrowRight");
  await expect(widget.locator("[data-do=play]")).toHaveText("Play");
  expect(trouble).toEqual([]);
});

test("train: going back trains nothing, nor does an earlier setting; a fresh run shows the same", async ({page}) => {
  const ordered = await countRuns(page);
  const widget = await awake(page, path);
  expect(await ordered()).toBe(1);
  for (const step of ["0", "137", "3", "60", "200", "41"]) await clock(page).fill(step);
  const scrubbed = await shown(widget);
  expect(await ordered()).toBe(1);
  await widget.locator("input[name=r]").fill("5");
  await expect(widget.locator(".sentence")).toContainText("rank 5");
  expect(await ordered()).toBe(2);
  await widget.locator("input[name=r]").fill("2");
  await expect.poll(() => shown(widget)).toEqual(scrubbed);
  expect(await ordered()).toBe(2);
  const fresh = await awake(page, `${path}?step=41`);
  expect(await shown(fresh)).toEqual(scrubbed);
});

test("train: runs are kept by keys, the sentence says what changed, and the link brings all back", async ({page}) => {
  const widget = await awake(page, path);
  await widget.locator(".keep").press("Enter");
  await expect(widget.locator(".keep")).toBeFocused();
  await expect(widget.locator(".keep")).toHaveAttribute("aria-disabled", "true");
  await expect(widget.locator(".spoken")).toHaveText(/^Run 1 kept: r = 2, α = 4.*, loss \d\.\d+\.$/);
  await widget.locator("input[name=r]").fill("4");
  await expect(widget.locator(".sentence")).toContainText(
    "From run 1 to this run, r went from 2 to 4, all else the same",
  );
  await expect(widget.locator(".spoken")).toContainText("From run 1 to this run, r went from 2 to 4");
  await expect.poll(() => new URL(page.url()).searchParams.get("kept")).toBe("2-4-0.05-adamw-all-0-4-7");
  const there = await shown(widget);
  const again = await awake(page, page.url());
  expect(await shown(again)).toEqual(there);
  await again.getByRole("button", {name: "Go back to Run 1"}).click();
  await expectState(again, {r: 2, step: 200});
  await again.locator(".clear").click();
  await expectState(again, {kept: ""});
  await page.waitForTimeout(700);
  await expect(again.locator(".spoken")).toHaveText("Kept runs cleared.");
});

test("train: where no worker may start, slices on the page come to the same picture", async ({page}) => {
  const there = await shown(await awake(page, `${path}?r=3&step=77`));
  await noWorker(page);
  expect(await shown(await awake(page, `${path}?r=3&step=77`))).toEqual(there);
  expect(page.workers()).toEqual([]);
});

test("train: a run out of range is said, and one press leads back; without motion a run is its end", async ({page}) => {
  const widget = await awake(page, `${path}?r=1&rate=0.5&optimizer=sgd`);
  await expect(widget.locator(".sentence")).toContainText("loss overflowed at step");
  await widget.locator(".rescue .back").click();
  await expect(widget.locator(".sentence")).not.toContainText("overflowed");
  await expect(widget.locator(".rescue")).toBeHidden();
  await expectState(widget, {rate: "0.01", alpha: 4, r: 1, optimizer: "sgd"});

  await page.emulateMedia({reducedMotion: "reduce"});
  await clock(page).fill("12");
  await press(page, "Play");
  await expectState(widget, {step: 200});
  await expect(widget.locator(".sentence")).toContainText("After 200 steps");
});

test("train: pointing at an entry of any of the three matrices traces it", async ({page}) => {
  const widget = await awake(page, path);
  for (const [name, row, column] of [
    [".star", 2, 9],
    [".product .BA", 7, 4],
    [".rest", 16, 1],
  ] as const) {
    const block = widget.locator(`.chart:visible ${name} .cells`);
    const {width, height} = (await block.boundingBox())!;
    await block.hover({position: {x: (width * (column - 0.5)) / 16, y: (height * (row - 0.5)) / 16}});
    await expectState(widget, {row, column, step: 200});
    await expect(widget.locator(".sumline")).toContainText(`ΔW[${row},${column}] = (α/r) BA[${row},${column}]`);
  }
});

test("train: taken to another size before its first result, it shows what that size shows", async ({page}) => {
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => {
      const widget = document.querySelector("lora-widget")!;
      void customElements
        .whenDefined("lora-widget")
        .then(() => widget.ready.then(() => (widget.dataset.size = "card")));
    });
  });
  const widget = await awake(page, path);
  await expect(widget.locator(".three-maps")).toHaveCount(1);
  await expect(widget.locator(".losses, .shelf, .legend")).toHaveCount(0);
});
