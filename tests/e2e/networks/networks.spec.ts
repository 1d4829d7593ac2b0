/**
 * What pages say when a file is missing, cut short, never comes or comes late, after how long, and that they heal without a
 * reload. Time is the page's own clock, which the test moves.
 */
import {expect, type Locator, type Page, test} from "@playwright/test";
import {isAll} from "../../third.ts";
import {type Broken, broken, type Fault, faults, filesOf, tell} from "./faults.ts";

test.describe.configure({mode: "parallel"});

interface Case {
  page: string;
  path: string;
  file: string;
  files: RegExp;
  /** Who speaks, what it says once the file is lost, and what tries again. */
  said: (page: Page) => Locator;
  lost: RegExp;
  late: RegExp;
  heals: "Try again" | "Check" | "by itself" | "nothing to heal";
  /** Whether the page answers. */
  alive: (page: Page) => Promise<void>;
}

const bar = (page: Page) => page.locator("p.trouble");
const figure = (page: Page) => page.locator("lora-widget").first();
const mark = (page: Page) => figure(page).locator("figure .mark");

const isOn = async (page: Page) => {
  await expect(page.locator("html")).toHaveAttribute("data-scripts", "on");
  await expect(bar(page)).toBeHidden();
};
/** The figure answers, shows all it has to, and says nothing of what went wrong. */
const answers = async (page: Page) => {
  await expect(figure(page)).not.toHaveAttribute("data-start");
  await expect(figure(page).locator(".controls, .time").first()).toBeVisible();
  await expect(figure(page).locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});
  await expect(figure(page).locator(".notice:visible")).toHaveCount(0);
  await figure(page).evaluate((one) => (one as HTMLElement & {ready: Promise<unknown>}).ready.then(() => true));
};

const entry = {
  file: "entry script",
  said: bar,
  lost: /scripts of this page did not load/,
  late: /still loading/,
  heals: "Try again",
  alive: isOn,
} as const;
const sheet = {
  file: "style sheet",
  files: filesOf.sheet,
  said: bar,
  lost: /style sheet of this page has not loaded/,
  late: /style sheet of this page has not loaded/,
  heals: "Try again",
  alive: async (page: Page) => {
    await expect(bar(page)).toBeHidden();
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).margin)).toBe("0px");
  },
} as const;
const start = {
  said: (page: Page) => figure(page).getByRole("alert"),
  lost: /This figure could not start/,
  late: /still loading/,
  heals: "Try again",
  alive: answers,
} as const;
const run = {
  said: (page: Page) => figure(page).locator(".notice"),
  lost: /file that this run needs did not load|has not loaded after 15 seconds|The script that runs this figure did not load/,
  late: /still loading/,
  heals: "Try again",
  alive: answers,
} as const;

const everywhere = {
  home: "/",
  chapter: "/chapters/low-rank/",
  "widget page": "/widgets/train/",
  lab: "/lab/",
  review: "/review/",
  paper: "/paper/",
};
const withFigure = {chapter: "question", "widget page": "train", lab: "lab"};

const cases: Case[] = [
  ...Object.entries(everywhere).flatMap(([page, path]) => [
    {page, path, ...entry, files: filesOf.entry},
    {page, path, ...sheet},
  ]),
  ...Object.entries(withFigure).flatMap(([page, name]) => {
    const path = everywhere[page as keyof typeof withFigure];
    return [
      {page, path, file: "figure shell", files: filesOf.shell, ...start},
      {page, path, file: "widget chunk", files: filesOf.widget(name), ...start},
    ];
  }),
  ...(["widget page", "lab"] as const).flatMap((page) => {
    const path = everywhere[page];
    return [
      {page, path, file: "player", files: filesOf.player, ...run},
      {page, path, file: "model in the worker", files: filesOf.model(withFigure[page]), ...run},
      {page, path, file: "worker", files: filesOf.worker, ...run, heals: "by itself" as const},
    ];
  }),
  {page: "lab", path: "/lab/", file: "weights", files: filesOf.weights, ...run},
  {page: "embed", path: "/embed/train/", ...entry, files: /\/js\/v1\/embed\/train\.js$/},
  {page: "embed", path: "/embed/train/", ...sheet, files: /\/js\/v1\/embed\/train\.css$/},
  {page: "embed", path: "/embed/lab/", file: "data and worker", files: /\/lab\.data\.js$/, ...start},
  {
    page: "exercises",
    path: "/chapters/exercises/",
    file: "exercise chunk",
    files: filesOf.exercise,
    said: (page) => page.locator("#q-12-one-step .quiz-feedback"),
    lost: /did not load|has not loaded after 15 seconds/,
    late: /still loading/,
    heals: "Check",
    alive: (page) => expect(page.locator("#q-12-one-step[data-live]")).toBeAttached(),
  },
];

