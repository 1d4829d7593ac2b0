import {expect, test} from "vitest";
import {withoutLater} from "../../../src/make/embeds/bundle.ts";

test("what a file loads later is imported at its top, but for models, data and types", () => {
  expect(withoutLater('const full = () => import("./full.ts");\nconst run = () => import("../run.ts");')).toBe(
    'import * as later0 from "./full.ts";import * as later1 from "../run.ts";const full = () => Promise.resolve(later0);\nconst run = () => Promise.resolve(later1);',
  );
  for (const text of [
    'let stored: typeof import("./stored.ts");',
    'const models = () => import("../../widgets/models.ts");',
    'const data = () => import("./forge.weights.json");',
  ])
    expect(withoutLater(text)).toBe(text);
});
