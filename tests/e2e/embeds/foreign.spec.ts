import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, type Locator, type Page, test} from "@playwright/test";
import type {LoraWidget} from "../../../src/figure/loraWidget.ts";
import {expectState, ready, set} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {nudge} from "../../browser/nudge.ts";
import {savedBy} from "../../browser/page.ts";
import {builtSite, dist, head, otherSite, SHARED} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {aTwelfth} from "../../third.ts";

const ours = builtSite(SHARED);

const element = (attributes: string) =>
  `<lora-widget ${attributes}><a href="${ours.origin}/widgets/rank/">What rank r keeps (interactive)</a></lora-widget>`;

interface Ground {
  css?: string;
  policy?: string;
  /** Script of the page's own. */
  script?: string;
}

/** A policy refuses even an icon of no bytes. */
const withoutIcon = head.replace(/<link[^>]*>/, "");

/** Opens a page of another site with our script and this body. */
async function host(page: Page, body: string, {css = "", policy, script = ""}: Ground = {}) {
  const tags = `<script>${script}</script><script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script>`;
  const top = policy
    ? withoutIcon + tags.replace("<script></script>", "")
    : `${head}${css && `<style>${css}</style>`}${tags}`;
  const origin = await otherSite({"/": `${top}<body>${body}`}, policy ? {"content-security-policy": policy} : {});
  await page.goto(`${origin}/`);
  return origin;
}

/** Presses the middle of the figure rank's picture of singular values: that is rank 24. */
async function pickRank(widget: Locator) {
  const field = widget.locator(".mark-knob .field:visible");
  await field.scrollIntoViewIfNeeded();
  const {x, y, width, height} = (await field.boundingBox())!;
  await widget.page().mouse.click(x + width / 2, y + height / 2);
}

test("draws as its attributes say, answers keys and pointer, and leaves the page its own keys", async ({page}) => {
  const {asked, trouble} = listen(page);
  const word = Buffer.from(JSON.stringify({v: 1, state: {r: 6, seed: 3, source: "noise"}})).toString("base64url");
  const places = {
    plain: element('name="rank" r="8"'),
    typed: element('name="savings"'),
    slide: element('name="rank"'),
    packed: element(`name="rank" s="${word}" r="9"`),
    damaged: element('name="rank" s="nothing"'),
  };
  const body = Object.entries(places).map(([name, tag]) => `<div class="${name}">${tag}</div>`);
  const origin = await host(page, `${body.join("")}<button>Next slide</button>`, {
    css: ".slide { width: 900px; transform: scale(.6); transform-origin: 0 0 }",
    script: `heard = []; for (const type of ["keydown", "keypress", "keyup"])
      document.addEventListener(type, ({key}) => heard.includes(type + " " + key) || heard.push(type + " " + key));`,
  });
  /** A figure that answers: before it is ready its fields are there, but nobody listens to them. */
  const readyIn = async (place: keyof typeof places) => {
    const widget = page.locator(`.${place} lora-widget`);
    await widget.scrollIntoViewIfNeeded();
    await ready(widget);
    return widget;
  };
  const plain = await readyIn("plain");
  await expect(plain.locator(".sentence")).toContainText("rank 8");
  await expect(page.getByText("What rank r keeps (interactive)").first()).toBeHidden();

  await test.step("keys pressed in a figure are its own, but Escape and chords go on", async () => {
    const heard = () => page.evaluate("heard");
    const slider = plain.locator("input[name=r]");
    await slider.press("ArrowUp");
    await expect(plain.locator(".sentence")).toContainText("rank 9");
    await slider.press("s");
    expect(await heard()).toEqual([]);
    await slider.press("Escape");
    await slider.press("Control+k");
    await expect.poll(heard).toEqual(expect.arrayContaining(["keydown Escape", "keydown k"]));
    await page.getByRole("button", {name: "Next slide"}).press("ArrowRight");
    await expect.poll(heard).toContain("keydown ArrowRight");
  });

  await test.step("a number being typed is left alone", async () => {
    const typed = await readyIn("typed");
    const field = typed.locator("input[name=r]");
    await field.focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("16");
    await expect(field).toHaveValue("16");
    await expect(typed.locator(".sentence")).toContainText("r = 16");
  });

  await test.step("on a slide that is scaled the pointer is where it seems", async () => {
    const slide = await readyIn("slide");
    await pickRank(slide);
    await expect(slide.locator(".sentence")).toContainText("rank 24");
  });

  await test.step("a state in one word starts it, below what is written out; one that is damaged is said", async () => {
    const [packed, damaged] = [await readyIn("packed"), await readyIn("damaged")];
    await expect(packed.locator(".sentence")).toContainText("rank 9");
    expect(await packed.evaluate((it: LoraWidget) => it.state)).toMatchObject({r: 9, seed: 3, source: "noise"});
    await expect(damaged.locator(".notice")).toContainText("could not be read: it is cut off or damaged");
  });
  expect(await page.evaluate(() => location.search)).toBe("");
  expect(asked.filter((url) => ![origin, ours.origin].includes(new URL(url).origin))).toEqual([]);
  expect(trouble).toEqual([]);

  await test.step("a name that is none is said, and the link inside stays", async () => {
    await host(page, element('name="rnak"'));
    await expect(page.getByRole("alert")).toContainText("There is no widget named “rnak”.");
    await expect(page.getByText("What rank r keeps (interactive)")).toBeVisible();
  });
});

