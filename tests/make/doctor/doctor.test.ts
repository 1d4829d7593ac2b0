import {afterAll, describe, expect, test} from "vitest";
import {examine} from "../../../src/make/doctor/examine.ts";
import {type Answer, type Ask, ask, fetchSite} from "../../../src/make/doctor/fetchSite.ts";
import {headersFor} from "../../../src/make/hosting/headers.ts";
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
};

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
    ["missing files cached for ever", header(/no-such/, "cache-control", kept), "warn cache of missing files"],
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
    ["COEP alone", header(/embed\/rank\.js$/, "cross-origin-resource-policy"), "fail embeds on isolated pages"],
    ["mixed content", at(/^widgets\/$/, {text: '<script src="http://example.org/x.js">'}), "fail https of gallery"],
    ["crawlers kept out", at(/^robots/, {text: "User-agent: *\nDisallow: /"}), "fail robots.txt"],
    ["a file that is missing", at(/embed\/rank\.js$/, {status: 404}), "fail embed’s script"],
    ["no host at all", at(/^/, {status: 0, text: "ENOTFOUND"}), "fail home"],
    ["a page of somebody else", at(/^$/, {text: "<h1>Hello</h1>"}), "fail base", "fail canonical"],
  ])("reports %s", async (_, fault, ...found) => expect(await problems(fault)).toEqual(found));

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
