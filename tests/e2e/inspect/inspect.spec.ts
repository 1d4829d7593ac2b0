/** The page that opens adapters: its states with generated files, keys, without scripts, on a phone. */
import {readFileSync} from "node:fs";
import {expect, type Page, test} from "@playwright/test";
import {findings, findingsInBothThemes} from "../../browser/axe.ts";
import {tooSmall} from "../../browser/letters.ts";
import {expectToFit, savedBy} from "../../browser/page.ts";
import {configOf, fileOf, type Tensors, wave} from "../../engine/adapters/inspect/made.ts";

test.describe.configure({mode: "parallel"});

interface DroppedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const file = (name: string, content: Uint8Array | string): DroppedFile => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});
const made = (name: string, tensors: Tensors) => file(name, fileOf(tensors));
const config = (r: number, alpha: number) =>
  file("adapter_config.json", configOf({r, lora_alpha: alpha, target_modules: ["q_proj"]}));

/** `modules` modules of rank r, d × k, as PEFT names them; B has `B` in every entry, or numbers of no pattern. */
const adapter = (modules: number, {r = 2, d = 6, k = 5, B = wave as number | typeof wave} = {}): Tensors =>
  Object.fromEntries(
    Array.from({length: modules}, (_, i) => `base_model.model.layers.${i}.self_attn.q_proj`).flatMap((name) => [
      [`${name}.lora_A.weight`, [[r, k], wave] as const],
      [`${name}.lora_B.weight`, [[d, r], B] as const],
    ]),
  );
/** Another adapter of the same base. */
const another = adapter(2, {B: (i) => wave(i + 9)});

const open = async (page: Page, ...files: DroppedFile[]) => {
  if (!page.url().includes("/inspect/")) await page.goto("/inspect/");
  await page.locator("input[name=files]").setInputFiles(files);
};
const sentence = (page: Page) => page.locator(".inspect-sentence");
const refusal = (page: Page) => page.locator(".inspect-refusal");
const tab = (page: Page, name: string) => page.getByRole("tab", {name, exact: true});
/** A file opens on Will it load?; these look at What it is. */
const look = async (page: Page, ...files: DroppedFile[]) => {
  await open(page, ...files);
  await tab(page, "What it is").click();
};
const sample = async (page: Page, name: string) => {
  await page.goto("/inspect/");
  await page.locator(`[data-sample=${name}]`).click();
  if (name !== "two") await tab(page, "What it is").click();
};
/** Adds files to what is open. */
const add = (page: Page, ...files: DroppedFile[]) => page.locator("input[name=files]").setInputFiles(files);
const isRead = (page: Page) => expect(sentence(page)).toContainText("90% of the update");
/** Opens an adapter of two modules and waits until it is read. */
const openOne = async (page: Page, ...more: DroppedFile[]) => {
  await look(page, made("one.safetensors", adapter(2)), ...more);
  await isRead(page);
};

