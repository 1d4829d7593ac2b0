import {expect, test} from "vitest";
import {defaults} from "../../src/shell/controls.ts";
import {siteRoot} from "../../src/shell/siteRoot.ts";
import {pageAddress} from "../../src/shell/state/pageAddress.ts";
import {iframe} from "../../src/shell/take/share/frame.ts";
import {load} from "../../src/widgets/registry.ts";

const at = (root: string | undefined, href: string) => siteRoot(root, {href, pathname: new URL(href).pathname});

test.each([
  ["/lora/", "https://a.example/lora/widgets/rank/?r=8", "https://a.example/lora/", ""],
  ["../../", "https://a.example/x%20(2)/widgets/rank/?r=8#a", "https://a.example/x%20(2)/", ""],
  ["../../", "file:///home/me/widgets/rank/index.html", "file:///home/me/", "index.html"],
  ["./", "https://a.example/x/", "https://a.example/x/", ""],
  [undefined, "https://a.example/x/index.html", "https://a.example/x/", "index.html"],
])("data-root %s at %s: the site stands at %s, and pages end with “%s”", (root, href, home, index) => {
  expect(at(root, href)).toEqual({home, index});
});

test("a link and a frame name the file where pages are found by their files' names, and the folder elsewhere", async () => {
  const w = await load("rank");
  const shown = {name: "rank", w, params: {...defaults(w.controls), r: 8}, home: "https://a.example/x/"};
  expect(pageAddress(shown)).toBe("https://a.example/x/widgets/rank/?r=8");
  expect(pageAddress({...shown, index: "index.html"})).toBe("https://a.example/x/widgets/rank/index.html?r=8");
  expect(iframe({...shown, index: "index.html"}, 400)).toContain('src="https://a.example/x/embed/rank/index.html?r=8"');
});
