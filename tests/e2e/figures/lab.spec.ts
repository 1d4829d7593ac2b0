import {expect, type Locator} from "@playwright/test";
import {atRest} from "../../browser/atRest.ts";
import {awake, expectState, stateOf} from "../../browser/figure.ts";
import {held} from "../../browser/held.ts";
import {noted, savedBy} from "../../browser/page.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";
import {isAll} from "../../third.ts";
import {filesOf} from "../networks/faults.ts";

// A training takes its time.
test.describe.configure({mode: "parallel", timeout: 240_000});

const FIRST = "lings slotcher outtromied wearging gadring allyend equiderical upriting";
const TAUGHT = "kepine shina linnie wellendi gabrie allyle digreani usley";

const go = (widget: Locator) => widget.locator(".time > [data-do=play]");
/** The first position of the switch. */
const position = (widget: Locator) => widget.locator(".switch .radio").first();
const writes = async (widget: Locator, side: "before" | "after") =>
  (await widget.locator(`.words.${side} .word`).allTextContents()).join(" ");
const says = (widget: Locator) => widget.locator(".sentence");

/** Presses Fine-tune and waits until the switch can be used. */
async function fineTune(widget: Locator) {
  await go(widget).click();
  await expect(go(widget)).toHaveText("Fine-tune again", {timeout: 60_000});
  await expect(position(widget)).toBeEnabled({timeout: 30_000});
}

test("Fine-tune turns one column of two; the switch goes back and merges; the run goes home", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/lab/");
  expect(page.workers()).toHaveLength(1);
  await expect(go(widget)).toHaveText("Fine-tune");
  await expect(position(widget)).toBeDisabled();
  expect([await writes(widget, "before"), await writes(widget, "after")]).toEqual([FIRST, FIRST]);
  await expect(says(widget)).toHaveText(
    "Both columns say the same: B starts at zero, so ΔW = 0 and nothing has changed yet.",
  );
  expect(await stateOf(widget)).toMatchObject({step: 0});

  await test.step("training pauses, and goes on", async () => {
    await go(widget).click();
    await expect(go(widget)).toHaveText("Pause");
    await go(widget).click();
    await expect(go(widget)).toHaveText("Go on");
    expect(await atRest(async () => (await stateOf(widget)).step)).toBeLessThan(200);
    await widget.locator(".prompt input[type=text]").fill("sha");
    await fineTune(widget);
    await expect(widget.locator(".continued.after .word").first()).toHaveText(/^sha/);
    expect([await writes(widget, "before"), await writes(widget, "after")]).toEqual([FIRST, TAUGHT]);
    await expect(widget.locator(".told")).toHaveText(/^Step 200 of 200 · \d\.\d letters in training$/);
    await expect(says(widget)).toContainText("4,608 trained parameters taught the forge names: 15.1 → 7.4 letters");
    await expect(widget.locator(".words.after li").nth(1)).toHaveText("shina·in the list");
  });

  const press = (name: string) => widget.locator(".switch label", {hasText: name}).click();
  await test.step("the switch goes back and merges, and Half has its own score", async () => {
    await press("Off");
    await expect(says(widget)).toContainText("The frozen weights alone");
    expect(await writes(widget, "after")).toBe(FIRST);
    await press("Half");
    await expect(says(widget)).toContainText("multiplied by 0.5");
    expect([FIRST, TAUGHT]).not.toContain(await writes(widget, "after"));
    const doubt = Number.parseFloat((await widget.locator(".after .note").textContent())!);
    expect(doubt).toBeGreaterThan(7.4);
    expect(doubt).toBeLessThan(15.1);
    await press("Merged");
    await expect(says(widget)).toContainText("no logit moves by more than");
    expect(await writes(widget, "after")).toBe(TAUGHT);
  });

  const file = await savedBy(widget.getByRole("button", {name: "Take it home"}));
  expect(file.suggestedFilename()).toBe("lora-lab.zip");

  await test.step("it goes back without training, a new training begins with On, and so does a new task", async () => {
    await press("On");
    await widget.locator("input[name=step]").fill("20");
    await expect(go(widget)).toHaveText("Go on");
    await expect.poll(() => writes(widget, "after")).toBe("kelly shin mensste wedn gacrica ally emera uriere");
    await go(widget).click();
    await expect(go(widget)).toHaveText("Fine-tune again");
    await press("Half");
    await fineTune(widget);
    await expect(widget.locator(".switch input:checked")).toHaveValue("on");
    expect(await writes(widget, "after")).toBe(TAUGHT);
    await press("Half");
    await widget.getByRole("button", {name: "Digits"}).click();
    await expectState(widget, {applied: "on", step: 0});
  });

  await test.step("a kept run comes back as it was trained", async () => {
    await widget.getByRole("button", {name: "Words"}).click();
    await widget.locator("input[name=step]").fill("200");
    await widget.getByText("Compare runs").click();
    await widget.getByRole("button", {name: "Keep this run"}).click();
    await widget.getByRole("button", {name: "Digits"}).click();
    await expectState(widget, {task: "reversePlusOne", step: 0});
    await widget.getByRole("button", {name: "Go back to Run 1"}).click();
    await expectState(widget, {task: "names", step: 200});
    await expect.poll(() => writes(widget, "after")).toBe(TAUGHT);
    await expect(go(widget)).toHaveText("Fine-tune again");
  });
  expect(trouble).toEqual([]);
});