test("a sample: its facts, with nothing sent; resized with the exact error; reported on a page of its own", async ({
  page,
}, info) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.postData()) asked.push(request.url());
  });
  await sample(page, "names");
  await expect(sentence(page)).toHaveText("The rank is 16, but on average 6.6 directions carry 90% of the update.");
  await expect(tab(page, "What it is")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".inspect-facts").first()).toContainText("word-forge");
  await expect(page.locator(".inspect-health li")).toHaveCount(8);
  await expect(page.locator("td[data-module].filled")).toHaveCount(12);
  await expect(page.locator(".inspect-bars li")).toHaveCount(16);
  const before = await page.locator(".inspect-spectrum h2 code").textContent();
  await page.locator("td[data-module]").first().click();
  await expect(page.locator(".inspect-spectrum h2 code")).not.toHaveText(before!);
  for (const name of ["r for 90%", "effective rank, σ", "effective rank, σ²"]) {
    await page.getByRole("button", {name, exact: true}).click();
    await expect(page.locator(".inspect-key")).toContainText("From 0 to");
  }
  expect(asked).toEqual([]);
  expect(new URL(page.url()).search).toBe("");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /inspect/i.test(key)))).toEqual([]);
  await test.step("a run at a rate far too low is told from a trained one", async () => {
    await sample(page, "slow");
    await expect(sentence(page)).toContainText("This adapter was hardly trained");
  });
  await test.step("resize says the exact error, and what is taken home has it", async () => {
    await sample(page, "names");
    await expect(sentence(page)).toContainText("6.6 directions");
    await tab(page, "Resize").click();
    await expect(sentence(page)).toHaveText(
      "At rank 8, the update changes by 24.7% of its length, and the file shrinks from 39.5 kB to about 21.1 kB.",
    );
    const suggested = page.locator(".inspect-suggestion");
    await expect(suggested).toHaveText(
      /^Rank \d+ is the smallest with an error under 10% in (every module|most modules)/,
    );
    const rank = /\d+/.exec((await suggested.textContent())!)![0];
    await page.getByRole("button", {name: `Choose rank ${rank}`}).click();
    await expect(sentence(page)).toContainText(`At rank ${rank}, the update changes by`);
    await expect(page.locator(".inspect-ranks input:checked")).toBeFocused();
    await page.getByLabel("4", {exact: true}).check();
    await expect(sentence(page)).toContainText("At rank 4, the update changes by 51.1%");
    await page.getByRole("button", {name: "Best split"}).click();
    await expect(sentence(page)).toContainText("With the best split at the size of rank 4");
    await page.getByRole("button", {name: "Take the split home"}).click();
    const lost = page.locator(".inspect-lost");
    await expect(lost).toHaveText(
      /^With the best split at the size of rank 4, the update changes by 4\d\.\d\d% of its length\.$/,
    );
    const share = /[\d.]+%/.exec((await lost.textContent())!)![0];
    const bytes = /\((\S+) bytes\)/.exec((await page.locator(".inspect-plan").textContent())!)![1]!;
    await page.getByRole("button", {name: "Make the files"}).click();
    await expect(page.locator(".inspect-taken")).toContainText(`The cut changed the update by ${share} of its length`);
    await expect(page.getByRole("button", {name: /^Save adapter_model\.safetensors/})).toBeInViewport();
    const weights = await savedBy(page.getByRole("button", {name: /^Save adapter_model\.safetensors/}));
    expect(readFileSync(await weights.path()).length.toLocaleString("en-US")).toBe(bytes);
    for (const [name, ending] of [
      ["The numbers, as CSV", "modules.csv"],
      ["The report, as JSON", "report.json"],
      ["The same in Python", "check.py"],
    ] as const)
      expect((await savedBy(page.getByRole("button", {name}))).suggestedFilename()).toBe(ending);
  });
  await test.step("with a rank that cannot be nothing is written", async () => {
    await sample(page, "names");
    await expect(sentence(page)).toContainText("6.6 directions");
    await tab(page, "Take home").click();
    await page.locator(".inspect-form select").first().selectOption("cut");
    const rank = page.getByLabel("Rank", {exact: true});
    await rank.fill("99");
    await page.getByRole("button", {name: "Make the files"}).click();
    await expect(rank).toBeFocused();
    await expect(page.locator(".inspect-taken")).toBeEmpty();
    await rank.fill("3");
    await expect(page.locator(".inspect-lost")).toContainText("Cut to rank 3, the update changes by");
    await page.getByRole("button", {name: "Make the files"}).click();
    await expect(page.locator(".inspect-taken")).toContainText("Ready.");
  });
  await test.step("the report asks nobody, and is well on a phone, in the dark and on paper", async () => {
    await tab(page, "Take home").click();
    const saved = await savedBy(page.getByRole("button", {name: "The report, as a page"}));
    const path = info.outputPath("report.html");
    await saved.saveAs(path);
    const more: string[] = [];
    page.on("request", (request) => more.push(request.url()));
    await page.goto(`file://${path}`);
    await expect(page.locator("h1")).toHaveText("names, rank 16");
    await expect(page.locator("body")).toContainText(/[0-9a-f]{64}/);
    expect(more).toEqual([`file://${path}`]);
    for (const width of [320, 375, 1440]) await expectToFit(page, width);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.emulateMedia({colorScheme: "dark", media: "print"});
    expect(await page.locator("h1").evaluate((h1) => getComputedStyle(h1).color)).toBe("rgb(27, 28, 32)");
  });
});