test("a strict policy of the host stops nothing but what it must; links and codes lead to our site", async ({page}) => {
  const {trouble} = listen(page);
  const policy = `default-src 'none'; script-src ${ours.origin}; style-src 'none'`;
  await host(page, element('name="rank"'), {policy});
  const sentence = page.locator("lora-widget .sentence");
  await expect(sentence).toContainText("rank 4");
  const look = (part: string, name: "fill" | "fontSize") =>
    page
      .locator(`lora-widget ${part}`)
      .first()
      .evaluate((node, property) => getComputedStyle(node)[property], name);
  expect(await look(".bin-20", "fill")).not.toBe("rgb(0, 0, 0)");
  expect(await look(".sentence", "fontSize")).toBe("16px");
  await page.locator("lora-widget input[name=r]").press("ArrowUp");
  await expect(sentence).toContainText("rank 5");
  await page.locator("lora-widget").getByRole("button", {name: "Embed"}).click();
  const dialog = page.getByRole("dialog", {name: "Embed this figure"});
  await dialog.getByRole("tab", {name: "Link"}).click();
  const field = dialog.getByRole("textbox", {name: "Page link"});
  await expect(field).toHaveValue(`${ours.origin}/widgets/rank/?r=5`);
  expect(await field.evaluate((node) => getComputedStyle(node).fontFamily)).toMatch(/mono/i);
  await expect(dialog.locator("iframe, .share-preview")).toHaveCount(0);
  await dialog.getByRole("button", {name: "Close"}).click();
  expect(trouble).toEqual([]);

  // Pictures may not be loaded there, so there is no PNG; that is said, and SVG still comes.
  await page.locator("lora-widget").getByRole("button", {name: "Save as…"}).click();
  await page.locator("lora-widget").getByRole("button", {name: "PNG"}).click();
  await expect(page.locator("lora-widget .notice")).toContainText("Save it as SVG");
  const file = await savedBy(page.locator("lora-widget").getByRole("button", {name: "SVG"}));
  expect(file.suggestedFilename()).toBe("lora-rank-r5.svg");
});

const hostile = `*{all:unset!important;display:block!important;font-size:60px!important;color:lime!important}
  head,style,script{display:none!important} .slide{width:900px!important;transform:scale(.6)!important;transform-origin:0 0!important}`;

