import {expect, type Page, test} from "@playwright/test";
import {bundle} from "../../../src/embed/bundles/bundle.ts";
import type {Frame} from "../../../src/embed/packages/element/frame.d.ts";
import {builtSite} from "../../browser/builtSite.ts";
import {head, otherSite} from "../../browser/otherSite.ts";
import {listen} from "../../browser/trouble.ts";

const root = new URL("../../..", import.meta.url).pathname;

const ours = builtSite();
let client = "";

test.beforeAll(async () => {
  const {"frame.js": script} = await bundle(root, {frame: "src/embed/packages/frameClient.ts"}, {format: "iife"});
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