test("without an alpha the page asks, and takes a number or the config; what holds NaN is marked", async ({page}) => {
  await look(page, made("adapter_model.safetensors", adapter(3)));
  const card = page.locator(".inspect-alpha");
  const facts = page.locator(".inspect-facts").first();
  await expect(card).toContainText("Which alpha applies?");
  await expect(page.getByRole("button", {name: "‖BA‖"})).toBeVisible();
  await card.getByLabel("or α =").fill("8");
  await card.getByRole("button", {name: "Use it"}).click();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole("button", {name: "‖ΔW‖"})).toBeVisible();
  await expect(facts).toContainText("α = 8, r = 2, so the scale is α / r = 4");
  await page.locator(".chip-close").click();
  await look(page, made("adapter_model.safetensors", adapter(3)));
  await expect(card).toBeVisible();
  await add(page, config(2, 6));
  await expect(card).toHaveCount(0);
  await expect(facts).toContainText("α = 6, r = 2, so the scale is α / r = 3");

  await page.locator(".chip-close").click();
  const broken = {"x.1.q.lora_A.weight": [[1, 3], Number.NaN], "x.1.q.lora_B.weight": [[3, 1], wave]} as const;
  const sound = {"x.0.q.lora_A.weight": [[1, 3], wave], "x.0.q.lora_B.weight": [[3, 1], wave]} as const;
  await look(page, made("b.safetensors", {...sound, ...broken, "x.2.q.lora_A.weight": [[1, 3], wave]}));
  await expect(sentence(page)).toHaveText("1 of 5 tensors holds NaN or infinity; the first is x.1.q.lora_A.weight.");
  await expect(page.locator("td.spoiled")).toHaveCount(2);
  await expect(page.locator(".inspect-health")).toContainText("x.2.q.lora_A.weight but its B is missing");
});

test("what is no adapter is refused in words and with what helps, and the page can go on", async ({page}) => {
  await open(page, file("adapter_model.bin", Uint8Array.of(0x80, 2, 0x7d, 0x71, 0, 0x58, ...new Uint8Array(12))));
  await expect(refusal(page).locator("p")).toHaveText(/a pickle can run code/);
  await expect(refusal(page).locator("code")).toContainText("weights_only=True");
  await expect(page.locator(".inspect-start")).toBeVisible();
  await look(page, made("good.safetensors", adapter(2)));
  await expect(refusal(page)).toBeEmpty();
  await isRead(page);
  await page.locator(".chip-close").click();
  await expect(page.locator(".inspect-start")).toBeVisible();
});

