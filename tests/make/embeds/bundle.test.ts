import {expect, test} from "vitest";
import {bundleText, withoutEffects, withoutLater} from "../../../src/make/embeds/bundle.ts";

test("what a file loads later is imported at its top, but for models, data and types", () => {
  expect(withoutLater('const full = () => import("./full.ts");\nconst run = () => import("../run.ts");')).toBe(
    'import * as later0 from "./full.ts";import * as later1 from "../run.ts";const full = () => Promise.resolve(later0);\nconst run = () => Promise.resolve(later1);',
  );
  expect(withoutLater('await import("./ownPage.ts")')).toBe("await Promise.reject()");
  for (const text of [
    'let stored: typeof import("./stored.ts");',
    'const models = () => import("../../widgets/models.ts");',
    'const data = () => import("./forge.weights.json");',
  ])
    expect(withoutLater(text)).toBe(text);
});

test("of a package that computes constants at its top, a bundle has only those that it uses", async () => {
  expect(withoutEffects("const left = search.left;\nconst blur = make(blurred);\nlet root = find(); // stays")).toBe(
    "const left = /* @__PURE__ */ (() => search.left)();\nconst blur = /* @__PURE__ */ (() => make(blurred))();\nlet root = find(); // stays",
  );
  const text = await bundleText(process.cwd(), 'import {ticks} from "d3"; console.log(ticks(0, 1, 5));', {});
  expect(text).toContain("console.log");
  expect(text).not.toMatch(/invalid r|Math\.random|NaN/);
});
