import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

/** Counts sounds that began and ended, in `window.sounds`. */
const counted = () => {
  const sounds = {begun: 0, ended: 0, contexts: 0};
  Object.assign(window, {sounds});
  const {start, stop} = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...args) {
    sounds.begun++;
    start.apply(this, args as []);
  };
  AudioBufferSourceNode.prototype.stop = function (...args) {
    sounds.ended++;
    stop.apply(this, args as []);
  };
  const Real = AudioContext;
  window.AudioContext = class extends Real {
    constructor() {
      super();
      sounds.contexts++;
    }
  };
};

test("nothing sounds before a press, Escape ends what sounds, and another press begins anew", async ({page}) => {
  await page.addInitScript(counted);
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  const widget = await awake(page, "/widgets/amplify/?norms=paper");
  const sounds = () => page.evaluate(() => (window as unknown as {sounds: object}).sounds);
  expect(await sounds()).toEqual({begun: 0, ended: 0, contexts: 0});
  const isSound = (url: string) => /sound\.[^/]*js/.test(url);
  expect(scripts.filter(isSound)).toEqual([]);
  await widget.getByRole("button", {name: "♪ Hear W₀", exact: true}).click();
  await expect.poll(sounds).toEqual({begun: 1, ended: 0, contexts: 1});
  expect(scripts.filter(isSound)).toHaveLength(1);
  await page.keyboard.press("Escape");
  await expect.poll(sounds).toEqual({begun: 1, ended: 1, contexts: 1});
  await widget.getByRole("button", {name: "♪ Hear W₀ + ΔW"}).click();
  await expect.poll(sounds).toEqual({begun: 2, ended: 1, contexts: 1});
  // It ends by itself.
  await expect.poll(sounds).toEqual({begun: 2, ended: 2, contexts: 1});
});

test("the violet fader is dragged down to nothing, and back by the keyboard", async ({page}) => {
  const widget = await awake(page, "/widgets/amplify/?norms=paper");
  const field = widget.locator(".chart.wide .faders .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 1);
  await page.mouse.up();
  await expect.poll(async () => stateOf(widget)).toMatchObject({strength: 0});
  await expect(widget.locator(".chart.wide .faders[data-tone=dw] .norm")).toHaveText("0.32");
  await widget.locator("input[name=strength]").first().focus();
  await page.keyboard.press("End");
  await expect.poll(async () => stateOf(widget)).toMatchObject({strength: 100});
});
