/** What the eye gets of the forge at rest: empty places while the adapter is off, and three customers of one base. */
import {expect, test} from "vitest";
import {builtRoom} from "../../../src/figure/plot/room.ts";
import {tape} from "../../../src/figure/runs/withModel.ts";
import {type ForgeParams, orderOf} from "../../../src/figures/forge/controls.ts";
import {compute, type ForgeSnapshot, ready} from "../../../src/figures/forge/model.ts";
import {drawForge} from "../../../src/figures/forge/panels.ts";
import {see} from "../../../src/figures/forge/readings.ts";
import {spelled} from "../oracles/forge.ts";
import {emptyRoot, nobody} from "../promises/stage.ts";

await ready();
const usual: ForgeParams = {
  ...{adapter: "on", lesson: "names", step: "200", show: "one", letter: 11, word: 5, draw: 11},
};

function drawn(some: Partial<ForgeParams>, root = emptyRoot()): Element {
  const params = {...usual, ...some};
  const result = see([tape({compute}, orderOf(params)) as unknown as ForgeSnapshot[]], params);
  drawForge(root, result, params, nobody, builtRoom("card"));
  return root;
}
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

test("off, every letter of the base has an empty place below it, and the second strip asks what would be there", () => {
  const root = drawn({adapter: "off"});
  expect(root.querySelectorAll(".tile.empty")).toHaveLength(root.querySelectorAll(".written .letter").length);
  expect(texts(root, ".open .asks")).toEqual(["with 1,024 more parameters: ?"]);
  expect(texts(drawn({adapter: "off", lesson: "twenty"}), ".open .asks")).toEqual(["with 4,608 more parameters: ?"]);
  const on = drawn({}, root);
  expect(on.querySelectorAll(".tile.empty")).toHaveLength(0);
  expect(on.querySelectorAll(".tile")).not.toHaveLength(0);
  expect(texts(on, ".open .asks")).toEqual([""]);
});

test("three customers have the words of a plain sampler, each from an adapter of their own over one base", () => {
  const root = drawn({show: "three", lesson: "french"});
  const columns = [...root.querySelectorAll(".column")];
  expect(columns.map((one) => texts(one, ".customer")[0])).toEqual(["Names", "French", "Spanish"]);
  for (const [i, lesson] of (["names", "french", "spanish"] as const).entries())
    expect(texts(columns[i]!, ".written .letter")).toEqual(spelled({...usual, lesson}).now.map(({word}) => word));
  expect(columns.map((one) => one.classList.contains("chosen"))).toEqual([false, true, false]);
  expect(texts(root, ".stays")).toEqual(["one base, 26,848 parameters, stays"]);
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
