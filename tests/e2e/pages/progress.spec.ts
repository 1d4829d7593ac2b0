import {readFileSync} from "node:fs";
import {expect, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {noStorage} from "../../browser/denied.ts";
import {expectToFit, savedBy} from "../../browser/page.ts";
import {listen} from "../../browser/trouble.ts";

const KEPT: Record<string, string> = {
  "lora-live:v1:keep": "yes",
  "lora-live:v1:chapter:low-rank": '"finished"',
  "lora-live:v1:chapter:formulas": '"visited"',
  "lora-live:v1:answer:q-02-eckart-young-error": '{"given":"2.24","right":true}',
  "lora-live:v1:prediction:q-02-share": '{"given":"About 10%"}',
  "lora-live:v1:words:low-rank": '"Blends of <b>columns</b>."',
  "lora-live:theme": "light",
  other: "1",
};

/** Fills the device once, before the first page of the test. */
async function keep(page: Page, items: Record<string, string>) {
  const mark = crypto.randomUUID();
  await page.addInitScript(
    ([all, mark]) => {
      if (sessionStorage.getItem("filled") === mark) return;
      sessionStorage.setItem("filled", mark);
      for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value);
    },
    [items, mark] as const,
  );
}

const state = (page: Page) => page.locator(".own-state");
const keys = (page: Page) => page.evaluate(() => Object.keys(localStorage).sort());
const load = (page: Page, text: string) =>
  page
    .getByLabel("Load a copy")
    .setInputFiles({name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text)});
const copyOf = (...items: object[]) => JSON.stringify({loraLive: 1, items});

test("shows what is kept, erases one kind after asking, then everything", async ({page}) => {
  const {trouble} = listen(page);
  await keep(page, KEPT);
  await page.goto("/progress/");
  await expect(state(page)).toHaveText("Kept on this device: 2 chapter marks, 1 prediction, 1 answer and 1 text.");
  await expect(page.locator(".own-items li")).toHaveCount(3);
  await expect(page.locator(".own-items")).toContainText(["About 10%", "2.24 (right)", "Blends of <b>columns</b>."]);
  await expect(page.locator("[data-read]")).toContainText("Low-rank matrices");
  await expect(page.getByRole("link", {name: "Question"}).first()).toHaveAttribute(
    "href",
    /chapters\/low-rank\/#q-02-share$/,
  );
  expect(await findings(page)).toEqual([]);

  const erase = page.getByRole("button", {name: "Erase 1 answer"});
  page.once("dialog", (dialog) => dialog.dismiss());
  await erase.press("Enter");
  await expect(erase).toBeFocused();
  page.on("dialog", (dialog) => dialog.accept());
  await erase.press("Enter");
  await expect(state(page)).toHaveText(/^Erased: 1 answer\. Kept on this device: 2 chapter marks/);
  await expect(state(page)).toBeFocused();
  expect(await keys(page)).not.toContain("lora-live:v1:answer:q-02-eckart-young-error");

  const other = await page.context().newPage();
  await other.goto("/progress/");
  await expect(state(other)).toHaveText(/^Kept on this device/);
  await page.getByRole("button", {name: "Erase it all"}).click();
  await expect(state(page)).toHaveText("Everything that was kept is erased. Nothing of yours is kept.");
  expect((await keys(page)).filter((key) => key !== "lora-live:theme")).toEqual(["other"]);

  // A window that was open meanwhile knows of it, and writes nothing.
  await expect(state(other)).toHaveText("Nothing of yours is kept.");
  await load(other, copyOf({kind: "words", id: "formulas", value: "New."}));
  await other.getByRole("button", {name: "Add what is new"}).click();
  await expect(state(other)).toHaveText(/^Held for this page, and gone when you leave it: 1 text\.$/);
  expect((await keys(page)).filter((key) => key !== "lora-live:theme")).toEqual(["other"]);
  expect(trouble).toEqual([]);
});