/** Those that `npm test` takes on: each kind of file once, by the fault that was the worst. */
const few = new Set([
  "chapter: entry script, 404",
  "chapter: entry script, hanging",
  "chapter: style sheet, hanging",
  "chapter: widget chunk, cut",
  "widget page: model in the worker, 404",
  "widget page: worker, hanging",
  "lab: weights, hanging",
  "lab: figure shell, slow",
  "embed: entry script, 404",
  "exercises: exercise chunk, 404",
]);

/** Seconds on the page's clock since it was opened. */
const clock = (page: Page) => page.evaluate(() => Math.round((Date.now() - performance.timeOrigin) / 1000));

async function press({heals, said}: Case, page: Page) {
  if (heals === "Try again") await said(page).getByRole("button", {name: "Try again"}).click();
  if (heals === "Check") await page.locator("#q-12-one-step .quiz-check").click();
}

/** Every figure says that it is not live, none has a button, and the page offers to reload. */
async function isLate(page: Page) {
  for (const mark of await page.locator("lora-widget .mark").all())
    await expect.poll(() => mark.evaluate((it) => getComputedStyle(it, "::before").content)).toMatch(/not live/);
  await expect(page.locator("lora-widget :is(button, input):visible")).toHaveCount(0);
  await expect(bar(page).getByRole("link", {name: "Reload"})).toBeVisible();
}

/** The text is there, and no control that does not answer can be seen. */
async function looksHonest(one: Case, page: Page) {
  await expect(page.locator("main, #title").first()).toBeAttached();
  await expect(page.locator("main")).toContainText(/\w{4}/);
  if (one.file === "entry script" || one.said === start.said) {
    const controls = page.locator("lora-widget").first().locator(".controls, .tools, .mark[data-kind=live]");
    for (const control of await controls.all()) await expect(control).toBeHidden();
  }
}

async function suffer(one: Case, fault: Fault, page: Page, file: Broken): Promise<string[]> {
  const isLater = fault === "hanging" || fault === "slow";
  const text = async () =>
    (await one.said(page).first().textContent())!.replace(/(Try again|Reload|Dismiss).*$/, "").trim();
  const seen: string[] = [];
  if (isLater) {
    await page.clock.fastForward(4100);
    // A figure with a first frame says so in place of its mark, a page in its bar.
    const speaker = one.said === start.said ? mark(page) : one.said(page);
    await expect
      .poll(() => speaker.first().evaluate((it) => getComputedStyle(it, "::before").content + it.textContent))
      .toMatch(one.late);
    if (one.file === "entry script" && one.page === "chapter") await isLate(page);
    seen.push(`${one.said === start.said ? "“still loading”" : `“${await text()}”`} after ${await clock(page)} s`);
  }
  if (fault === "slow") {
    file.mend();
    return [...seen, "heals when it comes"];
  }
  if (isLater) await page.clock.fastForward(11_000);
  if (one.heals === "by itself") {
    file.mend();
    return [...seen, "goes on without it"];
  }
  await expect(one.said(page).first()).toContainText(one.lost);
  await looksHonest(one, page);
  seen.push(`“${await text()}” after ${await clock(page)} s`);
  file.mend();
  await press(one, page);
  return [...seen, `${one.heals} heals`];
}

for (const one of cases)
  for (const fault of faults) {
    const name = `${one.page}: ${one.file}, ${fault}`;
    if (!isAll && !few.has(name)) continue;
    test(name, async ({page}) => {
      await page.clock.install();
      const file = await broken(page, one.files, fault);
      await page.goto(one.path, {waitUntil: "commit"});
      await page
        .locator("main")
        .waitFor({state: "attached"})
        .catch(() => {});
      if (one.alive === answers) await figure(page).scrollIntoViewIfNeeded();
      await file.asked;
      const seen = await suffer(one, fault, page, file);
      await one.alive(page);
      tell([one.page, one.file, fault, seen.join("; ")]);
    });
  }
