import {expect, type Locator, test} from "@playwright/test";
import {awake, shown} from "../../browser/figure.ts";
import {noWorker} from "../../browser/noWorker.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const play = (widget: Locator) => widget.locator(".time [data-do=play]");
const sentence = (widget: Locator) => widget.locator("figure > .sentence");

test("Play times three ways of one layer; no link holds it, and Restart takes it away", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/latency/?tokens=16&width=64");
  await expect(sentence(widget)).toContainText("at width 64");
  const first = await shown(widget);
  await play(widget).click();
  await expect(sentence(widget)).toContainText(/takes [\d.]+\u2009(µs|ms) merged.* \(median of \d+(?! so far)[;)]/, {
    timeout: 30_000,
  });
  await expect(widget.locator(".times .timed:not(.empty)")).toHaveCount(3);
  await expect(widget.locator(".reason.device")).toContainText("float32 SIMD kernels");
  await expect(widget.locator(".spoken")).toContainText("median of");
  expect(new URL(page.url()).search).toBe("?tokens=16&width=64");
  await widget.locator(".time [data-do=restart]").click();
  await expect(sentence(widget)).toHaveText(first.sentence!);
  expect(await shown(widget)).toEqual(first);
  expect(trouble).toEqual([]);
});

test("a control that moves ends the timing, and nothing of it is drawn late", async ({page}) => {
  const widget = await awake(page, "/widgets/latency/");
  await play(widget).click();
  await expect(sentence(widget)).toContainText("so far", {timeout: 30_000});
  await page.locator("input[name=width][value='512']").check({force: true});
  await expect(sentence(widget)).toContainText("nothing is timed yet; at width 512");
  await page.waitForTimeout(1000);
  await expect(sentence(widget)).toContainText("nothing is timed yet; at width 512");
});

test("a clock too coarse to time with is said in words", async ({page}) => {
  // Without a worker the page itself times, by the clock of this test.
  await noWorker(page);
  await page.addInitScript(() => {
    const real = performance.now.bind(performance);
    performance.now = () => Math.floor(real() / 100) * 100;
  });
  const widget = await awake(page, "/widgets/latency/");
  await play(widget).click();
  await expect(widget.locator(".notice")).toContainText(
    /clock of this browser (stood still|moves in steps of 100 ms)/,
    {
      timeout: 30_000,
    },
  );
  await expect(sentence(widget)).toContainText("nothing is timed yet");
});

test("a guess from outside is drawn; one that is no percent is refused in words", async ({page}) => {
  const widget = await awake(page, "/widgets/latency/?guess=25");
  await expect(widget.locator(".guessed")).toHaveText("your guess 25%");
  const other = await awake(page, "/widgets/latency/?guess=lots");
  await expect(other.locator(".notice")).toContainText("A guess of added time is a percent from 0 to 300");
  await expect(other.locator(".guessed")).toHaveText("");
});

test("Play stands right below the times that it makes, in the whole figure and in a card", async ({page}) => {
  const widget = await awake(page, "/widgets/latency/");
  for (const size of ["full", "card"]) {
    await widget.evaluate((element, size) => element.setAttribute("data-size", size), size);
    await expect(widget.locator("figure")).toHaveAttribute("data-size", size);
    const times = (await widget.locator(".panel.times").boundingBox())!;
    const button = (await play(widget).boundingBox())!;
    expect(button.y - times.y - times.height, size).toBeGreaterThanOrEqual(0);
    expect(button.y - times.y - times.height, size).toBeLessThan(40);
  }
  await expect(widget.locator(".panel.times .label")).toContainText("press Play");
});
