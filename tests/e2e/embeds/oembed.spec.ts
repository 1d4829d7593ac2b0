import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, type Locator, test} from "@playwright/test";
import measured from "../../../content/heights.json" with {type: "json"};
import {teach} from "../../../src/book/teach/teach.ts";
import {frameHeightFor} from "../../../src/figure/share/height.ts";
import {heightsOf} from "../../browser/height.ts";
import {nudge} from "../../browser/nudge.ts";
import {builtSite, dist, head, otherSite} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {aSixth} from "../../third.ts";

const ours = builtSite();
const read = (file: string) => JSON.parse(readFileSync(join(dist, file), "utf8"));

/** On a page a power stands above its line. */
const onPage = (says: string) => says.replace(/[⁻⁰¹²³⁴-⁹]/g, (sign) => "−0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)]!);

/** One that answers at once, one that trains. */
const names = ["rank", "train"] as const;

/** A frame is at least as high as what is in it. */
const expectHigh = async (frame: Locator, name: string) => {
  const [own, given] = await Promise.all([frame.contentFrame().locator("html").boundingBox(), frame.boundingBox()]);
  expect(own!.height, name).toBeLessThanOrEqual(given!.height);
};

test("the code of an oEmbed answer lives on a page of another site, with no script there", async ({page}) => {
  const {home} = read("widgets/index.json") as {home: string};
  const codes = names.map((name) => (read(`oembed/${name}.json`).html as string).replaceAll(home, `${ours.origin}/`));
  const theirs = await otherSite({"/": `${head}<body style="width:672px">${codes.join("\n")}`});
  const {trouble} = listen(page);
  await page.goto(theirs);
  for (const [i, name] of names.entries()) {
    const frame = page.locator("iframe").nth(i);
    await frame.scrollIntoViewIfNeeded();
    const inside = frame.contentFrame();
    const sentence = inside.locator("figure.widget > .sentence");
    const before = await sentence.textContent();
    await nudge(inside);
    await expect(sentence, name).not.toHaveText(before as string);
    await expectHigh(frame, name);
  }
  expect(trouble).toEqual([]);
});

test("the page of a figure in a state worth showing shows it, and its oEmbed answer carries it", async ({page}) => {
  const {home} = read("widgets/index.json") as {home: string};
  for (const {id, state, lock, name, says} of aSixth(teach.presets)) {
    const place = `${state.widget}/${id}`;
    await page.goto(`${ours.origin}/widgets/${place}/`);
    await expect(page.locator("h1")).toHaveText(name);
    await expect(page.locator("figure.widget > .sentence")).toContainText(onPage(says));
    const answer = await page.locator("link[type='application/json+oembed']").getAttribute("href");
    expect(answer).toBe(`${home}oembed/${place}.json`);

    const {title, html} = read(`oembed/${place}.json`);
    expect(title).toBe(name);
    const theirs = await otherSite({
      "/": `${head}<body style="width:672px">${html.replaceAll(home, `${ours.origin}/`)}`,
    });
    await page.goto(theirs);
    const inside = page.locator("iframe").contentFrame();
    await expect(inside.locator("figure.widget > .sentence")).toContainText(onPage(says));
    for (const one of lock) await expect(inside.locator(`[name=${one}]`).first()).toBeDisabled();
    await expectHigh(page.locator("iframe"), place);
  }
});

test("frames are as high as the list of heights says: npm run heights", async ({page, baseURL}) => {
  for (const name of names) {
    const found = await heightsOf(page, baseURL as string, `${name}/`, measured.widths);
    for (const [i, height] of found.entries()) {
      const listed = measured.heights[name][i]!;
      // Other fonts than where they were measured break some lines elsewhere.
      const apart = Math.abs(frameHeightFor(height) - listed);
      expect(apart, `${name} at ${measured.widths[i]} px`).toBeLessThanOrEqual(Math.max(20, 0.05 * listed));
    }
  }
});
