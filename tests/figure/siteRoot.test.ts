import {expect, test} from "vitest";
import {siteRoot} from "../../src/figure/siteRoot.ts";

test.each([
  ["/lora/", "https://a.example/lora/widgets/rank/?r=8", "https://a.example/lora/"],
  [undefined, "https://a.example/x/index.html", "https://a.example/x/"],
])("data-root %s at %s: the site stands at %s", (root, href, home) => {
  expect(siteRoot(root, {href})).toBe(home);
});
