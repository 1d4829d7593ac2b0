import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {createContext, runInContext} from "node:vm";
import fc from "fast-check";
import {parseHTML} from "linkedom";
import {afterEach, describe, expect, test, vi} from "vitest";
import {hashOf} from "../../../src/make/hosting/csp.ts";
import {makePortable} from "../../../src/make/portable/portable.ts";
import {relativeLink, rootFrom} from "../../../src/make/portable/relativeLink.ts";
import {relativePage} from "../../../src/make/portable/relativePage.ts";

const built = {base: "/", origin: "http://localhost:4321"};
const page = "chapters/low-rank/index.html";

describe("a relative link", () => {
  test.each([
    ["/glossary/#rank", "../../glossary/index.html#rank"],
    ["/", "../../index.html"],
    ["/#contents", "../../index.html#contents"],
    ["/widgets/rank/?r=8&alpha=16#x", "../../widgets/rank/index.html?r=8&alpha=16#x"],
    ["/_astro/a.css", "../../_astro/a.css"],
    ["/chapters/low-rank/#q-1", "#q-1"],
    ["/chapters/low-rank/", "index.html"],
    ["http://localhost:4321/lab/", "../../lab/index.html"],
    ["http://localhost:4321", "../../index.html"],
    ["../formulas/?a=b/#c", "../formulas/index.html?a=b/#c"],
    ["..", "../index.html"],
    ["./", "./index.html"],
    ["../../js/v1/embed.css", "../../js/v1/embed.css"],
  ])("%s → %s", (link, expected) => expect(relativeLink(link, page, built)).toBe(expected));

  test.each(["#q-1", "?r=8", "", "https://arxiv.org/abs/2106.09685", "mailto:a@b.example", "data:,", "//b.example/"])(
    "%s stays",
    (link) => expect(relativeLink(link, page, built)).toBe(link),
  );

  test("an absolute address stays if the site knows its address", () => {
    const link = "https://example.org/lab/";
    expect(relativeLink(link, page, {base: "/"})).toBe(link);
  });

  test("starts below the base, and a link outside the base is an error", () => {
    expect(relativeLink("/lora/lab/", page, {base: "/lora/"})).toBe("../../lab/index.html");
    expect(() => relativeLink("/lab/", page, {base: "/lora/"})).toThrow("/lab/ lies outside /lora/");
  });

  test("leads to the same file, query and fragment from any folder", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    const folders = fc.array(name, {maxLength: 3}).map((parts) => parts.map((one) => `${one}/`).join(""));
    const file = fc.tuple(folders, fc.constantFrom("", "a.css", "b.html")).map((parts) => parts.join(""));
    const rest = fc.constantFrom("", "#x", "?a=1", "?a=/b/#c");
    fc.assert(
      fc.property(folders, file, folders, rest, (under, to, from, tail) => {
        const own = `${from}index.html`;
        const link = relativeLink(`/${to}${tail}`, own, built);
        const reached = new URL(link, `https://example.org/${under}${own}`).href;
        const named = to === "" || to.endsWith("/") ? `${to}index.html` : to;
        expect(reached).toBe(`https://example.org/${under}${named}${tail}`);
        expect(new URL(rootFrom(own), `https://example.org/${under}${own}`).href).toBe(`https://example.org/${under}`);
      }),
    );
  });
});

