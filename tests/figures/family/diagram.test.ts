import {expect, test} from "vitest";
import {builtRoom, type Room} from "../../../src/figure/plot/room.ts";
import {textWidth} from "../../../src/figure/plot/text/textWidth.ts";
import {controls, type FamilyParams} from "../../../src/figures/family/controls.ts";
import {changing} from "../../../src/figures/family/diagrams.ts";
import {type FamilyResult, type MethodRuns, RACE_RATES} from "../../../src/figures/family/race.ts";
import w from "../../../src/figures/family/widget.ts";
import {emptyRoot, nobody, through} from "../promises/stage.ts";

const drawn = (
  raw: Readonly<Record<string, unknown>>,
  set: (values: unknown) => void = () => {},
  room: Room = builtRoom("card"),
) => {
  const root = emptyRoot();
  const params = through(w, raw) as FamilyParams;
  w.draw(root, {runs: []} as FamilyResult, params, {...nobody, set}, room);
  return root;
};
const cells = (root: Element, part: string) =>
  [...root.querySelectorAll(`.of-${part} .cells rect`)].map((one) => one.getAttribute("fill-opacity"));
const tone = (root: Element, part: string) => root.querySelector(`.of-${part} .cells`)?.getAttribute("data-tone");

test("the start and the end of training differ to the eye, for PiSSA, LoftQ and LoRA", () => {
  for (const work of ["pissa", "loftq", "lora"]) {
    const [start, end] = ["start", "end"].map((moment) => drawn({work, moment}).querySelector(".diagram")!.innerHTML);
    expect(start, work).not.toBe(end);
  }
  const [lora, pissa] = ["lora", "pissa"].map((work) => drawn({work, moment: "start"}));
  expect(new Set(cells(lora!, "B"))).toEqual(new Set(["0.06"]));
  expect(new Set(cells(pissa!, "B")).size).toBeGreaterThan(4);
  expect(tone(pissa!, "B")).toBe("W0");
});

test("VeRA freezes A and B and adds two vectors; GaLore has no side road; DoRA has a length for each output", () => {
  const vera = drawn({work: "vera"});
  expect(["A", "B", "middle", "out"].map((part) => tone(vera, part))).toEqual(["W0", "W0", "A", "B"]);
  expect([cells(vera, "middle").length, cells(vera, "out").length]).toEqual([4, 12]);
  expect(drawn({work: "galore"}).querySelectorAll(".of-A, .of-B, .of-scale")).toHaveLength(0);
  expect(cells(drawn({work: "dora"}), "out")).toHaveLength(12);
  expect(new Set(cells(drawn({work: "qlora"}), "base")).size).toBe(3);
});

test("on a phone DoRA's words are beside W₀, and the scale above VeRA's b", () => {
  for (const width of [309, 254]) {
    const on = (work: string) => drawn({work}, () => {}, {size: "card", width, widthOf: () => width});
    const side = (root: Element, part: string) => {
      const frame = root.querySelector(`.of-${part} .frame`)!;
      const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(frame.getAttribute(name)));
      return {right: x! + width!, top: y!, bottom: y! + height!};
    };
    const [dora, vera] = [on("dora"), on("vera")];
    for (const text of dora.querySelectorAll(".of-out .words text"))
      expect(Number(text.getAttribute("x")) - textWidth(text.textContent), `${width}`).toBeGreaterThan(
        side(dora, "base").right,
      );
    expect(side(vera, "scale").bottom, `${width}`).toBeLessThan(side(vera, "out").top);
  }
});

test("only what a method changes is outlined, and every method that changes a part is reached by pressing it", () => {
  expect([...drawn({work: "rslora"}).querySelectorAll(".piece.lit")].map((one) => one.getAttribute("class"))).toEqual([
    "piece of-scale lit",
  ]);
  for (const name of ["base", "A", "B", "scale"] as const) expect(changing(name).length).toBeGreaterThan(1);
});

test("the sentence has the loss at the chosen moment where a method is run, and is short even where both are out of range", () => {
  const at = (losses: number[]): MethodRuns => ({
    who: "lora",
    trained: 0,
    offset: 0,
    losses: RACE_RATES.map(() => losses),
  });
  const runs = [at([2, ...Array(60).fill(0.25)]), at([1.5, ...Array(60).fill(0.0312)])];
  const said = (raw: Readonly<Record<string, unknown>>, all = runs) =>
    w.says!({runs: all}, through(w, raw) as FamilyParams);
  expect(said({work: "vera"})).toMatch(/ Loss at step 60: 0\.0312; LoRA’s 0\.250\.$/);
  expect(said({work: "vera", moment: "start"})).toMatch(/ Loss at step 0: 1\.500; LoRA’s 2\.000\.$/);
  expect(said({work: "lora", step: 7})).toMatch(/ Loss at step 7: 0\.250; full fine-tuning’s 0\.0312\.$/);
  expect(said({work: "galore"})).not.toContain("Loss");
  for (const work of Object.keys(controls.work.options))
    expect(said({work}, [at([2]), at([2])]).length, work).toBeLessThan(141);
});

test("each part says which work a press leads to, and Enter or the space bar leads there too", () => {
  const set: unknown[] = [];
  const root = drawn({work: "dora"}, (values) => set.push(values));
  const piece = (name: string) => root.querySelector(`.piece.of-${name}`)!;
  expect(piece("scale").getAttribute("aria-label")).toBe("α/r: rsLoRA changes it");
  // No other work changes the output.
  for (const one of root.querySelectorAll(".piece:not(.of-out)"))
    expect(one.getAttribute("aria-label")).toMatch(/^[^:]+: \S.* changes it( too)?$/);
  expect(piece("out").hasAttribute("tabindex")).toBe(false);
  const {Event} = root.ownerDocument.defaultView!;
  const press = (key: string) =>
    piece("scale").dispatchEvent(Object.assign(new Event("keydown", {bubbles: true, cancelable: true}), {key}));
  for (const key of ["Enter", " ", "a"]) press(key);
  expect(set).toEqual([{work: "rslora"}, {work: "rslora"}]);
  expect(root.querySelector(".diagram > svg")!.getAttribute("role")).toBe("group");
});
