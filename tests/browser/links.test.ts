import {expect, test} from "vitest";
import {crawl} from "./links.ts";
import {serve} from "./serve.ts";

const page = (body: string) => `<!doctype html><title>t</title>${body}`;

test("reaches every page by its links and finds nothing wrong with a sound site", async () => {
  const pages = {
    "/a/": page('<a href="/a/two/#here">two</a><a href="https://example.org/">out</a><a href="#top">up</a>'),
    "/a/two/": page('<h2 id="here"></h2><img srcset="../x.svg 1x, /a/x.svg 2x"><a href="../">back</a>'),
    "/a/x.svg": "<svg/>",
  };
  const site = await serve({pages});
  expect(await crawl(site.origin, "/a/")).toEqual({pages: ["/a/", "/a/two/"], broken: []});
  await site.close();
});

test("names each link that leads nowhere, and the page it stands on", async () => {
  const pages = {
    "/a/": page('<a href="gone/">1</a><a href="/b/">2</a><a href="two/#nowhere">3</a><script src="x.js"></script>'),
    "/a/two/": page(""),
    "/b/": page(""),
  };
  const site = await serve({pages});
  expect((await crawl(site.origin, "/a/")).broken).toEqual([
    "/a/: /b/ leaves /a/",
    "/a/: gone/ answers 404",
    "/a/: two/#nowhere names no element there",
    "/a/: x.js answers 404",
  ]);
  await site.close();
});

test("serves nothing from outside its folder, and its headers with everything", async () => {
  const root = new URL(".", import.meta.url).pathname;
  const site = await serve({root, base: "/in/", headers: {"content-security-policy": "default-src 'none'"}});
  const inside = await fetch(`${site.origin}/in/serve.ts`);
  expect(inside.status).toBe(200);
  expect(inside.headers.get("content-security-policy")).toBe("default-src 'none'");
  expect((await fetch(`${site.origin}/in/%2e%2e%2flint.json`)).status).toBe(404);
  expect((await fetch(`${site.origin}/serve.ts`)).status).toBe(404);
  await site.close();
});
