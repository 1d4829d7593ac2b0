import {expect, type Locator, test} from "@playwright/test";
import {noWorker} from "../../browser/denied.ts";
import {awake, expectState, shown, stateOf} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const play = (widget: Locator) => widget.locator(".time [data-do=play]");
const sentence = (widget: Locator) => widget.locator("figure > .sentence");

test("Measure times four ways of one layer; no link holds it, and Restart takes it away", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/latency/?times=here&tokens=16&width=64");
  await expect(sentence(widget)).toContainText("at width 64");
  await expect(play(widget)).toHaveText("Measure");
  await expect(widget.locator(".times .chart.wide .mark-bar path")).toHaveCount(0);
  const first = await shown(widget);
  await play(widget).click();
  await expect(sentence(widget)).toContainText(/takes [\d.]+\u2009(µs|ms) merged.* \(median of \d+(?! so far)[;)]/, {
    timeout: 30_000,
  });
  await expect(widget.locator(".times .chart.wide .mark-bar path")).toHaveCount(4);
  await expect(play(widget)).toHaveText("Measure");
  await expect(widget.locator(".reason.device")).toContainText("float32 SIMD kernels");
  await expect(widget.locator(".spoken")).toContainText("median of");
  // The address is written a moment after the words, by a file of its own.
  await expect(page).toHaveURL("/widgets/latency/?times=here&width=64&tokens=16");
  await test.step("they stay while other settings of the paper are looked at", async () => {
    const times = () => widget.locator(".times .chart.wide .row .said").allTextContents();
    const measured = await times();
    await page.locator("input[name=times][value=paper]").check({force: true});
    await expect.poll(times).toEqual([]);
    await page.locator("input[name=setting][value='16x256']").check({force: true});
    await page.locator("input[name=times][value=here]").check({force: true});
    await expect.poll(times).toEqual(measured);
  });
  await widget.locator(".time [data-do=restart]").click();
  await expect(sentence(widget)).toHaveText(first.sentence!);
  await expect.poll(() => shown(widget)).toEqual(first);
  expect(trouble).toEqual([]);
});

test("a control that moves ends the timing, and nothing of it is drawn late", async ({page}) => {
  const widget = await awake(page, "/widgets/latency/?times=here");
  await expect(widget.locator(".panel.times .label")).toContainText("press Measure");
  await play(widget).click();
  await expect(sentence(widget)).toContainText("so far", {timeout: 30_000});
  await page.locator("input[name=width][value='512']").check({force: true});
  await expect(sentence(widget)).toContainText("nothing is timed yet: at width 512");
  await page.waitForTimeout(1000);
  await expect(sentence(widget)).toContainText("nothing is timed yet: at width 512");
});

test("a clock too coarse to time with is said in words", async ({page}) => {
  // Without a worker the page itself times, by the clock of this test.
  await noWorker(page);
  await page.addInitScript(() => {
    const real = performance.now.bind(performance);
    performance.now = () => Math.floor(real() / 100) * 100;
  });
  const widget = await awake(page, "/widgets/latency/?times=here");
  await play(widget).click();
  await expect(widget.locator(".notice")).toContainText(
    /clock of this browser (stood still|moves in steps of 100 ms)/,
    {timeout: 30_000},
  );
  await expect(sentence(widget)).toContainText("nothing is timed yet");
});

test("a guess from outside is drawn; one that is no percent is refused in words", async ({page}) => {
  const widget = await awake(page, "/widgets/latency/?guess=25");
  await expect(widget.locator(".chart.wide .guessed")).toHaveText("your guess 25%");
  const other = await awake(page, "/widgets/latency/?guess=lots");
  await expect(other.locator(".notice")).toContainText("give the added time as a percent from 0 to 300");
  await expect(other.locator(".guessed")).toHaveCount(0);
});

/** Where the pass of a lane is, in the drawing's units. */
const pass = (widget: Locator, lane: number) =>
  widget
    .locator(".chart.wide .lane")
    .nth(lane)
    .locator(".pulse")
    .evaluate((dot) => Number(/\(([\d.]+)/.exec(dot.getAttribute("transform")!)![1]));

test("a batch that is sent comes through, the adapters' last; Pause stops it, and it goes on", async ({page}) => {
  const {trouble} = listen(page);
  await page.emulateMedia({reducedMotion: "no-preference"});
  await page.clock.install();
  const widget = await awake(page, "/widgets/latency/");
  await page.clock.pauseAt(Date.now() + 60_000);
  const after = () => stateOf(widget).then(({after}) => Number(after));
  const finish = await pass(widget, 0);
  expect(await pass(widget, 2)).toBeLessThan(finish);
  await play(widget).click();
  await page.clock.runFor(1000);
  await expect(play(widget)).toHaveText("Pause");
  await play(widget).click();
  await expect(play(widget)).toHaveText("Send a batch");
  const stopped = await after();
  expect(stopped).toBeGreaterThan(5);
  expect(stopped).toBeLessThan(95);
  expect(await pass(widget, 0)).toBeLessThan(finish);
  await page.clock.runFor(300);
  expect(await after()).toBe(stopped);
  await play(widget).click();
  await page.clock.runFor(500);
  expect(await after()).toBeGreaterThan(stopped);
  await page.clock.runFor(2600);
  await expect(play(widget)).toHaveText("Send a batch");
  await expectState(widget, {after: 131});
  expect(await pass(widget, 2)).toBe(finish);
  // Nobody timed the others.
  for (const lane of [3, 4, 5])
    await expect(widget.locator(".chart.wide .lane").nth(lane).locator(".pulse")).toHaveCount(0);
  await expect(sentence(widget)).toContainText("All timed passes are through");
  expect(trouble).toEqual([]);
});

test("without motion a batch is through at once, and the slider brings it back", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  const widget = await awake(page, "/widgets/latency/?setting=32x512");
  await play(widget).click();
  await expect(widget.locator("input[name=after]")).toHaveValue("103");
  await widget.locator("input[name=after]").fill("50");
  await expect(sentence(widget)).toContainText("no pass is through");
});
