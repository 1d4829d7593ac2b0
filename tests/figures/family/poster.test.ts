import {expect, test} from "vitest";
import {builtRoom, type FigureSize} from "../../../src/figure/plot/room.ts";
import {textWidth} from "../../../src/figure/plot/text/textWidth.ts";
import {FAMILY_RATES, type FamilyParams} from "../../../src/figures/family/controls.ts";
import type {FamilyResult, MethodRuns} from "../../../src/figures/family/losses.ts";
import w from "../../../src/figures/family/widget.ts";
import {tileWorks} from "../../../src/figures/family/works.ts";
import {emptyRoot, nobody, through} from "../promises/stage.ts";

const at = (losses: number[], method: MethodRuns["method"] = "lora"): MethodRuns => ({
  ...{method, trained: 0, offset: 0},
  losses: FAMILY_RATES.map(() => losses),
});
const runs = [at([2, ...Array(60).fill(0.25)]), at([1.5, ...Array(60).fill(0.0312)], "dora")];

const drawn = (
  raw: Readonly<Record<string, unknown>>,
  set: (values: unknown) => void = () => {},
  size: FigureSize = "card",
) => {
  const root = emptyRoot();
  const params = through(w, raw) as FamilyParams;
  w.draw(root, {runs} as FamilyResult, params, {...nobody, set}, builtRoom(size));
  return root;
};
const wide = (root: Element) => root.querySelector(".poster > .wide")!;
const part = (root: Element, work: string, place: string) => wide(root).querySelector(`.tile.of-${work} .of-${place}`);
const tone = (root: Element, work: string, place: string) => part(root, work, place)?.getAttribute("data-tone");
/** How many cells have a value. */
const cells = (root: Element, work: string, place: string) =>
  [...part(root, work, place)!.querySelectorAll("path[fill-opacity]")].flatMap((path) =>
    path.getAttribute("d")!.split("z").slice(0, -1),
  ).length;
const changed = (root: Element, work: string) =>
  [...wide(root).querySelectorAll(`.tile.of-${work} [data-new]`)].map((one) => one.getAttribute("class")!.slice(10));

test("each of the twelve has in full color what it changes, and all else as LoRA has it", () => {
  const end = drawn({});
  expect(Object.fromEntries(tileWorks.map((work) => [work, changed(end, work)]))).toEqual({
    lora: ["A", "B"],
    adalora: ["A", "middle", "B"],
    lorafa: ["A"],
    vera: ["A", "middle", "left", "B"],
    qlora: ["base"],
    loftq: ["A", "base", "B"],
    pissa: ["A", "base", "B"],
    dora: ["right"],
    rslora: ["scale"],
    loraplus: ["B"],
    galore: ["A", "base"],
    slora: ["A", "B"],
  });
  for (const work of tileWorks) expect(part(end, work, "B") === null, work).toBe(work === "galore");
  // A thin gradient in place of A.
  expect(tone(end, "galore", "A")).toBe("dw");
});

test("at the start B is empty, but where a work fills it; PiSSA's A and B are still W₀'s", () => {
  const [start, end] = ["start", "end"].map((moment) => drawn({moment}));
  const empty = tileWorks.filter((work) => work !== "galore" && cells(start!, work, "B") === 0);
  expect(empty).toEqual(["lora", "adalora", "lorafa", "qlora", "dora", "rslora", "loraplus", "slora"]);
  expect(cells(end!, "lora", "B")).toBe(40);
  expect([tone(start!, "pissa", "B"), tone(end!, "pissa", "B")]).toEqual(["w0", "b"]);
  // Half of AdaLoRA's directions are gone, in all three factors alike.
  expect(["A", "B", "middle"].map((place) => cells(end!, "adalora", place))).toEqual([20, 20, 2]);
  expect(["middle", "left"].map((place) => cells(end!, "vera", place))).toEqual([4, 10]);
  expect(cells(end!, "dora", "right")).toBe(10);
  // In four bits fewer values differ.
  expect(cells(end!, "qlora", "base")).toBeLessThan(cells(end!, "lora", "base"));
});

test("all layers are drawn at one size, and captions fit their tiles, in every frame", () => {
  for (const [frame, letters] of [
    ["narrow", 13],
    ["mid", 12],
    ["wide", 12],
  ] as const) {
    const chart = drawn({}).querySelector(`.poster > .${frame}`)!;
    const scales = [...chart.querySelectorAll(".tile .layer")].map(
      (g) => /scale\((.+)\)/.exec(g.getAttribute("transform")!)![1],
    );
    expect([scales.length, new Set(scales).size]).toEqual([12, 1]);
    for (const tile of chart.querySelectorAll(".tile")) {
      const width = Number(tile.querySelector(".field")!.getAttribute("width"));
      for (const line of tile.querySelectorAll(".caption text"))
        expect(textWidth(line.textContent!.trim(), letters), `${frame}: ${line.textContent}`).toBeLessThan(width - 10);
    }
  }
});

test("a press enlarges a tile, a press on the large one shows all twelve; Enter and the space bar do the same", () => {
  const set: unknown[] = [];
  const press = (root: Element, work: string, key?: string) => {
    const {Event} = root.ownerDocument.defaultView!;
    const event = new Event(key ? "keydown" : "click", {cancelable: true});
    wide(root)
      .querySelector(`.tile.of-${work}`)!
      .dispatchEvent(Object.assign(event, {key, detail: 1}));
  };
  const take = (values: unknown) => set.push(values);
  press(drawn({work: "dora"}, take), "vera");
  press(drawn({work: "dora"}, take), "dora", "Enter");
  press(drawn({work: "dora", enlarged: "yes"}, take), "dora", " ");
  press(drawn({work: "dora", enlarged: "yes"}, take), "galore", "a");
  expect(set).toEqual([{work: "vera", enlarged: "yes"}, {work: "dora", enlarged: "yes"}, {enlarged: ""}]);
});