test("widgets live on hostile ground: a strict policy, a loud style sheet, a scaled slide", async ({page}) => {
  const {trouble} = listen(page);
  const policy = `default-src 'none'; script-src ${ours.origin}; style-src 'nonce-course'`;
  const body = (name: string) =>
    `${withoutIcon}<style nonce="course">${hostile}</style><script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script><body><div class="slide">${element(`name="${name}"`)}</div>`;
  const pages = Object.fromEntries(figureNames.map((name) => [`/${name}/`, body(name)]));
  const origin = await otherSite(pages, {"content-security-policy": policy});
  const names = aTwelfth(figureNames);
  test.setTimeout(40_000 + 3000 * names.length);
  for (const name of names) {
    await page.goto(`${origin}/${name}/`);
    const widget = page.locator("lora-widget");
    const isHeavy = await widget.evaluate(async (it: LoraWidget) => {
      await it.ready;
      return !!it.shadowRoot?.querySelector("[data-do=play]");
    });
    await expect(widget.locator("[data-coming]")).toHaveCount(0);
    const now = () => widget.evaluate((it: LoraWidget) => [JSON.stringify(it.state), it.summary]);
    const before = await now();
    await nudge(widget);
    await expect.poll(async () => (await now())[0], name).not.toBe(before[0]);
    // Without a worker some runs take their time; the others are there.
    if (!isHeavy) await expect.poll(async () => (await now())[1], name).not.toBe(before[1]);
    expect(await widget.locator(".widget").evaluate((figure) => getComputedStyle(figure).fontSize)).toBe("14px");
    // Nothing that the page lets its children inherit gets as far as the box around the figure.
    expect(await widget.locator(".enclosure").evaluate((box) => getComputedStyle(box).fontSize)).toBe("16px");
  }
  // What a page still loads when it is left is given up.
  const due = /Creating a worker from 'blob:.* violates|\/js\/v1\/.*ERR_ABORTED/;
  expect(trouble.filter((text) => !due.test(text))).toEqual([]);
});

/** Writes down every event of the element as its page hears it. */
const hear = `heard = []; for (const type of ["input", "change", "lora-ready", "lora-change", "lora-predict", "lora-answer", "lora-complete", "lora-error"])
  addEventListener(type, (event) => heard.push({type, on: event.target.localName, ...event.detail}));`;
interface Heard {
  [key: string]: unknown;
  type: string;
}
const heard = (page: Page): Promise<Heard[]> =>
  page.evaluate(() => (globalThis as unknown as {heard: Heard[]}).heard.splice(0));
/** Waits until the change that is on its way has settled, and gives what was heard. */
async function settled(page: Page): Promise<Heard[]> {
  const all: Heard[] = [];
  await expect
    .poll(async () => {
      all.push(...(await heard(page)));
      return all.filter(({type}) => type === "change").length;
    })
    .toBe(1);
  return all;
}
const typesOf = (list: readonly Heard[]) => [...new Set(list.map(({type}) => type))];

