import {copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, type Frame, type Page} from "@playwright/test";
import {unzipSync} from "fflate";
import {set} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {nudge} from "../../browser/nudge.ts";
import {expectToFit} from "../../browser/page.ts";
import {serve} from "../../browser/serve.ts";
import {dist, head} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aTwelfth} from "../../third.ts";

const root = new URL("../../..", import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), "download-"));
test.afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Moves a control by one key, and waits until sentence or picture follows. */
async function press(page: Page): Promise<void> {
  const shown = () =>
    page
      .locator("figure.widget > :is(.sentence, .picture)")
      .evaluateAll((all) => all.map((one) => one.innerHTML).join());
  await page.waitForFunction(
    () => document.querySelector("figure.widget > .picture")?.getAttribute("aria-busy") !== "true",
  );
  const before = await shown();
  await nudge(page);
  await expect.poll(shown, {timeout: 20_000}).not.toBe(before);
}

test("a figure's file, alone in a folder, lives, answers keys and asks for nothing, in silence", async ({page}) => {
  const {asked, trouble} = listen(page);
  for (const name of aTwelfth(figureNames)) {
    await test.step(name, async () => {
      const alone = join(folder, name);
      mkdirSync(alone);
      copyFileSync(join(dist, "download", `${name}.html`), join(alone, `${name}.html`));
      const address = pathToFileURL(join(alone, `${name}.html`)).href;
      asked.length = 0;
      await page.goto(address);
      await press(page);
      // The lab says nothing of a task in its sentence before it has trained.
      if (name !== "lab") await expect.soft(page.locator("figure.widget > .sentence"), name).toHaveText(/\w{3}.*\.$/);
      expect.soft(asked, name).toEqual([address]);
      expect.soft(trouble.splice(0), name).toEqual([]);
      await expectToFit(page, 320);
    });
  }
  await page.goto(`${pathToFileURL(join(dist, "download/rank.html")).href}?r=9&links=0`);
  await expect(page.locator("figure.widget > .sentence")).toContainText("rank 9");
  await expect(page.locator("footer a")).toHaveCount(0);
});

test("a file without scripts shows its first frame, dressed, and where it comes from", async ({still: page}) => {
  await page.goto(pathToFileURL(join(dist, "download/rank.html")).href);
  await expect(page.locator("figure.widget > .picture svg:visible").first()).toBeVisible();
  expect(await page.locator("figure.widget").evaluate((figure) => getComputedStyle(figure).borderRadius)).toBe("10px");
  // A build that was told no SITE knows no address to lead to.
  const links = await page.locator("footer a").evaluateAll((all) => (all as HTMLAnchorElement[]).map(({href}) => href));
  expect(links).toEqual(process.env.SITE ? [expect.stringMatching(/widgets\/rank\/$/)] : []);
  await expect(page.locator("footer")).toContainText("Hu et al.");
});

/** Data of an attempt as scorm-again holds it. */
interface Attempt {
  core: {lesson_status: string; score: {raw: string}; session_time: string; exit: string};
  suspend_data: string;
}

test("a SCORM package tells a platform of the challenge, and comes back as it was left", async ({page}) => {
  const unpacked = join(folder, "scorm");
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(dist, "download/rank.scorm.zip"))))) {
    mkdirSync(dirname(join(unpacked, path)), {recursive: true});
    writeFileSync(join(unpacked, path), bytes);
  }
  const platform = await serve({
    root: unpacked,
    pages: {
      "/scorm12.js": readFileSync(join(root, "node_modules/scorm-again/dist/scorm12.min.js"), "utf8"),
      "/course.html": `${head}<script src="/scorm12.js"></script>
        <script>
          const kept = sessionStorage.getItem("attempt");
          API = new Scorm12API({autocommit: false, logLevel: 5});
          if (kept) API.loadFromJSON(JSON.parse(kept), "");
          told = [];
          heard = [];
          addEventListener("message", ({data}) => heard.push(data.type));
          for (const call of ["Initialize", "Commit", "Finish"]) API.on("LMS" + call, () => told.push(call));
          spans = [];
          API.on("LMSSetValue.cmi.core.session_time", (element, span) => spans.push(span));
        </script><iframe title="Figure" src="/index.html" width="900" height="900"></iframe>`,
    },
  });
  const {asked, trouble} = listen(page);
  const attempt = () =>
    page.evaluate(() =>
      JSON.parse(JSON.stringify((globalThis as never as {API: {cmi: Attempt}}).API.cmi)),
    ) as Promise<Attempt>;
  const figure = async (): Promise<Frame> => {
    await expect.poll(() => page.frames().length).toBe(2);
    const frame = page.frames()[1]!;
    await frame.locator("figure.widget > .sentence").waitFor();
    return frame;
  };
  /** Takes the figure away, as a platform does when a student leaves, and keeps what it was told. */
  const leave = async () => {
    await page.evaluate(() => document.querySelector("iframe")!.remove());
    const left = await attempt();
    await page.evaluate((cmi) => sessionStorage.setItem("attempt", JSON.stringify(cmi)), left);
    return left;
  };

  await page.goto(`${platform.origin}/course.html`);
  await set((await figure()).locator("lora-widget"), {source: "noise", r: 3});
  await expect.poll(async () => (await attempt()).suspend_data, {timeout: 10_000}).toContain('"r":3');
  expect((await attempt()).core).toMatchObject({lesson_status: "incomplete", score: {raw: ""}});
  // What a page sets is nobody's answer; a key is.
  await set((await figure()).locator("lora-widget"), {r: 39});
  await (await figure()).locator("input[name=r]").press("ArrowUp");
  await expect.poll(async () => (await attempt()).core.lesson_status).toBe("passed");
  const left = await leave();
  expect(left.core).toMatchObject({
    lesson_status: "passed",
    score: {raw: "100", min: "0", max: "100"},
    exit: "suspend",
  });
  const {told, heard, spans} = await page.evaluate(() => {
    const {told, heard, spans} = globalThis as never as Record<"told" | "heard" | "spans", string[]>;
    return {told: told.join(), heard, spans};
  });
  const last = spans.at(-1)!;
  expect(last).toMatch(/^0000:0\d:\d\d\.\d\d$/);
  // The platform takes only what is a CMITimespan, and writes it again in its own way: "00:00:03.5" for "0000:00:03.50".
  const [, minutes, seconds] = left.core.session_time.split(":").map(Number);
  expect(minutes! * 60 + seconds!).toBeCloseTo(Number(last.slice(5, 7)) * 60 + Number(last.slice(8)), 2);
  expect(told).toMatch(/^Initialize(,Commit)+,Finish$/);
  // Beside all that, it speaks with the page around it as an embed does.
  expect(heard).toEqual(expect.arrayContaining(["lora:ready", "lora:resize", "lora:change", "lora:complete"]));

  await page.goto(`${platform.origin}/course.html`);
  await expect((await figure()).locator("figure.widget > .sentence")).toContainText("rank 40");
  expect((await attempt()).core).toMatchObject({lesson_status: "passed", score: {raw: "100"}});

  await page.goto(`${platform.origin}/index.html`);
  await press(page);
  const allowed = ["course.html", "scorm12.js", "index.html"].map((path) => `${platform.origin}/${path}`);
  expect(asked.filter((url) => !allowed.includes(url))).toEqual([]);
  expect(trouble).toEqual([]);
  await platform.close();
});