test("Will it load? says it before a number is read, and offers what helps", async ({page}) => {
  const named = (module: string): Tensors => ({
    [`${module}.lora_A.weight`]: [[2, 3], wave],
    [`${module}.lora_B.weight`]: [[3, 2], wave],
  });
  const withConfig = (fields: object) =>
    file("adapter_config.json", configOf({lora_alpha: 4, target_modules: ["q"], ...fields}));
  const plain = made("adapter_model.safetensors", named("base_model.model.h.0.q"));
  const words = page.locator(".reader .answer b");
  await open(page, plain, withConfig({}));
  await expect(sentence(page)).toHaveText("PEFT, vLLM and llama.cpp all apply it as trained.");
  await expect(words).toHaveText(Array(3).fill("Loads, as trained."));
  await expect(page.locator(".inspect-remedy")).toContainText("0.0 means that the weights were not loaded");
  await page.locator(".chip-close").click();
  await open(page, plain, withConfig({use_rslora: true}));
  await expect(sentence(page)).toContainText("llama.cpp makes every module 1.41 × too weak");
  await expect(words.last()).toHaveText("Loads, too weak.");
  await page.locator(".reader").last().getByText("The field or tensor behind it").click();
  await expect(page.locator(".reader").last()).toContainText("src/llama-adapter.h, get_scale");
  await page.locator(".chip-close").click();
  await open(page, made("n.safetensors", named("base_model.model._orig_mod.h.0.q")), withConfig({}));
  await expect(words).toHaveText([
    /^Loads nothing, with a warning/,
    /^Loads nothing, and says nothing/,
    "The converter stops.",
  ]);
  await page.getByRole("button", {name: "Take it home"}).click();
  await page.getByRole("button", {name: "Make the files"}).click();
  const saved = await savedBy(page.getByRole("button", {name: /^Save adapter_model\.safetensors/}));
  expect(readFileSync(await saved.path(), "latin1")).toContain('"base_model.model.h.0.q.lora_A.weight"');
});

test("two adapters: every screen fits a phone and passes axe; compared, merged and closed", async ({page}) => {
  test.setTimeout(120_000);
  await test.step("on every screen nothing is too wide or too small, and axe finds nothing", async () => {
    await sample(page, "two");
    await expect(page.locator(".inspect-grid").first()).toBeVisible();
    for (const name of ["Will it load?", "What it is", "Against the base", "Compare", "Merge", "Resize", "Take home"]) {
      await page.setViewportSize({width: 1440, height: 900});
      await tab(page, name).click();
      await expect(sentence(page)).not.toHaveText(/^(Reading|Counting)/);
      if (name === "Take home") await page.locator(".inspect-form select").first().selectOption("merge");
      for (const width of [320, 768, 1440]) {
        await expectToFit(page, width);
        expect(await page.locator("body").evaluate(tooSmall), `${name} at ${width} px`).toEqual([]);
      }
      expect(await findingsInBothThemes(page), name).toEqual([]);
    }
  });
  await tab(page, "Compare").click();
  await expect(sentence(page)).toHaveText(
    "Different updates: cosine 0.07 between the two ΔW, where 1 is the same and 0 unrelated.",
  );
  await expect(page.locator(".inspect-grid caption")).toHaveText([
    "A side (inputs)",
    /^chance/,
    "B side (outputs)",
    /^chance/,
  ]);
  await expect(page.locator(".inspect-note")).toContainText("Look at B, not at A.");
  await tab(page, "Merge").click();
  await expect(sentence(page)).toHaveText(
    "The merge has rank 8 (4 + 4); on average 4.2 directions carry 90% of it, and it is 3% longer than the sum of two unrelated updates of these lengths.",
  );
  await page.getByRole("button", {name: "1 minus 2"}).click();
  await expect(sentence(page)).toContainText("% shorter than the sum");
  const slider = page.locator(".inspect-weight input").nth(1);
  await slider.focus();
  await page.keyboard.press("PageUp");
  await expect(page.locator(".inspect-weight output").nth(1)).toHaveText("−0.50");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".inspect-weight output").nth(1)).toHaveText("−0.45");
  await page.getByRole("button", {name: "Take the merge home"}).click();
  await expect(page.locator(".inspect-plan")).toContainText("24 tensors");
  await expect(page.locator(".inspect-plan")).toContainText("base_model.model.layers.0.");
  const lost = page.locator(".inspect-lost");
  await expect(lost).toHaveText("Nothing of the merge is cut.");
  await page.getByLabel("Rank at most").fill("4");
  await expect(lost).toHaveText(/^Cut to rank 4, the merge changes by \d\d\.\d\d% of its length\.$/);
  const share = /[\d.]+%/.exec((await lost.textContent())!)![0];
  await page.getByRole("button", {name: "Make the files"}).click();
  await expect(page.locator(".inspect-taken")).toContainText(`Cutting the merge to rank 4 changed it by ${share}`);
  await page.getByRole("button", {name: "Close French, seed 7"}).click();
  await expect(page.locator(".chip-name")).toHaveCount(1);
  await tab(page, "Compare").click();
  await expect(sentence(page)).toHaveText("Comparing needs a second adapter.");
});