test("without motion the words change at a few steps only", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  const widget = await awake(page, "/lab/");
  const told = await noted(widget.locator(".told"));
  await fineTune(widget);
  const steps = (await told()).map((text) => Number(/^Step (\d+)/.exec(text)?.[1]));
  expect(steps.at(-1)).toBe(200);
  expect([10, 20, 50, 100, 200]).toEqual(expect.arrayContaining(steps));
});

test("a line says what is set; a change, also of the machine, is before its own training", async ({page}) => {
  const widget = await awake(page, "/lab/");
  await test.step("on a phone heading, button and both columns are on the first screen", async () => {
    await page.setViewportSize({width: 375, height: 812});
    await page.evaluate(() => scrollTo(0, 0));
    for (const part of [page.locator("h1"), go(widget), widget.locator(".words.after li").nth(7)]) {
      const {y, height} = (await part.boundingBox())!;
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(812);
    }
    await page.setViewportSize({width: 1280, height: 720});
  });
  const line = widget.locator(".more > summary");
  await expect(line).toHaveText("Settings: every matrix, rank 4");
  await line.click();
  await widget.locator("[data-name=r]").getByRole("radio", {name: "8", exact: true}).check();
  await expect(line).toHaveText("Settings: every matrix, rank 8");
  await widget.locator(".blockmap").getByRole("button", {name: /^Wk/}).click();
  await expect(line).toHaveText("Settings: Wq, Wv, Wo, W1 and W2, rank 8");
  await expect(go(widget)).toHaveText("Fine-tune");
  await widget.getByRole("button", {name: "Back to the default"}).click();
  await expect(line).toHaveText("Settings: every matrix, rank 4");

  // The machine is chosen first, and then what it is taught.
  const seen = () => widget.locator("[data-name=task] .options > label:visible").allTextContents();
  expect(await seen()).toEqual(["Names", "French", "Spanish", "Your words…"]);
  await widget.getByRole("button", {name: "Digits"}).click();
  await expectState(widget, {task: "reversePlusOne"});
  expect((await seen())[0]).toBe("Reverse, +1");
  expect(await seen()).not.toContain("Names");
  await expect(widget.getByRole("button", {name: "Digits"})).toHaveAttribute("aria-pressed", "true");
  await widget.getByRole("radio", {name: "Reverse, +1", exact: true}).press("ArrowLeft");
  await expectState(widget, {task: "rotateTwo"});
});

test("a link with settings never trains by itself, and says what of it could not be read", async ({page}) => {
  const widget = await awake(page, "/lab/?task=latin&on=vq&r=5&step=x");
  await expect(widget.locator(".notice")).toHaveText(/^This link could not be read; here is the default\. task should/);
  await expect(widget.locator(".more > summary")).toHaveText("Settings: every matrix, rank 4");
  expect(await writes(widget, "after")).toBe(FIRST);
  const other = await awake(page, "/lab/?on=vq&r=8");
  await expect(other.locator(".notice")).toContainText("“vq” names no matrices");
  await expect(other.locator(".notice")).toContainText("This link trains again");
  await expect(other.locator(".more > summary")).toHaveText("Settings: every matrix, rank 8");
  await test.step("it never trains by itself", async () => {
    const widget = await awake(page, "/lab/?on=qv&seed=3&step=200");
    await expect(widget.locator(".notice")).toContainText("This link trains again");
    await expect(widget.locator(".more > summary")).toHaveText("Settings: Wq and Wv, rank 4, seed 3");
    await page.waitForTimeout(1000);
    expect(await stateOf(widget)).toMatchObject({on: "qv", step: 0});
    expect(await writes(widget, "after")).toBe(FIRST);
  });
});

