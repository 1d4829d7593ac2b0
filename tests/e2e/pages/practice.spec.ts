/** The page that sets up a run: its form, its address, without scripts, on a phone and on paper. */
import {expect, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {tooSmall} from "../../browser/letters.ts";

test.describe.configure({mode: "parallel"});

const line = (page: Page, topic: string) => page.locator(`.answer[data-topic=${topic}]`);
const value = (page: Page, topic: string) => line(page, topic).locator(".answer-value");
/** A field of the form: pictures have labels, too. */
const field = (page: Page, label: string) => page.locator("form.case").getByLabel(label);
const box = (page: Page, name: string) => page.locator(`[data-config=${name}]`);

test("the answer, the memory, the texts to copy and the address follow the form", async ({page}) => {
  await page.goto("/practice/");
  await expect(value(page, "rate")).toHaveText(/^2e-4/);
  await page.locator("select[name=model]").selectOption("70b");
  await expect(value(page, "rate")).toHaveText(/^1e-4/);
  await expect(line(page, "memory")).toContainText("does not fit");
  await field(page, "Base model stored in").selectOption("nf4");
  await field(page, "Memory of one GPU").fill("80");
  await expect(line(page, "memory")).toContainText("It fits");
  await expect(box(page, "TRL").locator("code")).toContainText("load_in_4bit=True");
  await field(page, "It should").selectOption("rl");
  await expect(box(page, "Axolotl")).toBeHidden();
  await expect(box(page, "TRL").locator("code")).toContainText("GRPOTrainer");
  await expect(page).toHaveURL("/practice/?model=70b&task=rl&card=80&base=nf4");
});

test("the form asks only what the task needs, and the rank follows what the examples are", async ({page}) => {
  await page.goto("/practice/");
  await field(page, "The examples are").selectOption("code");
  await expect(value(page, "rank")).toHaveText("256");
  await expect(line(page, "memory")).toContainText("a lower rank");
  await field(page, "It should").selectOption("rl");
  await expect(field(page, "The examples are")).toBeHidden();
  await expect(page.locator(".rack-name").first()).toHaveText("writing the answers");
  await expect(page).toHaveURL("/practice/?task=rl");
  await field(page, "Base model stored in").selectOption("nf4");
  await page.locator("select[name=model]").selectOption("sdxl");
  for (const label of ["Base model stored in", "Tokens in a long example"])
    await expect(field(page, label)).toBeHidden();
  await expect(page.locator("label:has([name=model]) .refused")).toContainText("keep the base in 16 bits");
  await expect(page.locator(".case-said")).toContainText("in 16 bits");
  await expect(field(page, "It should")).toHaveValue("images");
  await page.locator("select[name=model]").selectOption("8b");
  await expect(field(page, "It should")).toHaveValue("imitation");
  await expect(field(page, "Base model stored in")).toHaveValue("nf4");
});

test("one change is in the address, and the link leads to it; so is the first of a page that has not been touched", async ({
  page,
}) => {
  await page.goto("/practice/");
  await page.locator("select[name=model]").selectOption("70b");
  await expect(page).toHaveURL(/\/practice\/\?model=70b$/);
  await page.goto(page.url());
  await expect(page.locator(".case-said")).toContainText("Llama 3.1 70B");
  await expect(page.locator("select[name=model]")).toHaveValue("70b");
});

test("an address that means nothing leaves no field empty, and each field says what is used instead", async ({
  page,
}) => {
  await page.goto("/practice/?model=900b&base=int4&tokens=-5&task=poetry");
  await expect(page).toHaveURL(/\/practice\/\?tokens=1$/);
  for (const [name, value] of [
    ["model", "8b"],
    ["base", "bf16"],
    ["tokens", "1"],
    ["task", "imitation"],
  ] as const) {
    const one = page.locator(`[name=${name}]`);
    await expect(one).toHaveValue(value);
    await expect(one).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(`label:has([name=${name}]) .refused`)).toContainText("so we use");
  }
  await expect(page.locator("[name=cards]")).toHaveAttribute("aria-invalid", "false");
});

test("an address gives its case; what it cannot mean is said, and sources are a press away", async ({page}) => {
  await page.goto("/practice/?model=own&width=2048&layers=16&examples=0");
  await expect(page.locator("label:has([name=examples]) .refused")).toContainText("has to be a whole number");
  await expect(page.locator(".own-sizes")).toBeVisible();
  await expect(page.getByLabel("Width", {exact: true})).toHaveValue("2048");
  const sources = line(page, "matrices").locator(".answer-sources");
  await sources.locator("summary").click();
  await expect(sources.locator("q").first()).toContainText("LoRA on all linear transformer block layers");
  await expect(sources.locator("a").first()).toHaveAttribute("href", /arxiv/);
});

test("a case that the page shows leads to its answer", async ({page}) => {
  await page.goto("/practice/");
  await page.getByRole("link", {name: /style for SDXL/}).click();
  await expect(value(page, "rank")).toHaveText("4");
  await expect(box(page, "Diffusers")).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({javaScriptEnabled: false});
  test("one case is answered, with its sources and texts", async ({page}) => {
    await page.goto("/practice/");
    await expect(page.locator("form.case")).toBeHidden();
    await expect(page.locator(".practice-case .scripts-off")).toBeVisible();
    await expect(page.locator(".answer")).toHaveCount(10);
    // The address of another case would lead back to this answer.
    await expect(page.locator(".worked b:visible")).toHaveCount(5);
    await expect(page.locator(".worked a:visible")).toHaveCount(0);
    await box(page, "PEFT").locator("summary").click();
    await expect(box(page, "PEFT").locator("code")).toContainText('target_modules="all-linear"');
  });
});

test("nothing is wider than a phone, no letter is too small, and axe finds nothing", async ({page}) => {
  await page.goto("/practice/");
  await page.locator("details").evaluateAll((all) => {
    for (const details of all as HTMLDetailsElement[]) details.open = true;
  });
  for (const width of [320, 375, 768, 1440]) {
    await page.setViewportSize({width, height: 900});
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`)
      .toBeLessThanOrEqual(width);
    expect(await page.locator("body").evaluate(tooSmall), `at ${width} px`).toEqual([]);
  }
  expect(await findings(page)).toEqual([]);
});

test("a text to copy is shown to its end, and a shade says where it goes on to the side", async ({page}) => {
  await page.setViewportSize({width: 375, height: 800});
  await page.goto("/practice/");
  await box(page, "TRL").locator("summary").click();
  const pre = box(page, "TRL").locator("pre");
  const [over, below, image] = await pre.evaluate((one) => [
    one.scrollWidth - one.clientWidth,
    one.scrollHeight - one.clientHeight,
    getComputedStyle(one).backgroundImage,
  ]);
  expect(over).toBeGreaterThan(0);
  expect(below).toBe(0);
  expect(image).toMatch(/linear-gradient/);
});

test("on paper the answer has its address and the names of its sources", async ({page}) => {
  await page.goto("/practice/?model=7b&tokens=1000");
  await expect(page.locator(".case-said")).toContainText("Llama 2 7B");
  const names = line(page, "matrices").locator(".answer-names");
  await expect(names).toBeHidden();
  await page.emulateMedia({media: "print"});
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".case-address")).toHaveText(page.url());
  await expect(names).toContainText("Dettmers");
  await expect(names).toContainText("PEFT documentation, LoRA");
  const pdf = await page.pdf({format: "A4"});
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
});

test("on paper it is two sheets", async ({page}) => {
  await page.goto("/practice/");
  const pdf = await page.pdf({format: "A4"});
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
});
