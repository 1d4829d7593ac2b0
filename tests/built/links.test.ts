/** Every link leads somewhere: at the root of a host, below any other path, and from page to page as a reader goes. */
import {cpSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {replacements} from "../../src/figure/replacements.ts";
import {unpackedParams} from "../../src/figure/state/rawParams.ts";
import {loadWidget, type WidgetName} from "../../src/figures/registry.ts";
import {HOST, unknownSite} from "../../src/site/marks/siteAddress.ts";
import {crawl} from "../browser/links.ts";
import {serve} from "../browser/serve.ts";
import {addressOf, dist, documentOf, namesIn, pages, pagesOf, root, textOf} from "./site.ts";

/** Pages that some link has to lead to: those in frames, of earlier figures, and the one for a wrong address need none. */
const reachable = pages
  .map(addressOf)
  .filter((path) => !path.startsWith("/embed/") && !path.endsWith(".html"))
  .filter((path) => !Object.keys(replacements).some((name) => path === `/widgets/${name}/`));

async function crawled(folder: string, base: string) {
  const site = await serve({root: folder, base});
  const found = await crawl(site.origin, base);
  await site.close();
  return found;
}

describe("links", () => {
  test("reach every page, and lead nowhere else", async () => {
    const found = await crawled(dist, "/");
    expect(found.broken).toEqual([]);
    expect(found.pages).toEqual(expect.arrayContaining(reachable));
  });

  test("to a state of a figure bring values that the figure takes without a remark", async () => {
    const states = new Set(
      pages.flatMap((page) =>
        [...documentOf(page).querySelectorAll('a[href*="?"]')].flatMap(
          (link) => /(?:widgets|embed)\/(\w+\/\?[^#]+)/.exec(link.getAttribute("href")!)?.[1] ?? [],
        ),
      ),
    );
    expect(states.size).toBeGreaterThan(300);
    for (const one of states) {
      const [name = "", query] = one.split("/?");
      const {raw, notes} = unpackedParams(Object.fromEntries(new URLSearchParams(query)));
      const {controls, bounds} = await loadWidget(name as WidgetName);
      expect([...notes, ...parse(controls, raw, {boundsOf: bounds}).notes], one).toEqual([]);
    }
  });

  test("of Next and Before lead through all chapters and back", () => {
    const named = (page: string, rel: string) => {
      const link = documentOf(page).querySelector(`.onward [rel="${rel}"]`);
      return link && {page: `${link.getAttribute("href")!.slice(1)}index.html`, text: link.textContent!};
    };
    const title = (page: string) => documentOf(page).querySelector("h1")!.textContent!;
    const first = documentOf("index.html").querySelector(".path a")!.getAttribute("href")!.slice(1);
    const way = [`${first}index.html`];
    for (let next = named(way[0]!, "next"); next; next = named(next.page, "next")) {
      expect(next.text).toContain(title(next.page));
      expect(way).not.toContain(next.page);
      way.push(next.page);
    }
    expect(way.toSorted()).toEqual(
      namesIn("chapters")
        .map((name) => `chapters/${name}/index.html`)
        .sort(),
    );
    expect(way.map((page) => named(page, "prev")?.page)).toEqual([undefined, ...way.slice(0, -1)]);
    for (const page of way) expect(documentOf(page).querySelectorAll(".contents [aria-current=page]").length).toBe(1);
  });

  test("in codes to paste name no origin that was only assumed", () => {
    const copied = pages.filter((page) => /^(embedding|widgets)\//.test(page));
    const codes = copied.flatMap((page) => textOf(page).match(/<code[^>]*>[^<]*<\/code>/g) ?? []);
    expect(codes.filter((code) => code.includes(`${HOST}/`)).length).toBeGreaterThan(50);
    expect(codes.filter((code) => code.includes(unknownSite))).toEqual([]);
  });

  test("of the sitemap and the feed name the pages that are for finding, and no others", () => {
    const canonical = (page: string) => /<link rel="canonical" href="([^"]+)"/.exec(textOf(page))?.[1];
    const own = pages.filter((page) => canonical(page) === `${unknownSite}${addressOf(page)}`);
    const placesIn = (file: string, tag: string) =>
      [...textOf(file).matchAll(new RegExp(`<${tag}>([^<]+)`, "g"))].map(([, place = ""]) =>
        place.slice(unknownSite.length),
      );
    expect(placesIn("sitemap-0.xml", "loc").sort()).toEqual(own.map(addressOf).sort());
    expect(own.filter((page) => textOf(page).includes('name="robots" content="noindex"'))).toEqual([]);
    const fed = placesIn("feed.xml", "id");
    expect(own.map(addressOf)).toEqual(expect.arrayContaining(fed));
    expect(fed.filter((path) => path.startsWith("/chapters/")).length).toBe(namesIn("chapters").length);
  });
});

/**
 * The same site below /a/b/, with the test widget in it: `BASE=/a/b/ PROBE=1 astro build --outDir tests/results/moved`,
 * which `npm test` makes.
 */
describe("below another path", () => {
  const moved = join(root, "tests/results/moved");

  test("every link holds", async () => {
    // Built without what a reader takes along and without the figures' scripts for frames, in which there is no path; and the test
    // widget cannot be taken.
    for (const folder of ["download", "js/v1/embed"])
      cpSync(join(dist, folder), join(moved, folder), {recursive: true, force: false});
    const {pages: reached, broken} = await crawled(moved, "/a/b/");
    expect(broken.filter((one) => !/\/(download|og\/widgets)\/probe\.\S+ answers 404$/.test(one))).toEqual([]);
    expect(reached).toEqual(expect.arrayContaining(reachable.map((path) => `/a/b${path}`)));
  });

  test("every page is the same but for the path, which nothing knows that pages load", () => {
    // The widget in it changes what is in some scripts, and with that their names.
    const plain = (text: string) => text.replace(/(\/_astro\/[^"'\s]+?)[.-][\w-]{8}\.(js|css)/g, "$1.$2");
    const there = (page: string) => readFileSync(join(moved, page), "utf8");
    const isLike = (page: string) => plain(there(page).replaceAll("/a/b/", "/")) === plain(textOf(page));
    // The gallery counts one widget more.
    expect(pages.filter((page) => !isLike(page))).toEqual(["widgets/index.html"]);
    expect(pagesOf(moved).filter((page) => !pages.includes(page))).toEqual([
      "embed/probe/index.html",
      "widgets/probe/index.html",
    ]);
    const loaded = readdirSync(join(moved, "_astro"));
    expect(loaded.filter((file) => there(`_astro/${file}`).includes("/a/b/"))).toEqual([]);
  });
});
