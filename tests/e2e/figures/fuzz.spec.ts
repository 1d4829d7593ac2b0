/**
 * Readers who do anything at all: pointers, fingers and keys in random order, and texts of every length and direction. A failure
 * names its seed and the last events; SEED=5 asks for another sequence.
 */
import {type CDPSession, expect, type Locator, type Page, test} from "@playwright/test";
import type {LoraWidget} from "../../../src/figure/loraWidget.ts";
import {answering, set, stateOf} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {listen} from "../../browser/trouble.ts";
import {below, oneOf, type Random, randomOf} from "../../fuzz/mutate.ts";
import {isAll, ofThree, oneOf as oneByThird} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** Another with each third. */
const oneFigure = oneByThird(ofThree(figureNames));

const SEED = Number(process.env.SEED ?? 16);
const EVENTS = isAll ? 2000 : 100;
/** Events after which the figure is looked at. */
const LOOK = 20;

const keys = [
  ...["Tab", "Shift+Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"],
  ...["Enter", "Space", "Escape", "Backspace", "Delete", "Control+a", "Control+z", "0", "7", "9", "-", ".", "e", "q"],
];

/** What a figure shows, and by how many pixels the page is too wide. */
const look = (page: Page) =>
  page.evaluate(() => {
    // Without a figure, something has led away from the page.
    const figure = document.querySelector("figure.widget");
    return {
      sentence: figure?.querySelector(".sentence")?.textContent ?? "",
      hasPicture: (figure?.querySelectorAll(".picture *").length ?? 0) > 3,
      excess: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    };
  });

/** The middles of what can be pressed and moved, and how large the page is. */
const targets = (page: Page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll("input, button, summary, textarea, [tabindex], [role=button], svg");
    const middles = [...all].flatMap((node) => {
      const {left, top, width, height} = node.getBoundingClientRect();
      return width > 0 ? [{x: left + width / 2, y: top + height / 2}] : [];
    });
    return {middles, width: innerWidth, height: document.documentElement.scrollHeight};
  });

/** One reader with two hands: what they do next depends on what they hold. */
class Hands {
  readonly #page: Page;
  readonly #fingers: CDPSession;
  readonly #random: Random;
  #touching = 0;
  aims: Awaited<ReturnType<typeof targets>> = {middles: [], width: 1, height: 1};

  constructor(page: Page, fingers: CDPSession, random: Random) {
    this.#page = page;
    this.#fingers = fingers;
    this.#random = random;
  }

