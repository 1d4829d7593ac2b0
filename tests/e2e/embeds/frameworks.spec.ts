/** The element in React, Vue and Svelte from this site, built by their own tools. `npm run test:all` installs them; without a registry it says so. */
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {expect, test} from "@playwright/test";
import {expectState} from "../../browser/figure.ts";
import {serve} from "../../browser/serve.ts";
import {builtSite, SHARED} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {isAll} from "../../third.ts";

const root = new URL("../../..", import.meta.url).pathname;
const built = join(root, "tests/results/frameworks");

const ours = builtSite(SHARED);
let theirs: Awaited<ReturnType<typeof serve>>;
/** Why the pages are not there, where the registry is out of reach. */
let missing = "";

async function make() {
  const run = (command: string, ...args: string[]) => spawnSync(command, args, {cwd: root, encoding: "utf8"});
  const install = run("npm", "ci", "--prefix", "tests/frameworks", "--no-audit", "--no-fund");
  if (install.status !== 0) {
    missing = `React, Vue and Svelte were left out, because npm could not install them: ${install.stderr.trim().split("\n")[0]}`;
    process.stdout.write(`${missing}\n`);
    return;
  }
  const {status, stderr} = run(process.execPath, "tests/frameworks/build.js", built);
  if (status !== 0) throw new Error(`the pages of React, Vue and Svelte were not built: ${stderr}`);
}

test.beforeAll(async () => {
  test.setTimeout(240_000);
  await make();
  theirs = await serve({root: built});
});
test.afterAll(() => theirs.close());

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
      // A number in the template.
      await expectState(widget, {seed: 3});
      await expect(widget.locator(".notice")).toBeHidden();
      await page.getByRole("button", {name: "Move"}).click();
      await expect(sentence).toContainText("rank 24");
      await widget.locator("input[name=r]").press("ArrowUp");
      await expect(sentence).toContainText("rank 25");
      await expect(page.locator("output")).toHaveText("user 25");
      expect(trouble).toEqual([]);
    });