test("a saved copy comes back; a bad one is refused in words and nothing is lost", async ({page}) => {
  await keep(page, KEPT);
  await page.goto("/progress/");
  const saved = await savedBy(page.getByRole("button", {name: "Save a copy"}));
  const text = readFileSync(await saved.path(), "utf8");
  expect(JSON.parse(text).items).toHaveLength(5);
  const loaded = page.locator(".loaded");
  // What is said of each kind of bad file is asked in tests/book/kept/backup.test.ts.
  await load(page, "{");
  await expect(loaded).toContainText("The file is not JSON");
  await expect(loaded).toContainText("Nothing was changed here.");
  await expect(state(page)).toHaveText(/2 chapter marks, 1 prediction, 1 answer and 1 text/);

  const words = (value: string, id = "low-rank") => ({kind: "words", id, value});
  await load(page, copyOf(words("Another."), words("New.", "formulas")));
  await expect(loaded).toContainText("New here: 1 text. Different here: 1 text.");
  await page.getByRole("button", {name: "Add what is new"}).click();
  await expect(page.locator(".own-items")).toContainText(["", "", "Blends of <b>columns</b>."]);
  await expect(state(page)).toHaveText(/2 texts/);
  await load(page, copyOf(words("Another.")));
  await page.getByRole("button", {name: "Replace what differs"}).click();
  await expect(page.locator(".own-items").last()).toContainText("Another.");

  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", {name: "Erase it all"}).click();
  await load(page, text);
  await page.getByRole("button", {name: "Add what is new"}).click();
  await expect(loaded.getByRole("status")).toHaveText(
    /^Taken from the file: 2 chapter marks.*It lasts until you leave this page\.$/,
  );
  await page.locator(".own-data > .needs-script > .keeping").getByRole("button", {name: "Keep"}).click();
  await expect(state(page)).toHaveText(/^Kept on this device: 2 chapter marks, 1 prediction, 1 answer and 1 text\.$/);
  await page.reload();
  await expect(state(page)).toHaveText(/^Kept on this device/);
});

test("a file's programs are shown whole, with their empty lines, before anything is stored", async ({page}) => {
  await page.goto("/progress/");
  const program = `function f() {}${"\n".repeat(61)}// the end${" ".repeat(3000)}steal()`;
  await load(
    page,
    copyOf(
      {kind: "draft", id: "q-12-code-forward", value: program},
      {kind: "draft", id: "q-12-both-zero", value: "Sentences."},
      {kind: "answer", id: "q-02-eckart-young-error", value: {given: "2.24", right: true}},
    ),
  );
  const loaded = page.locator(".loaded");
  await expect(loaded.getByRole("status")).toHaveText(
    /^The file was read\. New here: 1 answer and 2 drafts\.The file contains a program, shown here in full\. .* to its last line first\.$/,
  );
  await expect(loaded.locator(".own-program")).toHaveCount(1);
  await expect(loaded.locator(".own-program p")).toHaveText("62 lines, 60 of them empty:");
  const text = loaded.getByRole("region", {name: "Program for q-12-code-forward"});
  await expect(text).toContainText("62  // the end");
  // It can be scrolled to its end, and nothing is out of sight to the right.
  const box = await text.evaluate((one) => {
    one.scrollTop = one.scrollHeight;
    return {wide: one.scrollWidth - one.clientWidth, lines: one.scrollHeight / one.clientHeight};
  });
  expect(box.wide).toBe(0);
  expect(box.lines).toBeGreaterThan(2);
  expect(await findings(page)).toEqual([]);
  expect(await keys(page)).toEqual([]);
  await expect(state(page)).toHaveText("Nothing of yours is kept.");
  await page.getByRole("button", {name: "Change nothing"}).click();
  await expect(loaded).toHaveText("Nothing was changed here.");
  await expectToFit(page, 320);
});

test("denied and broken storage: the page works and says what is not kept", async ({browser}) => {
  const cases: [string, (page: Page) => Promise<unknown>, RegExp][] = [
    ["denied", noStorage, /^This browser keeps nothing for this site/],
    [
      "broken",
      (page) => keep(page, {...KEPT, "lora-live:v1:words:formulas": "{"}),
      /^What was kept earlier .* was left out: words formulas\. Kept on this device: 2 chapter marks/,
    ],
  ];
  for (const [name, prepare, said] of cases) {
    const page = await browser.newPage();
    const {trouble} = listen(page);
    await prepare(page);
    await page.goto("/progress/");
    await expect(state(page), name).toHaveText(said);
    await load(page, copyOf({kind: "words", id: "formulas", value: "New."}));
    await page.getByRole("button", {name: "Add what is new"}).click();
    await expect(page.locator(".own-items").last(), name).toContainText("New.");
    expect(trouble, name).toEqual([]);
    await page.close();
  }
});
