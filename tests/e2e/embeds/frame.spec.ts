import {expect, type Frame, type Page, test} from "@playwright/test";
import {builtSite, head, otherSite} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";

const ours = builtSite();

type Message = Record<string, unknown> & {type?: string};

/** What a page of the tests has: all it heard from each frame, and a way to ask one. */
interface Host {
  heard: {from: string; data: Message}[];
  ask(frame: string, body: object): Promise<Message>;
}

/** Runs on the host's page. */
function listening() {
  const host = globalThis as unknown as Host;
  host.heard = [];
  const windowOf = (id: string) => (document.getElementById(id) as HTMLIFrameElement).contentWindow as Window;
  addEventListener("message", ({source, data}) => {
    const from = [...document.querySelectorAll("iframe")].find(({contentWindow}) => contentWindow === source);
    host.heard.push({from: from?.id ?? "", data});
  });
  let count = 0;
  host.ask = (frame, body) =>
    new Promise((resolve) => {
      const requestId = `ask ${++count}`;
      addEventListener("message", function hear({source, data}) {
        if (source !== windowOf(frame) || data?.requestId !== requestId) return;
        removeEventListener("message", hear);
        resolve(data);
      });
      windowOf(frame).postMessage({target: "lora-widget", v: 1, requestId, ...body}, "*");
    });
}

/** Opens a page of another site with this body; gives its origin. */
async function host(page: Page, body: (origin: string) => string): Promise<string> {
  const pages: Record<string, string> = {};
  const origin = await otherSite(pages);
  pages["/"] = `${head}<script>(${listening})()</script><body>${body(origin)}`;
  await page.goto(`${origin}/`);
  return origin;
}

const tag = (id: string, path: string, attributes = 'sandbox="allow-scripts"') =>
  `<iframe id="${id}" title="A widget" width="900" height="1100" src="${ours.origin}/embed/${path}" ${attributes}></iframe>`;

const ask = (page: Page, frame: string, body: object) =>
  page.evaluate(([frame, body]) => (globalThis as unknown as Host).ask(frame, body), [frame, body] as const);
const heard = async (page: Page, from: string, type?: string) =>
  (await page.evaluate(() => (globalThis as unknown as Host).heard))
    .filter((one) => one.from === from && (!type || one.data.type === type))
    .map(({data}) => data);

