import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {defaults} from "../../../src/figure/controls.ts";
import {prerender} from "../../../src/figure/live/prerender.ts";
import {skeleton} from "../../../src/figure/live/skeleton.ts";
import {widgetWithModel} from "../../../src/figure/runs/withModel.ts";

test("what a chapter leaves out of a figure stays out when the figure comes to life, and its question stays", async () => {
  const growth = await widgetWithModel("growth");
  const params = defaults(growth.controls);
  const unseen = ['[data-name="matrices"]', ".guide > .try"];
  const html = prerender({...growth, title: "What is h?"}, params, {
    number: "4.3",
    unseen,
  });
  const root = parseHTML(`<!doctype html><html><body><div>${html}</div></body></html>`).document.querySelector("div")!;
  const {figure} = skeleton(root as unknown as Element, growth, params, {
    number: "4.3",
  });
  for (const selector of unseen) expect(figure.querySelector(selector)!.hasAttribute("hidden"), selector).toBe(true);
  expect(figure.querySelector('[data-name="r"]')!.hasAttribute("hidden")).toBe(false);
  expect(figure.querySelector(".title")!.textContent).toBe("What is h?");
  expect(figure.getAttribute("aria-label")).toBe("Figure 4.3: What is h?");
});
