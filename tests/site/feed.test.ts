import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {atom} from "../../src/site/feed.ts";

const entry = (day: string, title = day) => ({
  title,
  summary: `<${title}> & “more”`,
  address: `https://a.example/${day}/`,
  day,
});
const feed = {title: "News & such", author: "We", home: "https://a.example/", self: "https://a.example/feed.xml"};

test("a feed has the date of its newest entry and puts it first; text is escaped", () => {
  const made = atom({...feed, entries: [entry("2026-01-02"), entry("2026-11-03"), entry("2025-12-31")]});
  const {document} = parseHTML(made);
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  expect(texts("feed > updated")).toEqual(["2026-11-03T00:00:00Z"]);
  expect(texts("entry > title")).toEqual(["2026-11-03", "2026-01-02", "2025-12-31"]);
  expect(texts("entry > id")[0]).toBe("https://a.example/2026-11-03/");
  expect(texts("entry > summary")[0]).toBe("<2026-11-03> & “more”");
  expect(texts("feed > title")).toEqual(["News & such"]);
  expect(document.querySelector("link[rel=self]")?.getAttribute("href")).toBe(feed.self);
});

test("entries of one day keep their order, and a feed without entries is refused", () => {
  const made = atom({...feed, entries: [entry("2026-01-02", "b"), entry("2026-01-02", "a")]});
  expect(made.indexOf("<title>b<")).toBeLessThan(made.indexOf("<title>a<"));
  expect(() => atom({...feed, entries: []})).toThrow("News & such has no entries");
});