test("a host sets, asks, exports and resets; whoever else speaks is not heard", async ({page}) => {
  const {trouble} = listen(page);
  const stranger = `<iframe id="stranger" title="Another" srcdoc="<script>onmessage = () => parent.frames[0].postMessage({target: 'lora-widget', v: 1, type: 'set', state: {r: 2}}, '*') || parent.postMessage('said', '*')</script>"></iframe>`;
  await host(
    page,
    (origin) =>
      tag("one", `rank/?id=one&xapi=1&origin=${origin}`) +
      tag("two", "rank/?id=two&origin=https://elsewhere.example") +
      tag("three", "savings/?origin=somewhere") +
      stranger,
  );
  // One frame was told of another origin, and one of none.
  await page.evaluate(() => {
    const message = {target: "lora-widget", v: 1, type: "set", state: {r: 9}, requestId: 1};
    for (const id of ["two", "three"])
      (document.getElementById(id) as HTMLIFrameElement).contentWindow?.postMessage(message, "*");
  });
  const one = page.frameLocator("#one");
  const state = {r: 8, source: "noise"};
  expect(await ask(page, "one", {type: "set", state, options: {theme: "dark", lock: ["r"]}})).toMatchObject({
    ...{source: "lora-widget", v: 1, type: "lora:reply", id: "one", widget: "rank", ok: true, state},
  });
  await expect(one.locator(".sentence")).toContainText("rank 8");
  await expect(one.locator("figure.widget")).toHaveAttribute("data-theme", "dark");
  await expect(one.locator("input[name=r]")).toBeDisabled();
  expect(await ask(page, "one", {type: "set", state: {r: 999}, options: {lock: ""}})).toMatchObject({
    ok: true,
    state: {r: 48},
  });
  expect(await ask(page, "one", {type: "theme"})).toMatchObject({
    ok: false,
    error: expect.stringContaining("type should be one of"),
  });
  const files = await page.evaluate(async () => {
    const {ask} = globalThis as unknown as Host;
    const [svg, csv, json, png] = await Promise.all(
      ["svg", "csv", "json", "png"].map(async (format) => (await ask("one", {type: "export", format})).data),
    );
    return {svg: String(svg), csv: String(csv), json: String(json), png: (png as Blob).size};
  });
  expect(files.svg).toMatch(/^<\?xml[\s\S]*<\/svg>\s*$/);
  expect(files.csv.split("\r\n")[0]).toBe("Direction,Singular value,Share of energy,Kept");
  expect(JSON.parse(files.json)).toMatchObject({
    widget: "rank",
    state: {r: 48},
    summary: expect.stringContaining("rank 48"),
  });
  expect(files.png).toBeGreaterThan(500);

  await expect(page.locator("body")).toBeFocused();
  expect(await ask(page, "one", {type: "focus"})).toMatchObject({ok: true});
  expect(await one.locator("*:focus").evaluate((control) => !!control.closest("form.controls"))).toBe(true);
  for (const type of ["play", "pause", "step", "reset"])
    expect(await ask(page, "one", {type}), type).toMatchObject({ok: true});
  await page.evaluate(() =>
    (document.getElementById("stranger") as HTMLIFrameElement).contentWindow?.postMessage(1, "*"),
  );
  await expect.poll(() => heard(page, "stranger")).toEqual(["said"]);
  expect(await ask(page, "one", {type: "get"}), "what the stranger asked for is not done").toMatchObject({
    state: {r: 4, source: "blobs"},
  });

  const latest = async () => (await heard(page, "one", "lora:change")).at(-1);
  await expect.poll(latest).toMatchObject({state: {r: 4}, reason: "host", phase: "commit"});
  await one.locator("input[name=r]").press("ArrowUp");
  await expect.poll(latest).toMatchObject({
    state: {r: 5},
    changed: ["r"],
    reason: "user",
    phase: "commit",
    summary: expect.stringContaining("rank 5"),
  });

  await page.locator("#three").scrollIntoViewIfNeeded();
  await expect(page.frameLocator("#three").locator(".notice")).toContainText("“somewhere” is not, so no page hears");
  await page.frameLocator("#two").locator("input[name=r]").press("ArrowUp");
  await expect(page.frameLocator("#two").locator(".sentence"), "not 9, as it was told").toContainText("rank 5");
  expect([...(await heard(page, "two")), ...(await heard(page, "three"))]).toEqual([]);
  // The browser says that a message for elsewhere was not delivered, and that is the point.
  expect(trouble.filter((line) => !line.includes("https://elsewhere.example"))).toEqual([]);
});

