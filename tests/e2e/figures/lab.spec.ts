import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const steps = ".watch > .morph tbody .step";

test("the lab trains in its worker: what it writes grows step by step, and its first words are there at once", async ({
  page,
}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/lab/");
  expect(page.workers()).toHaveLength(1);
  await expect(widget.locator(steps)).toHaveText(["0", "10", "50", "100", "200"]);
  const before = await widget.locator(".watch > .morph tbody tr").last().textContent();
  await widget.evaluate((element) => {
    const seen: string[] = [];
    Object.assign(globalThis, {seen});
    new MutationObserver(() => seen.push(element.querySelector(".sentence")?.textContent ?? "")).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await widget.getByRole("button", {name: "Every matrix"}).click();
  await expect(widget.locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});
  await expect(widget.locator(".sentence")).toContainText("After 200 steps with Wq, Wk, Wv, Wo, W1 and W2");
  expect(await widget.locator(".watch > .morph tbody tr").last().textContent()).not.toBe(before);
  const seen = await page.evaluate(() => (globalThis as unknown as {seen: string[]}).seen);
  const ways = new Set(seen.map((text) => /^(Before|After \d+)/.exec(text)?.[1]));
  expect(ways.size).toBeGreaterThan(3);
  // The first run is kept: going back to it trains nothing.
  await widget.getByRole("button", {name: "Paper’s choice"}).click();
  await expect(widget.locator(".watch > .morph tbody tr").last()).toHaveText(before!);
  expect(trouble).toEqual([]);
});

test("what is pressed before the first run has come is done when it has", async ({page}) => {
  await page.addInitScript(() => {
    // The element is there by then, and neither its shell nor its run.
    document.addEventListener("DOMContentLoaded", () => {
      const presses = [...document.querySelectorAll<HTMLButtonElement>("lora-widget .presses button")];
      presses.find(({textContent}) => textContent === "Rank 1")!.click();
    });
  });
  await page.goto("/widgets/lab/?step=10");
  await expect(page.locator("lora-widget .sentence")).toContainText("at rank 1");
});

test("without motion a run is shown once it is there", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  const widget = await awake(page, "/widgets/lab/?step=20");
  await widget.getByRole("button", {name: "Rank 1"}).click();
  await expect(widget.locator(".sentence")).toContainText("at rank 1");
  await expect(widget.locator(steps)).toHaveText(["0", "10", "20"]);
});

test("matrices are chosen with the keys, and none is a state with a way back", async ({page}) => {
  const widget = await awake(page, "/widgets/lab/?step=10");
  const place = (name: string) => widget.locator(".blockmap").getByRole("button", {name: new RegExp(`^${name}`)});
  await place("Wk").focus();
  await page.keyboard.press("Space");
  await expect(place("Wk")).toHaveAttribute("aria-pressed", "true");
  expect(await stateOf(widget)).toMatchObject({on: "qkv"});
  for (const name of ["Wq", "Wk", "Wv"]) {
    await place(name).focus();
    await page.keyboard.press("Enter");
  }
  await expect(widget.locator(".sentence")).toContainText("No matrix is chosen");
  await widget.getByRole("button", {name: "Adapt Wq and Wv"}).click();
  await expect(widget.locator(".sentence")).toContainText("with Wq and Wv adapted");
  await expect(widget.locator(".rescue")).toBeHidden();
});

test("a phrase of the page sets the lab, and its address carries the state", async ({page}) => {
  const widget = await awake(page, "/lab/?step=10");
  await page.getByRole("link", {name: "values alone"}).first().click();
  await expect.poll(() => stateOf(widget)).toMatchObject({task: "reversePlusOne", on: "v", r: "8", step: 200});
  await expect(page).toHaveURL(/on=v/, {timeout: 60_000});
  await expect(widget.locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});
  await expect(widget.locator(".sentence")).toContainText(
    "After 200 steps with Wv adapted at rank 8, the digit machine",
  );
});

test("a trained model can be used: off it is the base, merged it is what it is beside its weights", async ({page}) => {
  const widget = await awake(page, "/widgets/lab/?task=reversePlusOne");
  const rows = () => widget.locator(".use tbody tr").evaluateAll((all) => all.map((row) => row.textContent));
  await widget.locator(".use input").fill("R123450");
  await expect.poll(rows).toHaveLength(4);
  await expect(widget.locator(".use caption")).toHaveText("What it answers to R123450");
  const [off, , on, merged] = await rows();
  expect(off).toBe("off054321");
  expect(on).not.toBe("on054321");
  expect(merged).toBe(on!.replace("on", "merged"));
  await expect(page).toHaveURL(/input=R123450/);
});

test("a run can be taken home as an archive", async ({page}) => {
  const widget = await awake(page, "/widgets/lab/");
  const coming = page.waitForEvent("download");
  await widget.getByRole("button", {name: "Take it home"}).click();
  expect((await coming).suggestedFilename()).toBe("lora-lab.zip");
});

test("where the reader wants it, a guess comes before the run is shown and stands beside what came of it", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/lab/");
  await widget.getByRole("button", {name: "Guess before each run"}).click();
  await expect(widget.locator(steps)).toHaveText(["0"]);
  await widget.getByRole("button", {name: "better by more than that"}).click();
  await expect(widget.locator(steps)).toHaveText(["0", "10", "50", "100", "200"]);
  await expect(widget.locator(".guess .said")).toContainText("Your guess: better by more than that. It went from");
  await widget.getByRole("button", {name: "Rank 1"}).click();
  await expect(widget.locator(".guess .said")).toContainText("Before you see it");
});

test("a kept run stands beside the next, whose sentence says what changed and whose use has both", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/lab/?task=rotatePlusOne");
  await widget.getByRole("button", {name: "Keep this run"}).click();
  await widget.getByRole("radio", {name: "Reverse, +1", exact: true}).check();
  await expect(widget.locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});
  await expect(widget.locator(".sentence")).toContainText("From run 1 to this run, the task went from Rotate, +1");
  await expect(widget.locator(".use tbody .step")).toHaveText(["off", "× 0.5", "on", "merged", "run 1", "both"]);
  await expect(widget.locator(".learning .kept-1").first()).toHaveAttribute("d", /^M/);
  await widget.getByRole("button", {name: "Go back to Run 1"}).click();
  await expect.poll(() => stateOf(widget)).toMatchObject({task: "rotatePlusOne"});
  expect(trouble).toEqual([]);
});
