/** The search: opened by every way there is, on a page that may connect to nothing, by keys alone. */
import {expect, type Page} from "@playwright/test";
import {findings, findingsInBothThemes} from "../../browser/axe.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aThird} from "../../third.ts";

/** What readers look for, and a place that has to be among the first three that are shown. */
const searched: readonly (readonly [query: string, address: string])[] = [
  ["rank", "glossary/#rank"],
  ["r", "glossary/#rank"],
  ["α", "glossary/#alpha"],
  ["alpha", "glossary/#alpha"],
  ["ΔW", "chapters/what-the-update-learns/"],
  ["delta w", "glossary/#update"],
  ["W0", "glossary/#frozen-weight"],
  ["W₀", "glossary/#frozen-weight"],
  ["merging", "chapters/the-mechanism/#merging"],
  ["why is B initialised to zero", "glossary/#initialization"],
  ["B is zero", "chapters/the-mechanism/#zero"],
  ["inference latency", "chapters/interview-practice/#c-latency"],
  ["adapter layers", "glossary/#adapter-layer"],
  ["prefix tuning", "glossary/#prefix-tuning"],
  ["which matrices to adapt", "chapters/where-to-adapt/#layer"],
  ["SVD", "glossary/#svd"],
  ["Eckart-Young", "glossary/#eckart-young"],
  ["low rank", "chapters/low-rank/"],
  ["low rank matrx", "chapters/low-rank/"],
  ["initalization", "glossary/#initialization"],
  ["GPT3", "chapters/before-we-start/#figures"],
  ["table 5", "paper/#table-5"],
  ["WikiSQL", "paper/#table-4"],
  ["175,255.8 M", "paper/#number-gpt3-param-count"],
  ["10000x", "paper/#number-reduction-10000x-abstract"],
  ["amplification factor", "glossary/#amplification"],
  ["optimizer memory", "chapters/the-problem/#memory"],
  ["catastrophic forgetting", "chapters/interview-practice/#c-forgetting"],
  ["QLoRA", "chapters/interview-practice/#c-qlora"],
  ["DoRA", "chapters/legacy/#fair"],
  ["subspace similarity", "glossary/#subspace-similarity"],
  ["matmul", "engine/#matrix.ts"],
  ["checkerboard", "chapters/low-rank/#rank"],
  ["Houlsby", "chapters/adapters-prefixes-lora/#untested"],
  ["word forge", "lab/#base-26848"],
  ["lesson plan", "teach/"],
  ["how to cite", "chapters/resources/#cite"],
  ["when is rank too small", "widgets/floor/"],
];

test.describe.configure({mode: "parallel"});

const box = (page: Page) => page.getByRole("dialog", {name: "Search"});
const field = (page: Page) => box(page).getByRole("combobox");
const chosen = (page: Page) => box(page).locator("[aria-selected=true]");
const ready = (page: Page) => expect(page.locator("header .search")).toBeEnabled();

test("where readers run programs: it is loaded when it is opened, finds, and leads there", async ({page}) => {
  const {trouble} = listen(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await page.goto("/chapters/exercises/");
  await ready(page);
  const isOurs = (path: string) => /\/pagefind\/|\/searchDialog\.|\/searchWorker/.test(path);
  expect(asked.filter(isOurs)).toEqual([]);

  await page.keyboard.press("Control+k");
  await expect(box(page).getByRole("button", {name: "optimizer memory"})).toBeVisible();
  expect(asked.filter(isOurs)).not.toEqual([]);
  expect(await findings(page, {include: "dialog"}), "nothing typed").toEqual([]);

  await field(page).fill("merging");
  await expect(box(page).getByRole("status")).toHaveText(/^\d+ places/);
  await expect(chosen(page)).toHaveAttribute("href", /\/glossary\/#merging$/);
  await expect(chosen(page)).toHaveAttribute("aria-label", /^merging, .*W₀.*, glossary$/);
  await expect(box(page).locator("mark").first()).toHaveText(/merg/i);
  expect(await findingsInBothThemes(page, {include: "dialog"}), "found").toEqual([]);

  await field(page).fill("two kinds <img src=x onerror=alert(1)>");
  await field(page).fill("☃☃☃");
  await expect(box(page).getByRole("status")).toHaveText("Nothing was found for “☃☃☃”.");
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await field(page).fill("matrx");
  await expect(chosen(page)).toHaveAttribute("id", "found-1");
  await field(page).press("ArrowDown");
  const second = (await chosen(page).getAttribute("id"))!;
  expect(second).toBe("found-2");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", second);
  await field(page).press("ArrowUp");
  await field(page).press("ArrowUp");
  await expect(chosen(page)).toHaveAttribute("id", /^found-\d\d$/);

  expect(trouble).toEqual([]);
  await field(page).fill("how to cite");
  await expect(chosen(page)).toContainText("cite");
  await field(page).press("Enter");
  await expect(page).toHaveURL(/\/chapters\/resources\/#cite$/);
  await ready(page);
  await expect(box(page)).toHaveCount(0);
  // On the page itself: the dialog closes and the section is there.
  await page.locator("header .search").click();
  await field(page).fill("six steps");
  await expect(chosen(page)).toHaveAttribute("href", /#path$/);
  await chosen(page).click();
  await expect(page).toHaveURL(/\/chapters\/resources\/#path$/);
  await expect(box(page)).toBeHidden();
  await expect(page.locator("#path")).toBeInViewport();
});

test("finds what readers look for among the first three", async ({page}) => {
  test.slow();
  await page.goto("/glossary/");
  await page.locator("header .search").click();
  const first = box(page).locator(".hit:is(#found-1, #found-2, #found-3)");
  for (const [query, address] of aThird(searched)) {
    await field(page).fill("");
    await expect(first).toHaveCount(0);
    await field(page).fill(query);
    await expect(first.and(page.locator(`[href$="/${address}"]`)), `${query}: ${address}`).toHaveCount(1);
  }
});

test("an index that does not come is said, with Reload; without scripts there is no button", async ({page, still}) => {
  await page.context().route("**/pagefind/pagefind.js*", (route) => route.abort(), {times: 1});
  await page.goto("/glossary/");
  await page.locator("header .search").click();
  await expect(box(page).getByRole("status")).toContainText("did not load");
  await box(page).getByRole("button", {name: "Reload"}).click();
  await ready(page);
  await page.locator("header .search").click();
  await field(page).fill("rank");
  await expect(chosen(page)).toContainText("rank");

  await still.goto("/glossary/");
  await expect(still.locator("main h1")).toBeVisible();
  const buttons = await still.locator("header.site button, footer.site button").all();
  expect(buttons.length).toBe(2);
  for (const button of buttons) await expect(button).toBeHidden();
});