test("what may be asked of every figure is asked in a frame's address, and Reset leads back to it", async ({page}) => {
  const {trouble} = listen(page);
  await page.emulateMedia({colorScheme: "dark", reducedMotion: "no-preference"});
  const addresses = {
    told: "predict/?predict=0",
    asking: "predict/?predict=1&answers=0",
    still: "init/?motion=reduce&step=5&seed=3",
    large: "rank/?theme=projector&r=8&lock=source",
    bright: "rank/?theme=contrast",
  };
  type Id = keyof typeof addresses;
  await host(page, () =>
    Object.entries(addresses)
      .map(([id, path]) => tag(id, path))
      .join(""),
  );
  const frame = (id: Id) => page.frameLocator(`#${id}`);
  const stateOf = async (id: Id) => (await ask(page, id, {type: "get"})).state;

  expect(await stateOf("told")).toMatchObject({committed: "skipped"});
  expect(await stateOf("asking")).toMatchObject({committed: ""});
  await frame("asking").getByRole("button", {name: "Skip"}).click();
  await expect(frame("asking").locator(".sentence")).toContainText("You skipped the guess");

  const seen = (id: Id) =>
    frame(id)
      .locator("figure.widget")
      .evaluate((figure) => {
        const {backgroundColor, zoom} = getComputedStyle(figure);
        return [backgroundColor, Number(zoom), getComputedStyle(document.documentElement).colorScheme];
      });
  expect(await ask(page, "bright", {type: "get"})).toMatchObject({ok: true});
  expect(await seen("bright")).toEqual(["rgb(0, 0, 0)", 1, "light dark"]);
  expect(await ask(page, "large", {type: "set", state: {r: 20, source: "noise"}})).toMatchObject({state: {r: 20}});
  expect(await seen("large"), "the frame around it is light too").toEqual(["rgb(255, 255, 255)", 1.35, "light"]);
  await frame("large").getByRole("button", {name: "Reset"}).click();
  await expect.poll(() => stateOf("large"), "what is held stays").toMatchObject({r: 8, source: "noise"});
  expect(await ask(page, "large", {type: "reset"})).toMatchObject({state: {r: 8, source: "blobs"}});

  // A host hears the sentence of the state that its address names.
  await ask(page, "still", {type: "get"});
  await expect
    .poll(() => heard(page, "still", "lora:ready"))
    .toMatchObject([{state: {step: 5}, summary: expect.stringContaining("at step 5")}]);
  /** Presses Restart and Play: what is on that button then, and whether the run is at its end. */
  const played = () =>
    frame("still")
      .locator(".time")
      .evaluate((time) => {
        const button = (name: string) => time.querySelector(`[data-do=${name}]`) as HTMLButtonElement;
        const clock = time.querySelector("input") as HTMLInputElement;
        button("restart").click();
        button("play").click();
        return [button("play").textContent, clock.value === clock.max];
      });
  expect(await played()).toEqual(["Play", true]);
  await ask(page, "still", {type: "set", options: {motion: "full"}});
  expect(await played()).toEqual(["Pause", false]);
  await page.emulateMedia({reducedMotion: "reduce"});
  expect(await played(), "what the reader's device asks for wins").toEqual(["Play", true]);
  const [file, last] = await page.evaluate(async () => {
    const {ask} = globalThis as unknown as Host;
    const [, file, , last] = await Promise.all([
      ask("still", {type: "set", state: {step: 40, seed: 4}}),
      ask("still", {type: "export", format: "json"}),
      ask("still", {type: "set", state: {step: 7}}),
      ask("still", {type: "get"}),
    ]);
    return [JSON.parse(String(file.data)), last.state];
  });
  expect(file, "of the state in which it was asked for").toMatchObject({
    ...{widget: "init", state: {step: 40, seed: 4}},
    summary: expect.stringContaining("at step 40"),
  });
  expect(last).toMatchObject({step: 7, seed: 4});
  await frame("still").getByRole("button", {name: "Reset"}).click();
  await expect.poll(() => stateOf("still")).toMatchObject({step: 5, seed: 3});
  const places = page.frames().map((one) => new URL(one.url()));
  expect(
    places.map(({pathname, search}) => `${pathname}${search}`),
    "a frame's address stays as it came",
  ).toEqual(expect.arrayContaining([`/embed/${addresses.still}`, `/embed/${addresses.large}`]));

  // A page of our own has its address for its reader.
  await page.goto(`${ours.origin}/widgets/rank/?theme=contrast&r=8`);
  const own = page.locator("figure.widget");
  await expect(own.locator(".sentence")).toContainText("rank 8");
  await expect(own).toHaveCSS("background-color", "rgb(0, 0, 0)");
  await own.getByRole("button", {name: "Reset"}).click();
  await expect(own.locator(".sentence")).toContainText("rank 4");
  await expect(page).toHaveURL(`${ours.origin}/widgets/rank/?theme=contrast`);
  expect(trouble).toEqual([]);
});