describe("a portable page", () => {
  const made = (html: string, more = {}) => relativePage(html, page, {...built, ...more});

  test("keeps every byte except for addresses", async () => {
    const html =
      "<!DOCTYPE html><html lang=en><head><script>if(a<b)x='<a href=\"/no/\">'</script></head> <body class='x'>\n<p>a &amp; b&nbsp;<br>1 < 2<svg viewBox=\"0 0 1 1\"><path d='M0 0'/></svg><math><mi>&alpha;</mi></math><pre>\n\n /x/ </pre><!-- /y/ --><a href=\"#q\" DATA-x>é</a></body></html>";
    expect(await made(html)).toBe(html);
  });

  test("has relative addresses wherever HTML has addresses", async () => {
    const html = `<html data-root="/"><head><meta http-equiv="refresh" content="0; url=/lab/"></head><body><img srcset="/a.png 1x, /b.png 2x" src="/a.png"><link rel="preload" imagesrcset="/a.png 400w"><video poster="/p.png"></video><object data="/o.svg"></object><svg><use xlink:href="/s.svg#i"></use></svg><form action="/f/"></form></body></html>`;
    expect(await made(html)).toBe(
      `<html data-root="../../"><head><meta http-equiv="refresh" content="0; url=../../lab/index.html"></head><body><img srcset="../../a.png 1x, ../../b.png 2x" src="../../a.png"><link rel="preload" imagesrcset="../../a.png 400w"><video poster="../../p.png"></video><object data="../../o.svg"></object><svg><use xlink:href="../../s.svg#i"></use></svg><form action="../../f/index.html"></form></body></html>`,
    );
  });

  const head = `<link rel="canonical" href="http://localhost:4321/x/"><meta property="og:image" content="http://localhost:4321/og/site.png"><meta name="x" content="y"><script type="application/ld+json">{"url":"http://localhost:4321/"}</script>`;

  test("leaves out what needs an address if the site does not know its own", async () => {
    expect(await made(`<head>${head}</head>`)).toBe('<head><meta name="x" content="y"></head>');
  });

  test("names no host in codes to paste, and keeps the bytes of scripts", async () => {
    const html =
      '<head><script>x="http://localhost:4321/"</script></head><code data-code="a http://localhost:4321/b">&lt;i src="http://localhost:4321/embed/rank/"></code>';
    expect(await made(html)).toBe(
      '<head><script>x="http://localhost:4321/"</script></head><code data-code="a https://HOST/b">&lt;i src="https://HOST/embed/rank/"></code>',
    );
  });

  test("keeps what needs an address if the site knows its own", async () => {
    const known = `<head>${head.replaceAll("http://localhost:4321", "https://example.org")}</head>`;
    expect(await made(known, {origin: undefined})).toBe(known);
  });

  test("allows its inline script in the page's policy", async () => {
    const html = `<head><meta http-equiv="content-security-policy" content="script-src 'self'; img-src 'self'"></head>`;
    expect(await relativePage(html, page, built, {inline: "f()"})).toBe(
      `<head><meta http-equiv="content-security-policy" content="script-src ${hashOf("f()")} 'self'; img-src 'self'"><script>f()</script></head>`,
    );
  });
});

