import {expect, test} from "vitest";
import {siteRoot} from "../../src/widgets/siteRoot.ts";

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