// The kernels' tests take both paths in every run.
if (isAll)
  test("without WebAssembly the same is trained", async ({page}) => {
    await page.route(filesOf.worker, async (route) => {
      const response = await route.fetch();
      await route.fulfill({response, body: `delete globalThis.WebAssembly;${await response.text()}`});
    });
    const widget = await awake(page, "/lab/");
    await go(widget).click();
    await expect(go(widget)).toHaveText("Fine-tune again", {timeout: 200_000});
    const [before, after] = [await writes(widget, "before"), await writes(widget, "after")];
    expect(before).toBe(FIRST);
    expect(after).toBe(TAUGHT);
  });

test("pressed before its weights are there, the button says what loads, and trains by itself", async ({page}) => {
  const arrive = await held(page, filesOf.weights);
  await page.goto("/lab/");
  const widget = page.locator("lora-widget").first();
  await expect(go(widget)).toHaveText("Fine-tune");
  await go(widget).click();
  await expect(go(widget)).toHaveText("Loading 54 kB…");
  arrive();
  await expect(go(widget)).toHaveText("Pause");
  await expect(widget.locator(".told")).toHaveText(/^Step [1-9]\d* of 200/);
});

test("a phrase of the page sets the lab, which waits to be set going", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/lab/");
  await page.getByRole("link", {name: "values alone"}).first().click();
  await expectState(widget, {task: "reversePlusOne", on: "v", r: "8", step: 0});
  await expect(go(widget)).toHaveText("Fine-tune");
  await fineTune(widget);
  await expect(says(widget)).toContainText("trained parameters taught the digit machine Reverse, +1");
  expect(trouble).toEqual([]);
});

test("a run with a rate too high says so, with a way back to a run that can be trained", async ({page}) => {
  const widget = await awake(page, "/lab/?rate=10.0&alpha=128&r=1&applied=half");
  await fineTune(widget);
  // A link with half comes to half.
  await expect(widget.locator(".switch input:checked")).toHaveValue("half");
  await widget.locator(".switch label", {hasText: "On"}).click();
  await expect(says(widget)).toContainText("That is worse than no training: the step η·α/r = 1280 is too large.");
  await widget.locator(".rescue .back").click();
  await expect(widget.locator(".more > summary")).toHaveText("Settings: every matrix, rank 1, α 2");
  await expect(go(widget)).toHaveText("Fine-tune");
  await expect(widget.locator(".rescue")).toBeHidden();
});

test("without scripts three columns tell the run", async ({still: page}) => {
  await page.goto("/lab/");
  const column = (n: number) => page.locator(`.recorded td:nth-child(${n})`).allTextContents();
  expect((await column(1)).join(" ")).toBe(FIRST);
  expect((await column(3)).join(" ")).toBe(TAUGHT);
  // Nothing but a margin stands between the words and what is said below them, where a live figure has its switch.
  await page.setViewportSize({width: 375, height: 812});
  const [words, below] = await Promise.all(
    [page.locator(".words.after"), page.locator(".sentence").first()].map((one) => one.boundingBox()),
  );
  expect(below!.y - (words!.y + words!.height)).toBeLessThan(40);
  const table = (await page.locator(".recorded").boundingBox())!;
  expect(table.x + table.width).toBeLessThanOrEqual(375 - table.x);
});

// Two trainings more; what is kept and compared is asked of the figure train in every run.
if (isAll)
  test("a kept run stands beside the next, whose sentence says what changed and whose use has both", async ({page}) => {
    const {trouble} = listen(page);
    const widget = await awake(page, "/widgets/lab/?task=rotatePlusOne&on=qv");
    await fineTune(widget);
    await widget.getByText("Compare runs").click();
    await widget.getByRole("button", {name: "Keep this run"}).click();
    await widget.getByRole("radio", {name: "Reverse, +1", exact: true}).check();
    await fineTune(widget);
    await expect(says(widget)).toContainText("From run 1 to this run, Teach it: Rotate, +1 → Reverse, +1");
    await expect(widget.locator(".use tbody .what")).toHaveText(["off", "× 0.5", "on", "merged", "run 1", "both"]);
    await widget.getByRole("button", {name: "Go back to Run 1"}).click();
    await expectState(widget, {task: "rotatePlusOne", step: 200});
    expect(trouble).toEqual([]);
  });
