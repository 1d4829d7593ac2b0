/** The element in React, Vue and Svelte, from this site and as a package, checked and built by their own tools. `npm run test:all` installs them; without a registry it says so. */
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {expect, test} from "@playwright/test";
import {buildElementPackage} from "../../../src/make/packages/elementPackage.ts";
import type {LoraWidget} from "../../../src/shell/loraWidget.ts";
import {serve} from "../../browser/serve.ts";
import {listen} from "../../browser/trouble.ts";
import {isAll} from "../../third.ts";

const root = new URL("../../..", import.meta.url).pathname;
const built = join(root, "tests/results/frameworks");

let ours: Awaited<ReturnType<typeof serve>>;
let theirs: Awaited<ReturnType<typeof serve>>;
/** Why the pages are not there, where the registry is out of reach. */
let missing = "";

/** What checks the types of each framework's page with the package, in its folder. */
const checks = {
  react: ["tsc", "-p", "."],
  vue: ["vue-tsc", "-p", "."],
  svelte: ["svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"],
} as const;

async function make() {
  const run = (command: string, ...args: string[]) => spawnSync(command, args, {cwd: root, encoding: "utf8"});
  const install = run("npm", "ci", "--prefix", "tests/frameworks", "--no-audit", "--no-fund");
  if (install.status !== 0) {
    missing = `React, Vue and Svelte were left out, because npm could not install them: ${install.stderr.trim().split("\n")[0]}`;
    process.stdout.write(`${missing}\n`);
    return;
  }
  const modules = join(root, "tests/frameworks/node_modules");
  await buildElementPackage(root, join(modules, "lora-widget"), "https://lora.example/");
  for (const [framework, [command, ...args]] of Object.entries(checks)) {
    const cwd = join(root, "tests/frameworks/packaged", framework);
    const {status, stdout} = spawnSync(join(modules, ".bin", command), args, {cwd, encoding: "utf8"});
    if (status !== 0) throw new Error(`the page of ${framework} does not compile with the package: ${stdout}`);
  }
  const {status, stderr} = run(process.execPath, "tests/frameworks/build.js", built);
  if (status !== 0) throw new Error(`the pages of React, Vue and Svelte were not built: ${stderr}`);
}

test.beforeAll(async () => {
  test.setTimeout(240_000);
  await make();
  ours = await serve({root: join(root, "dist"), headers: {"access-control-allow-origin": "*"}});
  theirs = await serve({root: built});
});
test.afterAll(async () => {
  await ours.close();
  await theirs.close();
});

// npm test asks no registry.
for (const framework of isAll ? ["react", "vue", "svelte"] : [])
  for (const first of [true, false])
    test(`${framework} sets the state ${first ? "after" : "before"} the element is defined, and hears its reader`, async ({
      page,
    }) => {
      if (missing) return void test.info().annotations.push({type: "left out", description: missing});
      const {trouble} = listen(page);
      const module = `${ours.origin}/js/v1/lora-widget.js`;
      const query = new URLSearchParams({module, ...(first && {first: "1"})});
      await page.goto(`${theirs.origin}/${framework}/?${query}`);
      const widget = page.locator("lora-widget");
      if (!first) {
        await expect(widget).toHaveJSProperty("shadowRoot", null);
        await page.getByRole("button", {name: "Load"}).click();
      }
      const sentence = widget.locator(".sentence");
      await expect(sentence).toContainText("rank 16");
      expect(await widget.evaluate((it: LoraWidget) => it.state), "a number in the template").toMatchObject({seed: 3});
      await expect(widget.locator(".notice")).toBeHidden();
      await page.getByRole("button", {name: "Move"}).click();
      await expect(sentence).toContainText("rank 24");
      await widget.locator("input[name=r]").press("ArrowUp");
      await expect(sentence).toContainText("rank 25");
      await expect(page.locator("output")).toHaveText("user 25");
      expect(trouble).toEqual([]);
    });

for (const framework of isAll ? Object.keys(checks) : [])
  test(`${framework} has the element as a package: its state is a property, and what the reader chose comes back`, async ({
    page,
  }) => {
    if (missing) return void test.info().annotations.push({type: "left out", description: missing});
    const {asked, trouble} = listen(page);
    await page.goto(`${theirs.origin}/packaged/${framework}/`);
    const widget = page.locator("lora-widget");
    const sentence = widget.locator(".sentence");
    await expect(sentence).toContainText("rank 8");
    expect(await widget.evaluate((it: LoraWidget) => it.state), "a number in the template").toMatchObject({seed: 3});
    expect(await widget.getAttribute("state")).toBeNull();
    await page.getByRole("button", {name: "Move"}).click();
    await expect(sentence).toContainText("rank 12");
    await widget.locator("input[name=r]").press("ArrowUp");
    await expect(page.locator("output")).toHaveText("user 13");
    await expect(sentence).toContainText("rank 13");
    expect(asked.filter((url) => new URL(url).origin !== theirs.origin)).toEqual([]);
    expect(trouble).toEqual([]);
  });
