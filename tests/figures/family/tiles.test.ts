import {expect, test} from "vitest";
import {FAMILY_RATES, type FamilyParams} from "../../../src/figures/family/controls.ts";
import {drawnWorks} from "../../../src/figures/family/layers.ts";
import w from "../../../src/figures/family/widget.ts";
import {emptyRoot, nobody, through} from "../promises/stage.ts";

const run = {method: "lora", trained: 0, offset: 0, losses: FAMILY_RATES.map(() => [2, ...Array(60).fill(0.25)])};

function drawn(raw: Readonly<Record<string, unknown>>, set: (values: unknown) => void = () => {}) {
  const root = emptyRoot();
  const params = through(w, raw) as FamilyParams;
  w.draw(root, {runs: [run, run]}, params, {...nobody, set}, {size: "card"});
  return root;
}
const wide = (root: Element) => root.querySelector(".tiles > .wide")!;
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
  expect(Object.fromEntries(drawnWorks.map((work) => [work, changed(end, work)]))).toEqual({
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
  for (const work of drawnWorks) expect(part(end, work, "B") === null, work).toBe(work === "galore");
  // A thin gradient in place of A.
  expect(tone(end, "galore", "A")).toBe("dw");
});

test("at the start B is empty, but where a work fills it; PiSSA's A and B are still W₀'s", () => {
  const [start, end] = [0, 60].map((step) => drawn({step}));
  const empty = drawnWorks.filter((work) => work !== "galore" && cells(start!, work, "B") === 0);
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

test("a press chooses a work; Enter and the space bar do the same", () => {
  const set: unknown[] = [];
  const press = (work: string, key?: string) => {
    const root = drawn({work: "dora"}, (values) => set.push(values));
    const {Event} = root.ownerDocument.defaultView!;
    const event = new Event(key ? "keydown" : "click", {cancelable: true});
    wide(root)
      .querySelector(`.tile.of-${work}`)!
      .dispatchEvent(Object.assign(event, {key, detail: 1}));
  };
  press("vera");
  press("lora", "Enter");
  press("qlora", " ");
  press("galore", "a");
  expect(set).toEqual([{work: "vera"}, {work: "lora"}, {work: "qlora"}]);
});
