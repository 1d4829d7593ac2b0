import {afterAll, afterEach, describe, expect, test} from "vitest";
import {examine} from "../../../src/make/doctor/examine.ts";
import {type Answer, type Ask, ask, fetchSite} from "../../../src/make/doctor/fetchSite.ts";
import type {Finding} from "../../../src/make/doctor/finding.ts";
import {headersFor} from "../../../src/make/hosting/headers.ts";
import {integrityOf} from "../../../src/make/hosting/pinned.ts";
import {serve} from "../../browser/serve.ts";

const origin = "https://example.org";
const home = `${origin}/lora/`;
const csp = "content-security-policy";
const kept = "max-age=31536000, immutable";

const front = (base: string, canonical: string | undefined) =>
  `<html data-root="${base}">${canonical ? `<link rel="canonical" href="${canonical}">` : ""}<link rel="preload" as="font" href="${base}_astro/a.woff2"><link rel="stylesheet" href="${base}_astro/a.css"><script type="module" src="${base}_astro/a.js"></script><a href="${base}chapters/one/">1</a>`;

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript",
  mjs: "text/javascript",
  woff2: "font/woff2",
  json: "application/json",
  xml: "application/xml",
  txt: "text/plain",
};

const files: Record<string, string> = {
  "": front("/lora/", home),
  "chapters/one/": "<p>",
  "widgets/": "<p>",
  "widgets/rank/": "<p>",
  "widgets/index.json": "{}",
  "embed/rank/": "<p>",
  "_astro/a.css": "a{}",
  "_astro/a.js": `//${"x".repeat(2000)}`,
  "_astro/a.woff2": "",
  "js/v1/embed/rank.js": "",
  "js/v1/lora-widget.js": "",
  "js/v1/lora.anywidget.mjs": "",
  "oembed/rank.json": "{}",
  "sitemap-index.xml": "",
  "sitemap-0.xml": `<loc>${home}</loc>`,
  "robots.txt": `User-agent: *\nDisallow:\n\nSitemap: ${home}sitemap-index.xml`,
  "feed.xml": "",
  "lora-live.txt": "LoRA, live: this file marks the root.",
  "generation.json": JSON.stringify({
    files: ["_astro/page.AAAAAAAA.js"],
    kept: ["_astro/last.BBBBBBBB.js"],
    versions: ["1.2.0"],
  }),
  "_astro/page.AAAAAAAA.js": "",
  "_astro/last.BBBBBBBB.js": "",
  "js/v1/1.2.0/files.json": JSON.stringify({
    integrity: {"lora-widget.js": integrityOf("the element")},
    needs: ["js/v1/lora-start-CCCCCCCC.js"],
  }),
  "js/v1/1.2.0/lora-widget.js": "the element",
  "js/v1/lora-start-CCCCCCCC.js": "",
};

/** What the host answers outside of the site, by address. */
const outside: Record<string, Partial<Answer>> = {};
afterEach(() => {
  for (const address of Object.keys(outside)) delete outside[address];
});

/** A change to the answer at one path. */
type Fault = (answer: Answer, path: string) => Partial<Answer> | undefined;

const at =
  (where: RegExp, change: Partial<Answer>): Fault =>
  (_, path) =>
    where.test(path) ? change : undefined;

/** Sends this header differently, or not at all. */
const header =
  (where: RegExp, name: string, value?: string): Fault =>
  ({headers: {[name]: _, ...others}}, path) =>
    where.test(path) ? {headers: value === undefined ? others : {...others, [name]: value}} : undefined;

/** A host that does everything right, except for this fault. */
const host =
  (fault: Fault = () => undefined, requests: string[] = []): Ask =>
  async (address) => {
    requests.push(address);
    // The site is below /lora/ of a host that has pages of its own.
    if (!address.startsWith(home)) return {address, status: 404, headers: {}, text: "", ...outside[address]};
    const path = address.slice(home.length);
    const text = files[path];
    const sent = Object.entries(headersFor(path)).map(([name, value]) => [name.toLowerCase(), value]);
    const type = types[/\.(\w+)$/.exec(path)?.[1] ?? ""] ?? "text/html; charset=utf-8";
    const headers = {...Object.fromEntries(sent), "content-type": type, "content-encoding": "br"};
    const answer: Answer =
      text !== undefined
        ? {address, status: 200, headers, text}
        : files[`${path}/`] !== undefined
          ? {address, status: 301, headers: {location: `${new URL(address).pathname}/`}, text: ""}
          : {address, status: 404, headers: {...headers, "cache-control": "no-cache"}, text: "There is no page here"};
    return {...answer, ...fault(answer, path)};
  };

const problems = async (fault?: Fault) =>
  examine(await fetchSite(home, host(fault)))
    .filter(({verdict}) => verdict !== "ok")
    .map(({verdict, about, mend}) => `${verdict} ${about}${mend ? "" : " (and no word of what to do)"}`);