test("its page hears what becomes of it, reads and writes its state, and takes it away as files", async ({page}) => {
  const {trouble} = listen(page);
  await host(page, element('name="rank" r="8" title="LoRA"'), {script: hear});
  const widget = page.locator("lora-widget");
  await widget.locator(".sentence").waitFor();
  await ready(widget);
  const [first, ...none] = await heard(page);
  expect(first).toMatchObject({
    type: "lora-ready",
    on: "lora-widget",
    state: {r: 8},
    summary: expect.stringMatching(/rank 8/),
    version: expect.stringMatching(/^\d+\./),
  });
  expect(first?.height).toBeGreaterThan(300);
  expect(none).toEqual([]);

  await widget.locator("input[name=r]").press("ArrowUp");
  const moved = await settled(page);
  expect(typesOf(moved)).toEqual(["input", "lora-change", "change"]);
  const said = moved.filter(({type}) => type === "lora-change");
  for (const one of said)
    expect(one).toMatchObject({
      state: {r: 9},
      changed: ["r"],
      reason: "user",
      summary: expect.stringMatching(/rank 9/),
    });
  expect(said.map(({phase}) => phase)).toEqual(["input", "commit"]);
  await expect(widget).toHaveAttribute("r", "9");

  // What the page writes passes the same gate; taken away, the default comes; what no parameter is changes nothing.
  await widget.evaluate((it) => it.setAttribute("r", "12"));
  expect(await settled(page)).toContainEqual(
    expect.objectContaining({state: expect.objectContaining({r: 12}), reason: "host"}),
  );
  await widget.evaluate((it) => it.setAttribute("r", "99"));
  await settled(page);
  await expect(widget).toHaveAttribute("r", "48");
  await expect(widget.locator(".notice")).toContainText("r should be");
  await widget.evaluate((it) => it.removeAttribute("r"));
  await settled(page);
  await expect(widget).not.toHaveAttribute("r");
  expect(await widget.evaluate((it: LoraWidget) => [it.state?.r, it.value === it.state, it.name])).toEqual([
    4,
    true,
    "rank",
  ]);
  await widget.evaluate((it) => it.classList.add("mine"));
  await widget.evaluate(async (it: LoraWidget) => {
    await Promise.all([it.play(), it.pause(), it.step()]);
    await it.set({r: 4});
  });

  // Reset leads to where the page put it.
  await widget.evaluate((it: LoraWidget) => it.reset());
  const back = await settled(page);
  expect(back).toContainEqual(expect.objectContaining({state: expect.objectContaining({r: 8}), reason: "host"}));
  expect(
    back.filter(({type}) => type === "lora-change"),
    "and nothing was said in between",
  ).toHaveLength(2);

  const files = await widget.evaluate(async (it: LoraWidget) => {
    const [svg, png, csv] = await Promise.all([it.exportSVG(), it.exportPNG(), it.exportCSV()]);
    return {svg, png: [png.type, png.size > 10_000], csv};
  });
  expect(files.svg).toContain("<svg");
  expect(files.png).toEqual(["image/png", true]);
  expect(files.csv.split("\r\n")[0]).toBe("Direction,Singular value,Share of energy,Kept");
  const kept = await widget.evaluate(async (it: LoraWidget) => {
    const [before, , after] = await Promise.all([it.exportCSV(), it.set({r: 2}), it.exportCSV()]);
    return [before, after].map((text) => text.match(/,yes/g)?.length);
  });
  expect(kept, "each is of the state in which it was asked for").toEqual([8, 2]);

  await settled(page);
  // Observable's viewof: a value, and an input that bubbles.
  const seen = widget.evaluate(
    (it: LoraWidget) =>
      new Promise((resolve) => it.parentElement?.addEventListener("input", () => resolve(it.value?.r), {once: true})),
  );
  await pickRank(widget);
  expect(await seen).toBe(24);
  expect(trouble).toEqual([]);
});

test("its page hears guesses, answers, a challenge met, and what went wrong", async ({page}) => {
  await host(page, `${element('name="clinic" case="2"')}${element('name="merge"')}${element('name="rnak"')}`, {
    script: hear,
  });
  const clinic = page.locator("lora-widget").first();
  await expect(clinic.locator(".picture")).toHaveAttribute("aria-busy", "false", {timeout: 30_000});
  expect((await heard(page)).filter(({type}) => type === "lora-error")).toEqual([
    {type: "lora-error", on: "lora-widget", code: "name", text: "There is no widget named “rnak”."},
  ]);
  const said = async (type: string) => {
    const all: Heard[] = [];
    await expect
      .poll(async () => {
        all.push(...(await heard(page)).filter((one) => one.type === type));
        return all.length;
      })
      .toBeGreaterThan(0);
    return all;
  };
  // A guess that the page sets is nobody's.
  await clinic.evaluate(async (it: LoraWidget) => {
    await it.set({guess: "2-lower"});
    await it.exportCSV();
    await it.set({guess: ""});
  });
  expect((await heard(page)).filter(({type}) => type === "lora-predict")).toEqual([]);
  await clinic.getByRole("button", {name: "Higher"}).click();
  expect(await said("lora-predict")).toMatchObject([
    {item: "case-2", prediction: "higher", actual: expect.stringMatching(/lower|same|higher/)},
  ]);
  const causes = clinic.locator(".diagnosing .press");
  await causes.first().click();
  const [first] = await said("lora-answer");
  expect(first).toMatchObject({item: "case-2", attempt: 1, score: {min: 0, max: 1, raw: Number(first?.correct)}});
  await causes.nth(1).click();
  expect(await said("lora-answer")).toMatchObject([{item: "case-2", attempt: 2}]);

  // What a page sets is nobody's merit; what a reader does is, once.
  const merge = page.locator("lora-widget").nth(1);
  await merge.scrollIntoViewIfNeeded();
  await set(merge, {precision: "int8", swaps: 1});
  await expect(merge.locator(".verdict")).toHaveText(" You have met it.");
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft"])
    await merge.locator("input[name=swaps]").press(key);
  await expect(merge.locator(".spoken")).toContainText("The challenge is met.");
  const complete = (await heard(page)).filter(({type}) => type === "lora-complete");
  expect(complete).toMatchObject([
    {success: true, score: {raw: 1, scaled: 1}, duration: expect.stringMatching(/^PT\d+\.\d\dS$/)},
  ]);
});

