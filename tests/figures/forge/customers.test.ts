/** What the eye gets of the forge at rest: the base's words while the adapter is off, and three customers of one base. */
import {expect, test} from "vitest";
import {framesOf} from "../../../src/figure/runs/withModel.ts";
import {type ForgeParams, forgeSettings} from "../../../src/figures/forge/controls.ts";
import {compute, type ForgeSnapshot, ready} from "../../../src/figures/forge/model.ts";
import {readForge} from "../../../src/figures/forge/reading.ts";
import w from "../../../src/figures/forge/widget.ts";
import {spelled} from "../oracles/forge.ts";
import {emptyRoot, nobody} from "../promises/stage.ts";

await ready();
const usual: ForgeParams = {adapter: "on", lesson: "names", show: "one", word: 5, draw: 11};

function drawn(some: Partial<ForgeParams>, root = emptyRoot()): Element {
  const params = {...usual, ...some};
  const result = readForge(framesOf({compute}, forgeSettings(params)) as ForgeSnapshot[], params);
  w.draw(root, result, params, nobody, {size: "card"});
  // All frames have the same parts.
  for (const other of root.querySelectorAll(".narrow, .mid")) other.remove();
  return root;
}
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

test("off, each word has above it what the adapter makes of it; on, what the base writes", () => {
  const root = drawn({adapter: "off"});
  expect(texts(root, "[data-large] .letters")).toEqual(spelled(usual).off.map(({word}) => word));
  expect(texts(root, ".slot > g:not([data-large]) .letters")).toEqual(spelled(usual).now.map(({word}) => word));
  expect(root.querySelectorAll(".tiles path")).toHaveLength(0);
  expect(texts(root, ".row-name")).toEqual(["off", "on"]);
  const on = drawn({}, root);
  expect(texts(on, ".slot > g:not([data-large]) .letters")).toEqual(spelled(usual).off.map(({word}) => word));
  expect(on.querySelectorAll(".tiles path").length).toBe(on.querySelectorAll("[data-large] .changed").length);
  expect(texts(on, ".row-name")).toEqual(["on", "off"]);
});

test("three customers have the words of a plain sampler, each from an adapter of their own over one base", () => {
  const root = drawn({show: "three", lesson: "french"});
  const columns = [...root.querySelectorAll(".column")];
  expect(columns.map((one) => texts(one, ".customer")[0])).toEqual(["Names", "French", "Spanish"]);
  for (const [i, lesson] of (["names", "french", "spanish"] as const).entries())
    expect(texts(columns[i]!, ".written .letter")).toEqual(spelled({...usual, lesson}).now.map(({word}) => word));
  expect(columns.map((one) => one.classList.contains("chosen"))).toEqual([false, true, false]);
  expect(texts(root, ".base-text")).toEqual(["one base, 26,848 parameters, stays"]);
  const area = (one: Element) => Number(one.getAttribute("width")) * Number(one.getAttribute("height"));
  const base = area(root.querySelector(".base")!);
  for (const plug of root.querySelectorAll(".plug")) expect(area(plug) / base).toBeCloseTo(1024 / 26_848, 2);
});

test("off, all three get the base's words; one adapter, twenty names and full fine-tuning have the other picture", () => {
  const root = drawn({show: "three", adapter: "off"});
  const due = spelled(usual).off.map(({word}) => word);
  for (const column of root.querySelectorAll(".column")) {
    expect(texts(column, ".written .letter")).toEqual(due);
    expect(column.classList.contains("chosen")).toBe(false);
  }
  for (const some of [{show: "one"}, {show: "three", lesson: "twenty"}, {show: "three", adapter: "full"}] as const) {
    drawn(some, root);
    expect(root.querySelectorAll(".column")).toHaveLength(0);
    expect(root.querySelectorAll(".slot")).toHaveLength(8);
  }
});