describe("the doctor", () => {
  test("finds no problem at a host that follows the table, and requests nothing outside the address", async () => {
    const requests: string[] = [];
    const findings = examine(await fetchSite(home, host(undefined, requests)));
    expect(findings.filter(({verdict}) => verdict !== "ok")).toEqual([]);
    expect(findings.length).toBeGreaterThan(40);
    expect(requests.filter((address) => !address.startsWith(home))).toEqual([]);
  });

  test.each<[what: string, fault: Fault, ...found: string[]]>([
    ["another base", at(/^$/, {text: front("/", home)}), "fail base"],
    ["another SITE", at(/^$/, {text: front("/lora/", "http://localhost:4321/")}), "fail canonical"],
    ["another SITE in the sitemap", at(/-0\.xml/, {text: "<loc>http://localhost:4321/</loc>"}), "fail sitemap"],
    ["a 404 that answers 200", at(/^no\//, {status: 200}), "fail wrong address"],
    ["the host’s own 404", at(/^no\//, {text: "nginx"}), "warn wrong address"],
    ["no redirect to the slash", at(/^chapters\/one$/, {status: 404}), "warn missing slash"],
    ["a module of the wrong type", header(/\.mjs$/, "content-type", "text/plain"), "fail type of notebook module"],
    ["oEmbed as text", header(/^oembed\//, "content-type", "text/plain"), "fail type of oEmbed"],
    ["no compression", header(/^_astro\/a\.js$/, "content-encoding"), "warn compression of script"],
    ["short caching of hashed files", header(/\.css$/, "cache-control", "max-age=600"), "warn cache of style sheet"],
    ["missing files cached for ever", header(/no-such/, "cache-control", kept), "fail cache of missing files"],
    [
      "missing files cached for half a day",
      header(/no-such/, "cache-control", "max-age=43200"),
      "warn cache of missing files",
    ],
    ["a page in place of a missing script", at(/no-such/, {status: 200}), "fail missing files"],
    ["an element cached for ever", header(/lora-widget/, "cache-control", kept), "fail cache of element"],
    ["pages cached for a day", header(/^$/, "cache-control", "max-age=86400"), "fail cache of home"],
    ["an element without CORS", header(/lora-widget/, "access-control-allow-origin"), "fail CORS of element"],
    ["embeds that nobody may frame", header(/^embed\//, "x-frame-options", "SAMEORIGIN"), "fail framing of embed"],
    ["embeds for the site alone", header(/^embed\//, csp, "frame-ancestors 'self'"), "fail framing of embed"],
    ["pages that anybody may frame", header(/^$|one/, csp), "warn framing of home", "warn framing of chapter"],
    ["sniffing of types", header(/^$/, "x-content-type-options"), "warn sniffing of home"],
    ["no word on windows", header(/^$/, "cross-origin-opener-policy"), "warn Cross-Origin-Opener-Policy"],
    ["no word on cameras", header(/^$/, "permissions-policy"), "warn Permissions-Policy"],
    ["embeds without COEP", header(/^embed/, "cross-origin-embedder-policy"), "warn embeds on isolated pages"],
    [
      "embeds with another COEP",
      header(/^embed/, "cross-origin-embedder-policy", "unsafe-none"),
      "warn embeds on isolated pages",
    ],
    ["COEP alone", header(/embed\/rank\.js$/, "cross-origin-resource-policy"), "fail embeds on isolated pages"],
    ["mixed content", at(/^widgets\/$/, {text: '<script src="http://example.org/x.js">'}), "fail https of gallery"],
    ["crawlers kept out", at(/^robots/, {text: "User-agent: *\nDisallow: /"}), "fail robots.txt"],
    ["a file that is missing", at(/embed\/rank\.js$/, {status: 404}), "fail embed’s script"],
    ["no host at all", at(/^/, {status: 0, text: "ENOTFOUND"}), "fail home"],
    ["a page of somebody else", at(/^$/, {text: "<h1>Hello</h1>"}), "fail base", "fail canonical"],
    ["no home page", at(/^$/, {status: 404}), "fail home"],
    ["no list of files", at(/^generation/, {status: 404}), "warn files with a hash"],
    ["a list that is none", at(/^generation/, {text: "<h1>Hello</h1>"}), "warn files with a hash"],
    ["a listed file that is missing", at(/page\.A/, {status: 404}), "fail files with a hash"],
    ["a file of the version before that is missing", at(/last\.B/, {status: 404}), "fail files with a hash"],
    ["a version with other bytes", at(/1\.2\.0\/lora-widget/, {text: "the element "}), "fail version 1.2.0"],
    ["a version that is gone", at(/1\.2\.0/, {status: 404}), "fail version 1.2.0"],
    ["a version without its parts", at(/lora-start-C/, {status: 404}), "fail version 1.2.0"],
  ])("reports %s", async (_, fault, ...found) => expect(await problems(fault)).toEqual(found));

  test("says what of the last version is kept, and whether what pages pin is as it was", async () => {
    const said = (about: string, findings: readonly Finding[]) => findings.find((one) => one.about === about)?.what;
    const seen = examine(await fetchSite(home, host()));
    expect(said("files with a hash", seen)).toBe(
      "all 1 are there, and 1 of earlier versions, for pages that still ask for them",
    );
    expect(said("version 1.2.0", seen)).toBe("its integrity holds, and the 1 files it loads are there");
    const first = at(/^generation/, {text: '{"files":["_astro/page.AAAAAAAA.js"]}'});
    expect(said("files with a hash", examine(await fetchSite(home, host(first))))).toContain(
      "none of earlier versions",
    );
  });

  test("asks for a file in full where a host knows no HEAD", async () => {
    const noHead: Ask = async (address, method) =>
      method === "HEAD" ? {address, status: 405, headers: {}, text: ""} : host()(address);
    expect(examine(await fetchSite(home, noHead)).filter(({verdict}) => verdict !== "ok")).toEqual([]);
  });

  test.each([
    ["a chapter’s address", `${home}chapters/one/`],
    ["a frame’s address", `${home}embed/rank/index.html?r=8#text`],
    ["an address with a slip", `${home}chaptres/`],
    ["a file’s address", `${home}feed.xml`],
    ["a host that says nothing", `${origin}/`],
    ["another folder of the host", `${origin}/a/b/`],
  ])("finds the root from %s, says so and examines it", async (_, address) => {
    const findings = examine(await fetchSite(address, host()));
    expect(findings.filter(({verdict}) => verdict !== "ok")).toEqual([]);
    expect(findings[0]?.what).toMatch(new RegExp(`^${home}, found from ${origin}/`));
    expect(findings.length).toBeGreaterThan(40);
  });

  const front200 = (text: string) => ({status: 200, text});
  test.each<[from: string, at: Record<string, Partial<Answer>>]>([
    ["a redirect", {[`${origin}/`]: {status: 302, headers: {location: "/studies/paper/chapters/one/"}}}],
    ["the host’s own page", {[`${origin}/`]: front200('<a href="/b/">b</a> <a href="studies/paper/">here</a>')}],
    ["robots.txt", {[`${origin}/robots.txt`]: front200(`Sitemap: ${origin}/studies/paper/sitemap-index.xml`)}],
  ])("finds a root that nobody would guess, by %s", async (_, answers) => {
    Object.assign(outside, answers);
    const studies = `${origin}/studies/paper/`;
    // The same files under another path.
    const moved: Ask = (address) => {
      if (address.startsWith(home)) return host()(`${origin}/nothing`);
      return host()(address.replace(studies, home));
    };
    expect(examine(await fetchSite(`${origin}/`, moved))[0]?.what).toBe(`${studies}, found from ${origin}/`);
    for (const address of Object.keys(answers)) delete outside[address];
    expect(examine(await fetchSite(`${origin}/`, moved))[0]?.verdict).toBe("fail");
  });

  test("says plainly that there is no site, and follows nobody to another host", async () => {
    const elsewhere = "https://elsewhere.example/lora/";
    const requests: string[] = [];
    const links = `<a href="${elsewhere}">x</a><a href="mailto:a@b">m</a><a href="http://[">bad</a>`;
    const stranger: Ask = async (address) => {
      requests.push(address);
      return {address, status: 200, headers: {location: elsewhere}, text: links};
    };
    const findings = examine(await fetchSite("https://stranger.example/x/", stranger));
    expect(findings.map(({verdict, about}) => `${verdict} ${about}`)).toEqual(["fail root"]);
    expect(findings[0]?.what).toContain("https://stranger.example/x/");
    expect(requests.filter((address) => !address.startsWith("https://stranger.example/"))).toEqual([]);
  });

  test("accepts a portable site without an address", async () => {
    const portable: Fault = (_, path) => {
      if (path === "") return {text: front("./", undefined).replaceAll("one/", "one/index.html")};
      if (/^(oembed|sitemap|robots|feed)/.test(path)) return {status: 404};
      return path.endsWith("index.html") ? {status: 200} : undefined;
    };
    expect(await problems(portable)).toEqual([]);
  });

  test("reports what a plain host without headers lacks, over a real connection", async () => {
    const pages = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/lora/${path}`, text]));
    const site = await serve({pages});
    afterAll(site.close);
    const seen = await fetchSite(`${site.origin}/lora/index.html`);
    expect(seen.answers.home?.status).toBe(200);
    const failed = examine(seen)
      .filter(({verdict}) => verdict === "fail")
      .map(({about}) => about);
    expect(failed).toEqual(["canonical", "CORS of element", "CORS of notebook module", "sitemap"]);
    expect((await ask("http://127.0.0.1:1/")).status).toBe(0);
  });
});