test("what may be asked of every widget is asked in attributes, and of a running one", async ({page}) => {
  const {trouble} = listen(page);
  await host(page, element('name="rank" theme="contrast" controls="none" links="0" title="0" caption="0" table="1"'), {
    script: hear,
  });
  const widget = page.locator("lora-widget");
  const figure = widget.locator("figure");
  await widget.locator(".sentence").waitFor();
  await expect(figure).toHaveAttribute("data-theme", "contrast");
  await expect(figure).toHaveAccessibleName(/\?$/);
  for (const part of [".title", ".guide", "form.controls .control", "[data-do=link]", "[data-do=embed]"])
    await expect(widget.locator(part).first(), part).toBeHidden();
  await expect(widget.locator(".data table")).toBeVisible();
  await heard(page);
  // Where no field is shown the picture does not change its value either.
  await pickRank(widget);
  expect(await widget.evaluate((it: LoraWidget) => it.state?.r)).toBe(4);

  const options = {controls: "all", lock: ["source"], theme: "beamer", title: true, table: 0, answers: false};
  expect(await set(widget, {}, options)).toEqual([
    "theme should be one of auto, light, dark, contrast, projector; “beamer” is not, so contrast is shown.",
    "Locked by this link: Matrix.",
  ]);
  await expect(widget.locator(".title")).toBeVisible();
  await expect(widget.locator(".data")).toBeHidden();
  await expect(widget.locator("input[name=source]").first()).toBeDisabled();
  // The note lies over the lower edge of the window, and with it over the picture.
  await widget.getByRole("button", {name: "Dismiss"}).click();
  await pickRank(widget);
  await expectState(widget, {r: 24});
  await widget.evaluate((it) => it.setAttribute("theme", "dark"));
  await expect(figure).toHaveAttribute("data-theme", "dark");
  await expect(figure).toHaveCSS("color-scheme", "dark");
  await widget.evaluate((it) => it.removeAttribute("theme"));
  await expect(figure).not.toHaveAttribute("data-theme");

  // A word that loads what reads it does not win over a later one.
  const last = await widget.evaluate(async (it: LoraWidget) => {
    await Promise.all([it.set({r: 1}, {motion: "full"}), it.set({r: 2})]);
    await Promise.all([it.set({r: 3}, {motion: "auto"}), it.reset()]);
    const reset = it.state?.r;
    await Promise.all([it.set({r: 1}, {motion: "full"}), it.set({r: 2})]);
    return [reset, it.state?.r];
  });
  expect(last).toEqual([4, 2]);
  expect(trouble).toEqual([]);
});