test("a second adapter: each screen compares it; a module with NaN is left out; a third replaces it", async ({
  page,
}) => {
  await test.step("every screen but Compare has a button that compares", async () => {
    await openOne(page);
    const compare = page.getByRole("button", {name: "Compare the two"});
    await expect(compare).toHaveCount(0);
    await add(page, made("two.safetensors", another));
    for (const name of ["Will it load?", "What it is", "Merge", "Resize", "Take home"]) {
      await tab(page, name).click();
      await expect(compare, name).toBeVisible();
      await compare.click();
      await expect(tab(page, "Compare")).toBeFocused();
      await expect(sentence(page)).toContainText("between the two ΔW");
      await expect(compare).toHaveCount(0);
    }
  });
  await test.step("one with NaN is compared and merged without its module, which is named", async () => {
    await page.goto("/inspect/");
    await openOne(page, config(2, 2));
    const B = "base_model.model.layers.1.self_attn.q_proj.lora_B.weight";
    const bad = made("two.safetensors", {...another, [B]: [[6, 2], Number.POSITIVE_INFINITY]});
    await add(page, bad, config(2, 2));
    await page.getByRole("button", {name: "Compare the two"}).click();
    const named = `layers.1.self_attn.q_proj: in the second adapter, ${B} holds NaN or infinity.`;
    await expect(page.locator(".inspect-note")).toContainText(named);
    await expect(page.locator("td.spoiled")).toHaveCount(1);
    await tab(page, "Merge").click();
    await expect(page.locator(".inspect-note")).toContainText(named);
    await page.locator("td.spoiled").click();
    await expect(page.locator(".inspect-panel")).not.toContainText(/NaN%|Infinity|undefined/);
    await page.getByRole("button", {name: "Take the merge home"}).click();
    await expect(page.locator(".inspect-plan")).toContainText("2 tensors");
  });
  await test.step("what is refused leaves what is open; a third replaces the one that is shown, and that is said", async () => {
    await page.goto("/inspect/");
    await openOne(page);
    await add(page, file("page.safetensors", "<!doctype html>"));
    await expect(refusal(page).locator("p")).toHaveText(/web page/);
    await expect(page.locator(".chip-name")).toHaveText([/one\.safetensors/]);
    await expect(page.locator("td[data-module].filled")).toHaveCount(2);
    await refusal(page).getByRole("button", {name: "Close"}).click();
    await expect(refusal(page)).toBeEmpty();
    await add(page, made("two.safetensors", adapter(3)));
    await expect(page.locator(".chip-name")).toHaveCount(2);
    await add(page, made("three.safetensors", adapter(4)));
    await expect(refusal(page).locator("p")).toHaveText("Two adapters at a time: two.safetensors was replaced.");
    await expect(page.locator(".chip-name")).toHaveText([/one\.safetensors/, /three\.safetensors/]);
  });
});