  /** Something to press, or any place. */
  #aim() {
    const {middles, width, height} = this.aims;
    const near = middles.length && this.#random() < 0.7 ? oneOf(this.#random, middles) : undefined;
    const jitter = () => (this.#random() - 0.5) * 40;
    return near
      ? {x: near.x + jitter(), y: near.y + jitter()}
      : {x: this.#random() * width, y: this.#random() * height};
  }

  #touch(type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel", count: number) {
    const touchPoints = Array.from({length: count}, (_, id) => ({...this.#aim(), id}));
    this.#touching = count;
    return this.#fingers.send("Input.dispatchTouchEvent", {type, touchPoints});
  }

  /** Does one thing, and says what. */
  async act(): Promise<string> {
    const {mouse, keyboard} = this.#page;
    const {x, y} = this.#aim();
    const at = `${Math.round(x)},${Math.round(y)}`;
    const fingers = 1 + below(this.#random, 2);
    const isTouching = this.#touching > 0;
    const key = oneOf(this.#random, keys);
    const deeds: Record<string, () => Promise<unknown>> = {
      [`click ${at}`]: () => mouse.click(x, y),
      [`move ${at}`]: () => mouse.move(x, y),
      [`press ${at}`]: () => mouse.move(x, y).then(() => mouse.down()),
      release: () => mouse.up(),
      [`middle click ${at}`]: () => mouse.click(x, y, {button: "middle"}),
      [`double click ${at}`]: () => mouse.dblclick(x, y),
      wheel: () => mouse.wheel(0, this.#random() * 400 - 200),
      [`${isTouching ? "drag" : "touch with"} ${fingers} fingers`]: () =>
        this.#touch(isTouching ? "touchMove" : "touchStart", isTouching ? this.#touching : fingers),
      lift: () => (isTouching ? this.#touch(this.#random() < 0.8 ? "touchEnd" : "touchCancel", 0) : mouse.up()),
      [key]: () => keyboard.press(key),
      [`${key} again`]: () => keyboard.press(key),
    };
    const deed = oneOf(this.#random, Object.keys(deeds));
    // The hand that holds the mouse is none of those that touch.
    if (isTouching && /click|move|press/.test(deed)) await this.#touch("touchEnd", 0);
    await deeds[deed]!();
    return deed;
  }

  async letGo() {
    await this.#page.mouse.up();
    if (this.#touching) await this.#touch("touchEnd", 0);
    for (let i = 0; i < 2; i++) await this.#page.keyboard.press("Escape");
  }
}

/** Opens a figure on a page that nothing leads away from. */
async function stays(page: Page, name: string): Promise<Locator> {
  await page.setViewportSize({width: name.length % 2 ? 390 : 960, height: 1800});
  const widget = await answering(page, `/embed/${name}/`);
  // To drag a text, and to open an address that was dropped, is the browser's own; meanwhile it hears no other hand.
  await page.evaluate(() => addEventListener("dragstart", (event) => event.preventDefault()));
  page.on("popup", (other) => void other.close());
  page.on("download", (file) => void file.cancel());
  await page.route("**", (route) =>
    route.request().isNavigationRequest() && route.request().frame() === page.mainFrame()
      ? route.abort("aborted")
      : route.fallback(),
  );
  return widget;
}

const aborted = /ERR_(ABORTED|FAILED)/;

for (const name of oneFigure)
  test(`${name} bears ${EVENTS} events of pointers, fingers and keys`, async ({page}) => {
    test.setTimeout(600_000);
    const {trouble} = listen(page);
    const widget = await stays(page, name);
    const initial = await stateOf(widget);
    const hands = new Hands(page, await page.context().newCDPSession(page), randomOf(SEED, figureNames.indexOf(name)));
    const done: string[] = [];
    page.on("framenavigated", (frame) => void done.push(`went to ${frame.url()}`));
    for (let i = 0; i < EVENTS; i++) {
      if (i % LOOK === 0) hands.aims = await targets(page);
      done.push(await hands.act());
      if (i % LOOK < LOOK - 1) continue;
      const where = `seed ${SEED}, after event ${i}: ${done.slice(-LOOK).join("; ")}`;
      const {sentence, ...rest} = await look(page);
      expect(rest, where).toEqual({hasPicture: true, excess: 0});
      expect(sentence, where).toMatch(/^[A-Z\d“][\s\S]*[.”]$/);
      expect(sentence, where).not.toMatch(/NaN|undefined|Infinity/);
      expect(
        trouble.filter((line) => !aborted.test(line)),
        where,
      ).toEqual([]);
    }
    await hands.letGo();
    await widget.evaluate((it: LoraWidget) => it.reset());
    expect(await stateOf(widget), "it still answers").toEqual(initial);
    await page.unrouteAll({behavior: "ignoreErrors"});
  });

const strings = [
  "W".repeat(5000),
  "words ".repeat(900),
  "مرحبا بالعالم وبكل من فيه ".repeat(100),
  "\u202eright to left\u202c \u2067left\u2069 \u200f",
  "שלום".repeat(300),
  "👩‍🔬".repeat(300),
  "é̷̛".repeat(500),
  "<b>bold</b> & \"quoted\" 'too'",
  "\u0000\ud800",
];

for (const name of oneFigure)
  test(`${name} bears long texts and such from right to left`, async ({page}) => {
    const {trouble} = listen(page);
    await page.setViewportSize({width: 390, height: 1200});
    const widget = await answering(page, `/embed/${name}/`);
    const initial = await stateOf(widget);
    const well = {hasPicture: true, excess: 0};
    for (const text of strings) {
      for (const control of Object.keys(initial)) {
        await set(widget, {[control]: text});
        expect(await look(page), `${control} = ${text.slice(0, 30)}`).toMatchObject(well);
      }
      for (const field of await page.locator("figure.widget :is(input[type=text], textarea):visible").all()) {
        await field.fill(text);
        await field.blur();
        expect(await look(page), `typed: ${text.slice(0, 30)}`).toMatchObject(well);
      }
    }
    // As a link carries them.
    for (const text of strings.slice(2, 6)) {
      const query = new URLSearchParams(Object.keys(initial).map((control) => [control, text.slice(0, 30)]));
      await answering(page, `/embed/${name}/?${query}`);
      expect(await look(page), text.slice(0, 30)).toMatchObject(well);
    }
    expect(trouble.filter((line) => !aborted.test(line))).toEqual([]);
  });
