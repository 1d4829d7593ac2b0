import {expect, type Page, test} from "@playwright/test";
import {bundle} from "../../../src/embed/bundles/bundle.ts";
import type {Frame} from "../../../src/embed/frame/client.ts";
import {builtSite} from "../../browser/builtSite.ts";
import {head, otherSite} from "../../browser/otherSite.ts";
import {listen} from "../../browser/trouble.ts";

const root = new URL("../../..", import.meta.url).pathname;

const ours = builtSite();
let client = "";

test.beforeAll(async () => {
  const {"frame.js": script} = await bundle(root, {frame: "src/embed/frame/client.ts"}, {format: "iife"});
  client = `${Buffer.from(script!).toString("utf8")}; globalThis.frame = lora.frame;`;
});

const iframe = (attributes: string, query = "") =>
  `<iframe title="A widget" width="900" height="1100" src="${ours.origin}/embed/rank/${query}" ${attributes}></iframe>`;

async function host(page: Page, tag: (origin: string) => string) {
  const pages: Record<string, string> = {};
  const origin = await otherSite(pages);
  pages["/"] = `${head}<body>${tag(origin)}<script type="module">${client}</script>`;
  await page.goto(`${origin}/`);
}

/** Runs on the host's page: what a program hears and gets. */
async function converse() {
  const {frame} = globalThis as unknown as {frame: (iframe: HTMLIFrameElement) => Frame};
  const figure = frame(document.querySelector("iframe")!);
  const changes: unknown[] = [];
  figure.on("change", ({state, phase}) => phase === "input" && changes.push(state.r));
  const states = await Promise.all([figure.set({r: 8}), figure.get(), figure.set({r: 5}), figure.reset()]);
  const csv = await figure.export("csv");
  const refused = await figure.set({r: {} as number}).catch((error: Error) => error.message);
  return {states: states.map(({r}) => r), csv: csv.slice(0, 9), refused, changed: changes.length > 0};
}

const due = {states: [8, 8, 5, 4], csv: "Direction", refused: /^state and options should hold/, changed: true};

test("gives orders to a frame in a sandbox, without one, and one that loads when it is near, and gets the answers, with nothing to complain of", async ({
  page,
}) => {
  const {trouble} = listen(page);
  for (const attributes of ['sandbox="allow-scripts"', "", 'loading="lazy"']) {
    await host(page, () => iframe(attributes));
    const {refused, ...got} = await page.evaluate(converse);
    expect(refused).toMatch(due.refused);
    expect(got, attributes).toEqual({states: due.states, csv: due.csv, changed: due.changed});
  }
  expect(trouble).toEqual([]);
});

test("orders that are given while the frame loads another figure are all answered", async ({page}) => {
  await host(page, () => iframe('sandbox="allow-scripts"'));
  const {count, last} = await page.evaluate(async () => {
    const {frame} = globalThis as unknown as {frame: (iframe: HTMLIFrameElement) => Frame};
    const tag = document.querySelector("iframe")!;
    const figure = frame(tag);
    await figure.get();
    tag.src = tag.src.replace("rank", "savings");
    const loaded = new Promise((resolve) => tag.addEventListener("load", resolve, {once: true}));
    let isLoading = true;
    void loaded.then(() => {
      isLoading = false;
    });
    const asked: Promise<object>[] = [];
    while (isLoading) {
      asked.push(figure.get());
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const states = await Promise.all(asked);
    return {count: states.length, last: await figure.set({r: 3})};
  });
  expect(count).toBeGreaterThan(0);
  expect(last).toMatchObject({r: 3, preset: expect.any(String)});
});

test("a frame that names another origin does not answer, and one that names this page does", async ({page}) => {
  await host(page, (origin) => iframe("", `?origin=${origin}`));
  expect((await page.evaluate(converse)).states).toEqual(due.states);
  await host(page, () => iframe("", "?origin=https://other.example"));
  const answer = await page.evaluate(async () => {
    const {frame} = globalThis as unknown as {frame: (iframe: HTMLIFrameElement) => Frame};
    const figure = frame(document.querySelector("iframe")!);
    setTimeout(() => figure.close(), 800);
    return figure.get().catch((error: Error) => error.message);
  });
  expect(answer).toBe("this client of the frame was closed");
});
