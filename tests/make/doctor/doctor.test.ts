import {afterAll, describe, expect, test} from "vitest";
import {examine} from "../../../src/make/doctor/examine.ts";
import {type Answer, type Ask, ask, fetchSite} from "../../../src/make/doctor/fetchSite.ts";
import {headersFor} from "../../../src/make/hosting/headers.ts";
import {serve} from "../../browser/serve.ts";

const origin = "https://example.org";
const home = `${origin}/lora/`;

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

type Change = (answer: Answer, path: string) => Partial<Answer> | undefined;
const withHeaders =
  (test: (path: string) => boolean, change: Record<string, string | undefined>): Change =>
  ({headers}, path) =>
    test(path)
      ? ({
          headers: Object.fromEntries(Object.entries({...headers, ...change}).filter(([, one]) => one)),
        } as Partial<Answer>)
      : undefined;

/** A host that does all that it should, but for what a test spoils. */
const host =
  (spoil: Change = () => undefined, asked: string[] = []): Ask =>
  async (address) => {
    asked.push(address);
    const path = address.slice(home.length);
    const text = files[path];
    const said = Object.entries(headersFor(path)).map(([name, value]) => [name.toLowerCase(), value]);
    const kind = types[/\.(\w+)$/.exec(path)?.[1] ?? ""] ?? "text/html; charset=utf-8";
    const headers = {...Object.fromEntries(said), "content-type": kind, "content-encoding": "br"};
    const answer: Answer =
      text !== undefined
        ? {address, status: 200, headers, text}
        : files[`${path}/`] !== undefined
          ? {address, status: 301, headers: {location: `${new URL(address).pathname}/`}, text: ""}
          : {address, status: 404, headers, text: "There is no page here"};
    return {...answer, ...spoil(answer, path)};
  };

const trouble = async (spoil?: Change) =>
  examine(await fetchSite(home, host(spoil)))
    .filter(({verdict}) => verdict !== "ok")
    .map(({verdict, about, mend}) => `${verdict} ${about}${mend ? "" : " (and no word of what to do)"}`);

describe("the doctor", () => {
  test("finds nothing at a host that sends what the table says, and asks nothing outside of the address", async () => {
    const asked: string[] = [];
    const findings = examine(await fetchSite(home, host(undefined, asked)));
    expect(findings.filter(({verdict}) => verdict !== "ok")).toEqual([]);
    expect(findings.length).toBeGreaterThan(40);
    expect(asked.filter((address) => !address.startsWith(home))).toEqual([]);
  });

  const isPage = (path: string) => path === "" || path === "chapters/one/";
  const faults: [what: string, spoil: Change, found: string[]][] = [
    ["another base", (_, path) => (path === "" ? {text: front("/", home)} : undefined), ["fail base"]],
    [
      "another SITE",
      (_, path) => (path === "" ? {text: front("/lora/", "http://localhost:4321/")} : undefined),
      ["fail canonical"],
    ],
    [
      "a sitemap of another SITE",
      (_, path) => (path === "sitemap-0.xml" ? {text: "<loc>http://localhost:4321/</loc>"} : undefined),
      ["fail sitemap"],
    ],
    [
      "a 404 that answers 200",
      (_, path) => (path.startsWith("no/") ? {status: 200} : undefined),
      ["fail wrong address"],
    ],
    ["the host’s own 404", (_, path) => (path.startsWith("no/") ? {text: "nginx"} : undefined), ["warn wrong address"]],
    [
      "no redirect to the slash",
      (_, path) => (path === "chapters/one" ? {status: 404} : undefined),
      ["warn missing slash"],
    ],
    [
      "a module of the wrong type",
      withHeaders((path) => path.endsWith(".mjs"), {"content-type": "text/plain"}),
      ["fail type of notebook module"],
    ],
    [
      "oEmbed as text",
      withHeaders((path) => path.startsWith("oembed/"), {"content-type": "text/plain"}),
      ["fail type of oEmbed"],
    ],
    [
      "no compression",
      withHeaders((path) => path === "_astro/a.js", {"content-encoding": undefined}),
      ["warn compression of script"],
    ],
    [
      "hashed files asked for anew",
      withHeaders((path) => path === "_astro/a.css", {"cache-control": "max-age=600"}),
      ["warn cache of style sheet"],
    ],
    [
      "an element kept for ever",
      withHeaders((path) => path.endsWith("lora-widget.js"), {"cache-control": "max-age=31536000, immutable"}),
      ["fail cache of element"],
    ],
    [
      "pages kept for a day",
      withHeaders((path) => path === "", {"cache-control": "max-age=86400"}),
      ["fail cache of home"],
    ],
    [
      "no CORS for the element",
      withHeaders((path) => path.endsWith("lora-widget.js"), {"access-control-allow-origin": undefined}),
      ["fail CORS of element"],
    ],
    [
      "embeds that nobody may frame",
      withHeaders((path) => path.startsWith("embed/"), {"x-frame-options": "SAMEORIGIN"}),
      ["fail framing of embed"],
    ],
    [
      "embeds for the site alone",
      withHeaders((path) => path.startsWith("embed/"), {"content-security-policy": "frame-ancestors 'self'"}),
      ["fail framing of embed"],
    ],
    [
      "pages that anybody may frame",
      withHeaders(isPage, {"content-security-policy": undefined}),
      ["warn framing of home", "warn framing of chapter"],
    ],
    [
      "no word on sniffing",
      withHeaders((path) => path === "", {"x-content-type-options": undefined}),
      ["warn sniffing of home"],
    ],
    [
      "mixed content",
      (_, path) => (path === "widgets/" ? {text: '<script src="http://example.org/x.js">'} : undefined),
      ["fail https of gallery"],
    ],
    [
      "robots kept out",
      (_, path) => (path === "robots.txt" ? {text: "User-agent: *\nDisallow: /"} : undefined),
      ["fail robots.txt"],
    ],
    [
      "a file that is missing",
      (_, path) => (path === "js/v1/embed/rank.js" ? {status: 404} : undefined),
      ["fail embed’s script"],
    ],
    ["no host at all", () => ({status: 0, text: "ENOTFOUND"}), ["fail home"]],
    [
      "a page of somebody else",
      (_, path) => (path === "" ? {text: "<h1>Hello</h1>"} : undefined),
      ["fail base", "fail canonical"],
    ],
  ];
  test.each(faults)("tells of %s", async (_, spoil, found) => expect(await trouble(spoil)).toEqual(found));

  test("lets a portable site without an address be", async () => {
    const gone = /^(oembed|sitemap|robots|feed)/;
    const spoil: Change = (answer, path) =>
      path === ""
        ? {text: front("./", undefined).replaceAll("one/", "one/index.html")}
        : gone.test(path)
          ? {status: 404}
          : path.endsWith("index.html")
            ? {...answer, status: 200, headers: answer.headers}
            : undefined;
    expect(await trouble(spoil)).toEqual([]);
  });

  test("finds what a plain host without headers leaves out, over a real connection", async () => {
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