/** What course tools and newspapers have on their pages, written from what they are documented to do. Runs on the host's page. */
function foreignListeners() {
  const told: Record<string, unknown> = {};
  Object.assign(globalThis, {told});
  const frame = () => document.getElementById("one") as HTMLIFrameElement;
  addEventListener("message", (event) => {
    if (event.source !== frame().contentWindow) return;
    const {data} = event;
    // Datawrapper reads this of whatever comes, null included.
    if (data["datawrapper-height"] !== undefined)
      for (const key in data["datawrapper-height"]) told.datawrapper = data["datawrapper-height"][key];
    // H5P's resizer answers to whom it thinks it hears; to a sandboxed frame that throws.
    if (data.context === "h5p") frame().contentWindow?.postMessage({context: "h5p"}, event.origin);
    if (data.subject === "lti.frameResize") told.canvas = data.height;
    if (data.message === "height" && data.secret === "Ab3") told.wordpress = data.value;
    if (data.type === "plugin.resize" || data.offset !== undefined) told.edx = true;
    if (typeof data !== "string") return;
    const pym = /^pymxPYMxpym-0xPYMxheightxPYMx(\d+)$/.exec(data);
    if (pym) told.pym = Number(pym[1]);
    const resizer = /^\[iFrameSizer\]frame0:(\d+):(\d+):(\w+)$/.exec(data);
    if (resizer) Object.assign(told, {resizer: Number(resizer[1]), first: told.first ?? resizer[3]});
    if (data.startsWith("{") && JSON.parse(data).context === "iframe.resize") told.embedly = JSON.parse(data).height;
  });
}