describe("a portable folder", () => {
  let folder = "";
  afterEach(() => rm(folder, {recursive: true}));

  const writeSite = async (files: Record<string, string>) => {
    folder = await mkdtemp(join(tmpdir(), "portable-"));
    for (const [file, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(file)), {recursive: true});
      await writeFile(join(folder, file), text);
    }
  };
  const site = {
    "index.html":
      '<html data-root="/"><head></head><a href="/a/">a</a><script type="module" src="/_astro/one.js"></script>',
    "a/index.html": '<head></head><a href="/">up</a>',
    "404.html": '<head></head><a href="/">up</a>',
    "_astro/one.js":
      'import {two} from "./two.js"; globalThis.loads = () => import("./three.js"); globalThis.seen = [two, import.meta.url];',
    "_astro/two.js": "export const two = 2;",
    "_astro/three.js": "export default 3;",
    "sitemap-index.xml": "http://localhost:4321/",
    "oembed/rank.json": '"http://localhost:4321/"',
    "a/list.json":
      '{"home":"http://localhost:4321/","a":["http://localhost:4321/a/?x=1"],"oembed":"http://localhost:4321/oembed/rank.json","n":1}',
    "download/a.html": '<head></head><script>x=\'<script type="module" src="{y}">\'</script><a href="#b">b</a>',
  };

  test("has no link to the host's root, nothing that needs an address, and a classic script for use from a disk", async () => {
    await writeSite(site);
    await makePortable(folder, built);
    const files = (await readdir(folder, {recursive: true})).map((file) => file.replaceAll("\\", "/"));
    expect(files).not.toContain("sitemap-index.xml");
    expect(files).not.toContain("oembed/rank.json");
    const home = await readFile(join(folder, "index.html"), "utf8");
    const all = /data-all="(from-disk\.\w+\.js)"/.exec(home)?.[1] as string;
    expect(home).toContain('<script defer src="./_astro/from-disk.js"');
    const script = await readFile(join(folder, "_astro", all), "utf8");
    const world = {document: {currentScript: {src: "file:///x/all.js"}}, seen: [], loads: async () => ({default: 0})};
    const context = createContext(world);
    runInContext(script, context);
    expect([...world.seen]).toEqual([2, "file:///x/all.js"]);
    expect((await world.loads()).default).toBe(3);
    expect(await readFile(join(folder, "a/index.html"), "utf8")).not.toContain("from-disk");
    const list = {home: "../index.html", a: ["index.html?x=1"], n: 1};
    expect(JSON.parse(await readFile(join(folder, "a/list.json"), "utf8"))).toEqual(list);
    expect(await readFile(join(folder, "download/a.html"), "utf8")).toBe(site["download/a.html"]);
  });

  test("has a page for wrong addresses whose links start at the folder with the site's mark", async () => {
    await writeSite({
      ...site,
      "404.html": '<head></head><a href="/a/">a</a><a href="#b">b</a><a href="mailto:c@d.example">c</a>',
    });
    await makePortable(folder, built);
    const html = await readFile(join(folder, "404.html"), "utf8");
    const {document, Event} = parseHTML(html);
    const asked: string[] = [];
    const fetch = async (address: string) => {
      asked.push(address);
      return {ok: address === "https://example.org/lora/lora-live.txt", text: async () => "LoRA, live\n"};
    };
    const location = {origin: "https://example.org", pathname: "/lora/no/page/"};
    runInContext(document.querySelector("script")!.textContent!, createContext({document, fetch, location}));
    document.dispatchEvent(new Event("DOMContentLoaded"));
    const links = () => Array.from(document.querySelectorAll("a"), (link) => link.getAttribute("href"));
    await vi.waitFor(() => expect(links()[0]).toBe("https://example.org/lora/a/index.html"));
    expect(links().slice(1)).toEqual(["#b", "mailto:c@d.example"]);
    expect(asked.map((address) => address.replace("https://example.org/", ""))).toEqual([
      "lora/no/page/lora-live.txt",
      "lora/no/lora-live.txt",
      "lora/lora-live.txt",
    ]);
  });

  test("keeps the sitemap if the site knows its address", async () => {
    await writeSite({...site, "sitemap-index.xml": "https://example.org/"});
    await makePortable(folder, {base: "/"});
    expect(await readdir(folder)).toContain("sitemap-index.xml");
  });

  test("has a notebooks' module without the placeholder address", async () => {
    const text = (home: string) => `const home = isBeside ? "" : ${home};`;
    await writeSite({...site, "js/v1/notebook.mjs": text('"http://localhost:4321/"')});
    await makePortable(folder, built);
    expect(await readFile(join(folder, "js/v1/notebook.mjs"), "utf8")).toBe(text('""'));
  });

  test("is an error if something still points at the host's root or the placeholder address", async () => {
    const wrong = {"b.txt": "http://localhost:4321/b/", "c.mjs": 'import("http://localhost:4321/c.js")'};
    await writeSite({...site, "a/x.css": "a{background:url(/b.png)}", ...wrong});
    await expect(makePortable(folder, built)).rejects.toThrow(
      "portable: not relative yet:\na/x.css has url(/b.png\nb.txt names http://localhost:4321\nc.mjs names http://localhost:4321",
    );
  });
});
