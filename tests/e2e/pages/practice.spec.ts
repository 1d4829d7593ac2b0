/** The page that sets up a run: its form, its address, without scripts, on a phone and on paper. */
import {expect, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {tooSmall} from "../../browser/letters.ts";
import {expectToFit, savedBy, unfold} from "../../browser/page.ts";

test.describe.configure({mode: "parallel"});

const line = (page: Page, topic: string) => page.locator(`.answer[data-topic=${topic}]`);
const value = (page: Page, topic: string) => line(page, topic).locator(".answer-value");
const verdict = (page: Page) => page.locator("h2.verdict");
/** A field of the form: pictures have labels, too. */
const field = (page: Page, label: string) => page.locator("form.case").getByLabel(label);
const file = (page: Page) => page.locator(".file.shown code");
const button = (page: Page, name: string) => page.locator(".files").getByRole("button", {name, exact: true});

test("the answer, the memory, the files and the address follow the form", async ({page}) => {
  await page.goto("/practice/");
  await expect(value(page, "rate")).toHaveText(/^2e-4/);
  await page.locator("select[name=model]").selectOption("70b");
  await expect(value(page, "rate")).toHaveText(/^1e-4/);
  await expect(verdict(page)).toContainText("do not fit into 24 GB");
  await field(page, "Base model in").selectOption("nf4");
  await field(page, "GB of each").fill("80");
  await expect(verdict(page)).toContainText("of 80 GB: it fits.");
  await expect(file(page)).toContainText("load_in_4bit=True");
  await button(page, "axolotl.yaml").click();
  await expect(file(page)).toContainText("adapter: qlora");
  await expect(button(page, "axolotl.yaml")).toBeFocused();
  await field(page, "It should").selectOption("rl");
  await expect(button(page, "axolotl.yaml")).toBeHidden();
  await expect(file(page)).toContainText("GRPOTrainer");
  await expect(page).toHaveURL("/practice/?model=70b&task=rl&card=80&base=nf4");
});

test("two runs are set up with nothing left to edit: dialogues on one GPU, preferences on eight", async ({page}) => {
  await page.goto("/practice/");
  await page.locator("select[name=model]").selectOption("qwen2.5-7b");
  for (const [label, text] of [
    ["Data set, or a file", "me/dialogues"],
    ["Examples", "3000"],
    ["Tokens, at most", "1500"],
  ] as const)
    await page.locator("form.case").getByLabel(label, {exact: true}).fill(text);
  await expect(verdict(page)).toHaveText("16.5 of 24 GB: it fits.");
  await expect(file(page)).toContainText("assistant_only_loss=True");
  await expect(page.locator(".file mark")).toHaveCount(0);
  expect((await savedBy(button(page, "Save .ipynb"))).suggestedFilename()).toBe("train.ipynb");
  await page.locator("select[name=model]").selectOption("70b");
  await field(page, "It should").selectOption("preference");
  await field(page, "GPUs").fill("8");
  await field(page, "GB of each").fill("80");
  await expect(verdict(page)).toContainText("of 80 GB on each of 8 GPUs: it fits.");
  await expect(value(page, "beta")).toContainText("0.1");
  await expect(file(page)).toContainText("Llama-3.1-70B-Instruct");
  await button(page, "fsdp.yaml").click();
  await expect(file(page)).toContainText("num_processes: 8");
});

test("a file is copied whole, a setting marks its lines, and a case leads to its answer", async ({page, context}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/practice/");
  await button(page, "Copy").click();
  await expect(button(page, "Copied")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await file(page).evaluate((code) => code.textContent));
  await line(page, "alpha").locator("summary").click();
  await expect(page.locator(".file .line.on")).toHaveText(/^\s*lora_alpha=32,\s*$/);
  await page.getByRole("link", {name: /style for SDXL/}).click();
  await expect(value(page, "rank")).toHaveText("4");
  await expect(button(page, "train.sh")).toBeVisible();
});

test("another model has its sizes from its config.json, which stays in the page", async ({page}) => {
  await page.goto("/practice/");
  await page.locator("select[name=model]").selectOption("own");
  const config = {
    ...{_name_or_path: "me/model-9b", num_hidden_layers: 42, hidden_size: 3584, num_attention_heads: 16},
    ...{num_key_value_heads: 8, head_dim: 256, intermediate_size: 14_336, vocab_size: 256_000, model_type: "gemma2"},
  };
  const chosen = (text: string) => ({name: "config.json", mimeType: "application/json", buffer: Buffer.from(text)});
  await page.setInputFiles("[name=config]", chosen(JSON.stringify(config)));
  await expect(field(page, "Width of queries")).toHaveValue("4096");
  await expect(file(page)).toContainText('model="me/model-9b"');
  await expect(page).toHaveURL(/model=own&hub=me%2Fmodel-9b&layers=42&width=3584&heads=16&queryWidth=4096/);
  await page.setInputFiles("[name=config]", chosen("{}"));
  await expect(page.locator(".config-says")).toContainText("is no config.json of a language model: it has no");
});

test("the form asks only what the task needs, and the rank follows what the examples are", async ({page}) => {
  await page.goto("/practice/");
  await field(page, "The examples are about").selectOption("code");
  await expect(value(page, "rank")).toHaveText("256");
  await expect(page.locator(".verdict-note")).toContainText("a lower rank");
  await field(page, "It should").selectOption("rl");
  await expect(field(page, "The examples are about")).toBeHidden();
  await expect(page.locator(".memory-key")).toContainText("keys and values of the answers");
  await expect(page).toHaveURL("/practice/?task=rl");
  await field(page, "Base model in").selectOption("nf4");
  await page.locator("select[name=model]").selectOption("sdxl");
  for (const label of ["Base model in", "Tokens, at most"]) await expect(field(page, label)).toBeHidden();
  await expect(page.locator("label:has([name=model]) .refused")).toContainText("keep the base in 16 bits");
  await expect(field(page, "It should")).toHaveValue("images");
  await page.locator("select[name=model]").selectOption("8b");
  await expect(field(page, "It should")).toHaveValue("imitation");
  await expect(field(page, "Base model in")).toHaveValue("nf4");
});

test("one change is in the address, and the link leads to it", async ({page}) => {
  await page.goto("/practice/");
  await page.locator("select[name=model]").selectOption("70b");
  await expect(page).toHaveURL(/\/practice\/\?model=70b$/);
  await page.goto(page.url());
  await expect(page.locator(".case-said")).toContainText("Llama 3.1 70B");
  await expect(page.locator("select[name=model]")).toHaveValue("70b");
});

test("an address that means nothing leaves no field empty, and each says what is used instead", async ({page}) => {
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
  const sources = line(page, "matrices").locator("details");
  await sources.locator("summary").click();
  await expect(sources.locator("q").first()).toContainText("LoRA on all linear transformer block layers");
  await expect(sources.locator("a").first()).toHaveAttribute("href", /arxiv/);
});

test.describe("without scripts", () => {
  test.use({javaScriptEnabled: false});
  test("one case is answered, with its sources and texts", async ({page}) => {
    await page.goto("/practice/");
    await expect(page.locator("form.case")).toBeHidden();
    await expect(page.locator(".setup-form .scripts-off")).toBeVisible();
    await expect(verdict(page)).toContainText("of 24 GB: it fits.");
    await expect(page.locator(".answer")).toHaveCount(11);
    // The address of another case would lead back to this answer.
    await expect(page.locator(".worked b:visible")).toHaveCount(7);
    await expect(page.locator(".worked a:visible")).toHaveCount(0);
    await expect(page.locator(".file:visible code")).toHaveCount(3);
    await expect(page.locator(".file:visible code").first()).toContainText('target_modules="all-linear"');
  });
});

test("form, answer and script stand in a row, on a phone in a column, and axe finds nothing", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/practice/");
  const parts = [".setup-form", ".setup-answer", ".setup-script"];
  const boxes = () => Promise.all(parts.map(async (name) => (await page.locator(name).boundingBox())!));
  const [form, answer, script] = await boxes();
  expect(form!.x + form!.width).toBeLessThan(answer!.x);
  expect(answer!.x + answer!.width).toBeLessThan(script!.x);
  expect(script!.y + 200).toBeLessThan(900);
  await page.setViewportSize({width: 375, height: 800});
  const [, below, last] = await boxes();
  expect(last!.y).toBeGreaterThanOrEqual(below!.y + below!.height);
  const over = await page.locator(".file.shown pre").evaluate((pre) => pre.scrollWidth - pre.clientWidth);
  expect(over).toBe(0);

  await unfold(page.locator("details"));
  for (const width of [320, 375, 768, 1440]) {
    await expectToFit(page, width);
    expect(await page.locator("body").evaluate(tooSmall), `at ${width} px`).toEqual([]);
  }
  expect(await findings(page)).toEqual([]);
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