test("against its base: what a merge keeps, and whether a checkpoint has it; another base is said", async ({page}) => {
  const fixture = (name: string) => file(name, readFileSync(new URL(`../../fixtures/base/${name}`, import.meta.url)));
  const foreign: string[] = [];
  await open(page, fixture("adapter_model.safetensors"), fixture("adapter_config.json"));
  page.on("request", (request) => foreign.push(request.url()));
  await tab(page, "Against the base").click();
  await expect(sentence(page)).toHaveText("This needs the base’s weights.");
  await add(page, made("other.safetensors", {"h.0.c_attn.weight": [[6, 5], wave]}));
  await expect(sentence(page)).toHaveText(
    /^This is not the base of this adapter: .*; the adapter needs model\.layers\.0\.q_proj\.weight\.$/,
  );
  // Dropped on another screen, a whole model leads here too.
  await tab(page, "Resize").click();
  await add(page, fixture("base-BF16.safetensors"));
  await expect(sentence(page)).toHaveText(/^A merge in BF16 would keep 88% of this change/);
  await expect(tab(page, "Against the base")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".inspect-table tbody tr")).toHaveCount(4);
  await expect(page.locator(".inspect-table tbody tr").first()).toContainText("model.layers.0.q_proj37%86%0.06%0.21");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", {name: "Choose a checkpoint"}).click();
  await (await chooser).setFiles([fixture("merged-half.safetensors")]);
  await expect(page.locator(".inspect-panel")).toContainText("is in this checkpoint at strength 0.50 in place of 1.");
  for (const width of [320, 1440]) {
    await expectToFit(page, width);
    expect(await page.locator("body").evaluate(tooSmall)).toEqual([]);
    expect(await findings(page)).toEqual([]);
  }
  // The tab is left and found again as it was.
  await tab(page, "What it is").click();
  await tab(page, "Against the base").click();
  await expect(page.locator(".inspect-panel")).toContainText("at strength 0.50");
  expect(foreign.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
});

test("a drop anywhere on the page opens, and a reading can be called off", async ({page}) => {
  await page.goto("/inspect/");
  const data = await page.evaluateHandle(
    ([bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes!)], "dropped.safetensors"));
      return transfer;
    },
    [[...fileOf(adapter(12, {r: 8, d: 200, k: 100}))]],
  );
  await page.dispatchEvent("footer.site", "drop", {dataTransfer: data});
  await expect(page.locator(".chip-name")).toContainText("dropped.safetensors");
  await tab(page, "What it is").click();
  const cancel = page.getByRole("button", {name: "Cancel"});
  await expect(cancel.or(page.locator(".inspect-alpha"))).toBeVisible();
  if (await cancel.isVisible()) await cancel.click({timeout: 2000}).catch(() => {});
  await expect(sentence(page)).toHaveText(/You stopped the reading|90% of the update/);
});

test("everything goes by keys: tabs, numbers, the map", async ({page}) => {
  // From the start: the browser takes a moment to hand choosers over to the test.
  let choosers = 0;
  page.on("filechooser", () => choosers++);
  await sample(page, "names");
  await expect(tab(page, "What it is")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(tab(page, "Will it load?")).toBeFocused();
  await page.keyboard.press("End");
  await expect(tab(page, "Take home")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("2");
  await expect(tab(page, "What it is")).toHaveAttribute("aria-selected", "true");
  await expect(sentence(page)).toContainText("6.6 directions");
  const chosen = page.locator("td[aria-selected=true]");
  await chosen.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const cell = page.locator("td[data-module]:focus");
  await expect(cell).toHaveAttribute("aria-selected", "true");
  await expect(cell).toHaveAttribute("aria-label", "layer 0, W1: 7.0");
  await expect(page.locator(".inspect-line")).toHaveText("layer 0, W1: 6.99");
  await page.keyboard.press("a");
  await expect.poll(() => choosers).toBe(1);
});

test("once it has read a file the page needs no network", async ({page, context}) => {
  await page.goto("/inspect/");
  await openOne(page);
  await page.locator(".chip-close").click();
  // Other tests have the same context.
  try {
    await context.setOffline(true);
    await openOne(page);
    await page.locator(".chip-close").click();
    await page.locator("[data-sample=names]").click();
    await expect(refusal(page)).toHaveText(/^The samples did not load/);
  } finally {
    await context.setOffline(false);
  }
});

test.describe("without scripts", () => {
  test.use({javaScriptEnabled: false});
  test("the page says what it would do", async ({page}) => {
    await page.goto("/inspect/");
    await expect(page.locator(".scripts-off")).toBeVisible();
    await expect(page.locator(".inspect-start")).toBeHidden();
    await expect(page.locator(".inspect-workspace")).toBeHidden();
    await expect(page.locator(".inspect-questions")).toBeVisible();
  });
});
