import {expect, type Page, test} from "@playwright/test";
import {bundle} from "../../../src/embed/bundles/bundle.ts";
import type {Frame} from "../../../src/embed/packages/element/frame.d.ts";
import {builtSite, head, otherSite} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";

const root = new URL("../../..", import.meta.url).pathname;

const ours = builtSite();
let client = "";

test.beforeAll(async () => {
  const {"frame.js": script} = await bundle(root, {frame: "src/embed/packages/frameClient.ts"}, {format: "iife"});
  client = `${Buffer.from(script!).toString("utf8")}; globalThis.frame = lora.frame;`;
});

/** Opens a page of another site with the client and a frame that has these attributes. */
async function host(page: Page, attributes: string) {
  const frame = `<iframe title="A widget" width="900" height="1100" src="${ours.origin}/embed/rank/" ${attributes}></iframe>`;
  await page.goto(await otherSite({"/": `${head}<body>${frame}<script type="module">${client}</script>`}));
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

test("a frame in a sandbox, without one, and one that loads when it is near take orders and answer", async ({page}) => {
  const {trouble} = listen(page);
  for (const attributes of ['sandbox="allow-scripts"', "", 'loading="lazy"']) {
    await host(page, attributes);
    expect(await page.evaluate(converse), attributes).toEqual({
      states: [8, 8, 5, 4],
      csv: "Direction",
      refused: expect.stringMatching(/^state and options should hold/),
      changed: true,
    });
  }
  expect(trouble).toEqual([]);
});