/** Counts what a page has set going and not ended. */
const watch = () => {
  const going = new Map<string, Set<unknown>>();
  const of = (kind: string) => going.get(kind) ?? (going.set(kind, new Set()).get(kind) as Set<unknown>);
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const [start, stop] of [
    ["setTimeout", "clearTimeout"],
    ["requestAnimationFrame", "cancelAnimationFrame"],
  ] as const) {
    const [begin, end] = [window[start].bind(window), window[stop].bind(window)] as unknown as [
      (use: (...given: unknown[]) => void, ms?: number) => number,
      (id: number) => void,
    ];
    scope[start] = (use: (...given: unknown[]) => void, ms?: number) => {
      const id = begin((...given) => {
        of(start).delete(id);
        use(...given);
      }, ms);
      of(start).add(id);
      return id;
    };
    scope[stop] = (id: number) => {
      of(start).delete(id);
      end(id);
    };
  }
  for (const kind of ["IntersectionObserver", "MutationObserver", "ResizeObserver"] as const) {
    const {observe, disconnect} = window[kind].prototype;
    window[kind].prototype.observe = function (this: never, ...given: never[]) {
      // The test's own tools watch the document.
      if ((given as unknown as [Element])[0].localName === "lora-widget") of(kind).add(this);
      return (observe as (...given: never[]) => void).apply(this, given);
    };
    window[kind].prototype.disconnect = function (this: never) {
      of(kind).delete(this);
      return disconnect.call(this);
    };
  }
  const Own = window.Worker;
  window.Worker = class extends Own {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      of("Worker").add(this);
    }
    override terminate() {
      of("Worker").delete(this);
      super.terminate();
    }
  };
  const {addEventListener: add, removeEventListener: remove} = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...given: Parameters<typeof add>) {
    if (this === document) of("listener").add(given[1]);
    return add.apply(this, given);
  };
  EventTarget.prototype.removeEventListener = function (...given: Parameters<typeof remove>) {
    if (this === document) of("listener").delete(given[1]);
    return remove.apply(this, given);
  };
  scope.going = () => Object.fromEntries([...going].flatMap(([kind, all]) => (all.size ? [[kind, all.size]] : [])));
};

test("taken away while it plays it leaves nothing going, and put back it plays again", async ({page}) => {
  const {trouble} = listen(page);
  await page.addInitScript(watch);
  await host(page, `<div class="one">${element('name="train"')}</div>`);
  const going = () => page.evaluate(() => (globalThis as unknown as {going(): Record<string, number>}).going());
  const widget = page.locator("lora-widget");
  await expect(widget.locator(".picture")).toHaveAttribute("aria-busy", "false", {timeout: 30_000});
  await widget.evaluate(async (it: LoraWidget) => {
    await it.set({step: 0});
    await it.play();
  });
  await expect(widget.getByRole("button", {name: "Pause"})).toBeVisible();
  expect(await going()).toMatchObject({
    IntersectionObserver: 1,
    MutationObserver: 1,
    Worker: 1,
    listener: 1,
  });
  const kept = await widget.evaluateHandle((it) => {
    it.remove();
    return it;
  });
  await expect.poll(going).toEqual({});
  await page.evaluate((it) => document.querySelector(".one")?.append(it), kept);
  await widget.evaluate(async (it: LoraWidget) => {
    it.setAttribute("r", "3");
    await it.step();
  });
  await expect(widget.locator(".sentence")).toContainText("of rank 3");
  expect(trouble).toEqual([]);
});

/** Holds what workers are told, until the page calls `go`. */
const holdWorkers = () => {
  const held: (() => void)[] = [];
  let isFree = false;
  const Own = window.Worker;
  window.Worker = class extends Own {
    override postMessage(order: unknown) {
      const send = () => super.postMessage(order);
      if (isFree) send();
      else held.push(send);
    }
  };
  Object.assign(globalThis, {
    go() {
      isFree = true;
      for (const send of held.splice(0)) send();
    },
  });
};

test("in its first run its codes are there; taken away it owes nothing, put back it runs", async ({page}) => {
  const {trouble} = listen(page);
  await page.addInitScript(holdWorkers);
  await host(page, `<div class="one">${element('name="train"')}</div>`);
  const widget = page.locator("lora-widget");
  const isBusy = (busy: boolean) => expect(widget.locator(".picture")).toHaveAttribute("aria-busy", String(busy));
  await isBusy(true);
  await widget.getByRole("button", {name: "Embed"}).click();
  const dialog = page.getByRole("dialog", {name: "Embed this figure"});
  await dialog.getByRole("tab", {name: "Link"}).click();
  await expect(dialog.getByRole("textbox", {name: "Page link"})).toHaveValue(`${ours.origin}/widgets/train/`);
  await dialog.getByRole("button", {name: "Close"}).click();
  await isBusy(true);

  const kept = await widget.evaluateHandle(async (it: LoraWidget) => {
    const file = it.exportSVG().catch((error) => error.message);
    it.remove();
    return {it, said: await file};
  });
  expect(await kept.evaluate(({said}) => said)).toContain("taken away");
  await page.evaluate(() => (globalThis as unknown as {go(): void}).go());
  const svg = await kept.evaluate(({it}) => {
    document.querySelector(".one")?.append(it);
    return it.exportSVG();
  });
  expect(svg).toContain("<svg");
  await isBusy(false);
  expect(trouble).toEqual([]);
});

