import {expect, test} from "vitest";
import {pageOf} from "../../src/site/prefetch.ts";

const here = new URL("https://here.org/lora/chapters/one/#a") as unknown as Location;
const pageAt = (to: string, download = false) => {
  const {origin, pathname, search} = new URL(to, here.href);
  return pageOf({origin, pathname, search, hasAttribute: () => download} as unknown as HTMLAnchorElement, here);
};

test("a page of this site is prefetched with its query and without its fragment", () => {
  expect(pageAt("../two/#b")).toBe("https://here.org/lora/chapters/two/");
  expect(pageAt("/lora/widgets/rank/?r=8")).toBe("https://here.org/lora/widgets/rank/?r=8");
});

test.each([
  ["a place on this page", "#b"],
  ["this page", "/lora/chapters/one/"],
  ["another host", "https://arxiv.org/abs/"],
  ["a file", "/lora/references.bib"],
  ["a frame", "/lora/embed/rank/"],
])("%s is not prefetched", (_, to) => {
  expect(pageAt(to)).toBeUndefined();
});

test("a download is not prefetched", () => {
  expect(pageAt("/lora/teach/", true)).toBeUndefined();
});