test("every kind of host hears the height, at every width, and nobody's page breaks", async ({page}) => {
  const {asked, trouble} = listen(page);
  const query = "rank/?childId=pym-0&id=first#?secret=Ab3";
  const impostor = `<iframe id="impostor" title="Not ours" srcdoc="<script>parent.postMessage({source: 'lora-widget', v: 1, type: 'lora:resize', height: 5000}, '*')</script>"></iframe>`;
  const origin = await host(
    page,
    () =>
      `<style>iframe { box-sizing: border-box; border: 3px solid }</style><script>(${foreignListeners})()</script><div style="width:640px">${tag("one", query)}</div>${impostor}`,
  );
  const one = page.frameLocator("#one");
  const inner = (await (await page.locator("#one").elementHandle())?.contentFrame()) as Frame;
  const needed = () => inner.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  const height = (id: string) => page.locator(`#${id}`).evaluate((frame) => frame.clientHeight);
  await page.locator("#one").evaluate((frame) => {
    (frame as HTMLIFrameElement).width = "100%";
  });
  await expect.poll(async () => (await heard(page, "one", "lora:ready")).length).toBe(1);

  // The helper comes after the frame has told its height, and a greeting as iframe-resizer gives it.
  await page.evaluate((src) => {
    const greeting = "[iFrameSizer]frame0:8:false:true:32:true:true:null:bodyOffset";
    (document.getElementById("one") as HTMLIFrameElement).contentWindow?.postMessage(greeting, "*");
    document.head.append(Object.assign(document.createElement("script"), {src}));
  }, `${ours.origin}/js/v1/lora-embed.js`);
  /** Waits until all that the hosts were told is what the frame needs, and the helper has given it. */
  const fits = async () => {
    const names = ["datawrapper", "canvas", "wordpress", "embedly", "pym", "resizer", "frame"];
    const wrong = async () => {
      const told = await page.evaluate(() => (globalThis as unknown as {told: Record<string, unknown>}).told);
      const all: Record<string, unknown> = {...told, frame: await height("one")};
      const due = await needed();
      const expected = Object.fromEntries([...names.map((name) => [name, due]), ["first", "init"]]);
      // Who was not told yet, or is told without being known here, is wrong too.
      return [...new Set([...names, ...Object.keys(all)])].filter((name) => all[name] !== expected[name]);
    };
    await expect.poll(wrong).toEqual([]);
    return needed();
  };
  const heights: number[] = [];
  for (const width of [320, 640, 960]) {
    await page.locator("div").evaluate((div, width) => {
      div.style.width = `${width}px`;
    }, width);
    await expect.poll(() => inner.evaluate(() => innerWidth)).toBe(width - 6);
    heights.push(await fits());
    expect(await inner.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
  expect(heights[0]).toBeGreaterThan(heights[2] as number);

  const closed = await needed();
  await one.locator("details.data > summary").click();
  await expect.poll(needed).toBeGreaterThan(closed);
  expect(await fits()).toBeGreaterThan(closed);
  await one.locator("details.data > summary").click();
  await expect.poll(needed).toBe(closed);
  await fits();

  expect(await height("impostor")).toBeLessThan(300);
  const loaded = [`embed/rank/?childId=pym-0&id=first`, "js/v1/embed/rank.js", "js/v1/lora-embed.js"];
  const scripts = asked.filter((url) => !url.endsWith(".css"));
  expect(scripts.sort(), "nothing is asked for but what the frame and its helper are").toEqual(
    [`${origin}/`, ...loaded.map((path) => `${ours.origin}/${path}`)].sort(),
  );

  // A height that follows from the frame's would grow for ever where the host obeys.
  const resizes = async () => (await heard(page, "one", "lora:resize")).length;
  const before = await resizes();
  await inner.evaluate(() => {
    document.documentElement.style.minHeight = "calc(100vh + 10px)";
  });
  await expect.poll(resizes).toBeGreaterThan(before);
  await page.waitForTimeout(1000);
  expect((await resizes()) - before).toBeLessThanOrEqual(4);
  await page.evaluate((src) => {
    const frame = Object.assign(document.createElement("iframe"), {id: "later", title: "Later", width: "640", src});
    document.body.prepend(frame);
  }, `${ours.origin}/embed/savings/`);
  await expect.poll(() => height("later"), "a frame that is added later").toBeGreaterThan(300);
  expect(trouble).toEqual([]);
});

/** Ten thousand messages of all that can be sent, the same in every run. Runs on the host's page. */
async function flood(): Promise<Message> {
  const target = (document.getElementById("one") as HTMLIFrameElement).contentWindow as Window;
  let seed = 20210617;
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const evil = [
    "<img src=x onerror=globalThis.pwned=1>",
    "<script>globalThis.pwned=1</script>",
    "javascript:globalThis.pwned=1",
    "globalThis.pwned=1",
    "__proto__",
    "constructor",
    "[iFrameSizer]<img src=x onerror=globalThis.pwned=1>:8",
    "pymxPYMxpym-0xPYMxheightxPYMx99",
    `{"context":"iframe.resize"}`,
    "x".repeat(9000),
    "\u0000\ud800👩‍🔬٤",
    "",
  ];
  const cyclic: Record<string, unknown> = {target: "lora-widget"};
  cyclic.self = cyclic;
  const odd = () =>
    one<() => unknown>([
      () => null,
      () => undefined,
      () => random() * 2e9 - 1e9,
      () => Number.NaN,
      () => one(evil),
      () => one(evil),
      () => true,
      () => 10n ** 40n,
      () => new Date(Number.NaN),
      () => new Map([[one(evil), cyclic]]),
      () => new Set([cyclic]),
      () => new Error(one(evil)),
      () => /(a+)+$/,
      () => new Uint8Array(1000),
      () => new Blob([one(evil)]),
      () => cyclic,
      () => Array(20).fill(one(evil)),
      () => JSON.parse(`{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"r":${random() * 60}}`),
      () => Object.fromEntries(Array.from({length: 200}, (_, i) => [`k${i}`, i])),
    ])();
  const types = ["set", "set", "set", "get", "reset", "play", "pause", "step", "focus", "theme", "toString"];
  const near = () => ({
    target: "lora-widget",
    v: one([1, 1, 1, 2, "1"]),
    type: random() < 0.8 ? one(types) : odd(),
    state: random() < 0.4 ? odd() : {[one(["r", "source", "cells", "seed", one(evil)])]: odd()},
    options: random() < 0.7 ? undefined : {[one(["theme", "lock", "controls", "s", one(evil)])]: odd()},
    format: odd(),
    requestId: random() < 0.5 ? `flood ${random()}` : odd(),
    ...(random() < 0.1 && {extra: odd()}),
  });
  for (let i = 0; i < 10_000; i++) {
    target.postMessage(random() < 0.5 ? near() : odd(), "*");
    // The last thousand come at once: far more than may wait for one turn.
    if (i % 500 === 499 && i < 9000) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return (globalThis as unknown as Host).ask("one", {type: "reset"});
}

test("ten thousand messages of rubbish: no HTML, no code, no storage, and it still answers", async ({page}) => {
  const {asked, trouble} = listen(page);
  await page.addInitScript(() => {
    const touched: string[] = [];
    Object.assign(globalThis, {touched});
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"])
      Object.defineProperty(globalThis, name, {get: () => touched.push(name)});
    for (const name of ["cookie"])
      Object.defineProperty(document, name, {get: () => touched.push(name), set: () => touched.push(name)});
    for (const name of ["open", "alert", "confirm", "fetch", "WebSocket"])
      Object.defineProperty(globalThis, name, {value: () => touched.push(name)});
  });
  await host(page, () => tag("one", "rank/", ""));
  const one = page.frameLocator("#one");
  await expect.poll(async () => (await heard(page, "one", "lora:ready")).length).toBe(1);
  await ask(page, "one", {type: "get"});
  const inner = (await (await page.locator("#one").elementHandle())?.contentFrame()) as Frame;
  const census = () =>
    inner.evaluate(() =>
      [
        ...document.querySelectorAll(
          "script, img, iframe, object, embed, style, link, base, meta, [onerror], [onload], [href]",
        ),
      ]
        .map((node) => node.outerHTML)
        .filter((html) => !html.startsWith("<a "))
        .join("\n"),
    );
  const before = {census: await census(), asked: asked.length};
  await inner.evaluate(() => {
    const pauses = {last: performance.now(), longest: 0};
    Object.assign(globalThis, {pauses});
    setInterval(() => {
      pauses.longest = Math.max(pauses.longest, performance.now() - pauses.last);
      pauses.last = performance.now();
    }, 10);
  });

  // The reset comes right behind the flood, and whatever waited with it is done when it is answered.
  expect(await page.evaluate(flood)).toMatchObject({ok: true});
  expect(
    await ask(page, "one", {
      type: "set",
      state: {r: 6},
      options: {lock: "", controls: "all", theme: "auto", predict: "auto"},
    }),
  ).toMatchObject({ok: true, state: {r: 6, source: "blobs"}});

  expect(await census()).toBe(before.census);
  expect(asked.length, "nothing more is asked for").toBe(before.asked);
  const left = await inner.evaluate(() => {
    const {touched, pauses, pwned} = globalThis as unknown as Record<string, unknown> & {pauses: {longest: number}};
    return {touched, pwned, polluted: ({} as {polluted?: number}).polluted, longest: pauses.longest};
  });
  expect(left).toMatchObject({touched: [], pwned: undefined, polluted: undefined});
  expect(left.longest, "milliseconds for which it heard nothing").toBeLessThan(1500);
  const replies = await heard(page, "one", "lora:reply");
  expect(replies.filter(({ok}) => ok === false).length).toBeGreaterThan(100);

  await one.locator("input[name=r]").press("ArrowUp");
  await expect(one.locator(".sentence")).toContainText("rank 7");
  expect(await ask(page, "one", {type: "get"})).toMatchObject({ok: true, state: {r: 7}});
  expect(trouble).toEqual([]);
});