test("a notebook's model and its view share one state, from the copy that MyST keeps too", async ({page}) => {
  const {trouble} = listen(page);
  const {home} = JSON.parse(readFileSync(join(dist, "widgets/index.json"), "utf8")) as {home: string};
  const copy = readFileSync(join(dist, "js/v1/lora.anywidget.mjs"), "utf8").replaceAll(home, `${ours.origin}/`);
  const origin = await otherSite({"/": `${head}<body><div class="cell"></div>`, "/a7d89b66.mjs": copy});
  /** A model as anywidget's contract has it, drawn in a shadow root, as MyST does. */
  const start = async (address: string) => {
    const {default: view} = await import(address);
    const values: Record<string, unknown> = {name: "rank", state: {r: 6}, options: {theme: "dark", lock: "source"}};
    const ears = new Map<string, Set<() => void>>();
    const model = {
      saved: 0,
      heard: () => [...ears.values()].reduce((sum, all) => sum + all.size, 0),
      get: (key: string) => values[key],
      set(key: string, value: unknown) {
        if (JSON.stringify(values[key]) === JSON.stringify(value)) return;
        values[key] = value;
        for (const ear of ears.get(`change:${key}`) ?? []) ear();
      },
      save_changes() {
        model.saved++;
      },
      on: (event: string, ear: () => void) => void ears.set(event, (ears.get(event) ?? new Set()).add(ear)),
      off: (event: string, ear: () => void) => void ears.get(event)?.delete(ear),
    };
    await view.initialize({model});
    const el = document.querySelector(".cell")!.attachShadow({mode: "open"});
    return {model, away: view.render({model, el}) as () => void};
  };
  for (const address of [`${ours.origin}/js/v1/lora.anywidget.mjs`, `${origin}/a7d89b66.mjs`]) {
    await page.goto(origin);
    const notebook = await page.evaluateHandle(start, address);
    const widget = page.locator("lora-widget");
    const model = () =>
      notebook.evaluate(({model}) => ({state: model.get("state"), summary: model.get("summary"), saved: model.saved}));
    await expect
      .poll(model)
      .toMatchObject({state: {r: 6, seed: 7}, summary: expect.stringMatching(/rank 6/), saved: 1});
    await expect(widget.locator("figure")).toHaveAttribute("data-theme", "dark");
    await expect(widget.locator("input[name=source]").first()).toBeDisabled();
    await widget.locator("input[name=r]").press("ArrowUp");
    await expect.poll(model).toMatchObject({state: {r: 7}, summary: expect.stringMatching(/rank 7/), saved: 2});
    await notebook.evaluate(({model}) => model.set("state", {r: 11, seed: 4}));
    await expect(widget.locator(".sentence")).toContainText("rank 11");
    await expect.poll(model).toMatchObject({state: {r: 11, seed: 4, source: "blobs"}, saved: 3});
    await notebook.evaluate(({model}) => model.set("options", {theme: "auto"}));
    await expect(widget.locator("figure")).not.toHaveAttribute("data-theme");
    await notebook.evaluate(({model}) => model.set("name", "product"));
    await expect(widget.locator(".sentence")).toContainText("pieces summed");
    await expect(widget).toHaveCount(1);
    const left = await notebook.evaluate(({model, away}) => {
      away();
      return model.heard();
    });
    expect(left).toBe(0);
    await expect(widget).toHaveCount(0);
  }
  expect(trouble).toEqual([]);
});
