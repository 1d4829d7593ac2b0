import {expect, test} from "vitest";
import {type Control, defaults} from "../../../src/figure/controls.ts";
import {skeleton} from "../../../src/figure/live/skeleton.ts";
import {plain} from "../../../src/figure/symbols.ts";
import {loadWidget, widgetNames} from "../../../src/figures/registry.ts";
import {emptyRoot} from "../../figures/promises/stage.ts";

test.each(widgetNames)("every field of %s shows its label", async (name) => {
  const w = await loadWidget(name);
  const {figure} = skeleton(emptyRoot(), w, defaults(w.controls));
  for (const [key, control] of Object.entries(w.controls) as [string, Control][]) {
    if (control.kind === "hidden") continue;
    const label = figure.querySelector(`[data-name="${key}"] > .name`)?.textContent;
    expect(label?.trim(), key).toBe(plain(control.label).trim());
  }
});
