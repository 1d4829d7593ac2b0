/** Reads the places of rows, words and marks back from the picture. */
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {dotPlot, dotPlotHeight} from "../../../../src/figure/plot/charts/dotPlot.ts";
import {type DotPlotOptions, dotPlotLayout, type PlotRow} from "../../../../src/figure/plot/charts/dotPlotLayout.ts";
import {textWidth} from "../../../../src/figure/plot/text/textWidth.ts";
import {emptyGroup} from "../../../figures/promises/stage.ts";

const all = (g: Element, selector: string) => [...g.querySelectorAll(selector)];
const number = (element: Element, name: string) => Number(element.getAttribute(name));
/** Where an element is in the whole picture: its own x and y, moved by all groups around it. */
function placeOf(element: Element): [x: number, y: number] {
  let [x, y] = [number(element, "x"), number(element, "y")];
  for (let one: Element | null = element; one; one = one.parentElement) {
    const [, dx = "0", dy = "0"] = /translate\((\S+) (\S+)\)/.exec(one.getAttribute("transform") ?? "") ?? [];
    [x, y] = [x + Number(dx), y + Number(dy)];
  }
  return [x, y];
}

const names = ["Full fine-tuning", "LoRA, 4.7 M", "New layers between the old ones", "r = 8"];
const rowOf = (value: number, i = 0): PlotRow => ({
  name: names[i % names.length]!,
  said: `${value} ± 0.5`,
  points: [{name: "lora", value}],
});
const rows = [73.8, 71.3, 63.1, 70.1].map(rowOf);
const draw = (list: readonly PlotRow[], options: DotPlotOptions) => {
  const g = emptyGroup();
  return {g, ...dotPlot(g, list, options)};
};
const textsOf = (g: Element) =>
  all(g, "text").map((text) => {
    const [x, y] = placeOf(text);
    const wide = textWidth(text.textContent!);
    const from = {middle: x - wide / 2, end: x - wide}[text.getAttribute("text-anchor") ?? ""] ?? x;
    return {text: text.textContent!, name: text.getAttribute("class"), from, to: from + wide, y};
  });

describe("a dot plot", () => {
  const WIDTHS = [660, 460, 311];

  test.each(WIDTHS)("has its rows in order, at an even pitch, each dot at its value: %i wide", (width) => {
    const {g, x} = draw(rows, {width});
    const lines = all(g, ".plot-row");
    expect(lines.map((row) => row.querySelector(".name")!.textContent)).toEqual(rows.map(({name}) => name));
    const tops = lines.map((row) => placeOf(row)[1]);
    const pitch = tops[1]! - tops[0]!;
    expect(pitch).toBeGreaterThanOrEqual(24);
    tops.forEach((top, i) => {
      expect(top).toBe(tops[0]! + i * pitch);
    });
    const left = placeOf(g.querySelector(".dotplot")!)[0];
    all(g, ".point").forEach((point, i) => {
      expect(placeOf(point)[0]).toBeCloseTo(left + x(rows[i]!.points[0]!.value!), 1);
    });
    expect(dotPlotHeight(rows, {width})).toBeGreaterThan(tops.at(-1)! + pitch + 20);
  });

  test.each(WIDTHS)("prints every word inside its width, and no name or value on the plot: %i wide", (width) => {
    const {g, width: inner} = draw(rows, {
      width,
      references: [
        {name: "guess", at: 64, words: "your guess of it"},
        {name: "truth", at: 65, words: "what the paper has"},
      ],
    });
    const left = placeOf(g.querySelector(".dotplot")!)[0];
    const words = textsOf(g);
    for (const {text, from, to, y} of words) {
      expect(from, text).toBeGreaterThanOrEqual(-0.5);
      expect(to, text).toBeLessThanOrEqual(width + 0.5);
      expect(y, text).toBeGreaterThan(8);
    }
    const {isStacked} = dotPlotLayout(rows, {width});
    if (width !== 460) expect(isStacked).toBe(width === 311);
    const middles = all(g, ".point").map((point) => placeOf(point)[1]);
    for (const [i, {to, y}] of words.filter(({name}) => name === "name").entries())
      if (isStacked) expect(y).toBeLessThan(middles[i]! - 12);
      else expect(to).toBeLessThan(left);
    for (const [i, {from, y}] of words.filter(({name}) => name === "said").entries())
      if (isStacked) expect(y).toBeLessThan(middles[i]! - 12);
      else expect(from).toBeGreaterThan(left + inner);
    const over = words.filter(({name}) => name?.startsWith("words"));
    expect(over).toHaveLength(2);
    const [one, two] = over as [(typeof over)[0], (typeof over)[0]];
    expect(one.y !== two.y || one.to <= two.from, "references' words do not meet").toBe(true);
  });

  test("where it is narrow, name and value share a line and the marks have the whole width", () => {
    const {g, width: inner} = draw(rows, {width: 311});
    const [name, said] = ["name", "said"].map((one) => textsOf(g).find(({name}) => name === one)!);
    expect(name!.y).toBe(said!.y);
    expect(name!.to).toBeLessThan(said!.from);
    expect(inner).toBeGreaterThan(0.9 * 311);
  });

  test("gives way to long names: they stand above their rows", () => {
    const long = rows.map((row) => ({...row, name: `${row.name}, with everything that it says of itself`}));
    expect(dotPlotLayout(long, {width: 460}).isStacked).toBe(true);
    expect(dotPlotLayout(long, {width: 1200}).isStacked).toBe(false);
  });

  test("has grid lines from the first row to the axis, at round values whose labels do not meet", () => {
    for (const width of WIDTHS)
      for (const list of [rows, [rowOf(0.001), rowOf(0.0042)], [rowOf(-3e6), rowOf(8e6)]]) {
        const {g, height} = draw(list, {width});
        const grid = all(g, ".grid");
        expect(grid.length).toBeGreaterThanOrEqual(2);
        for (const line of grid) {
          expect(number(line, "y2") - number(line, "y1")).toBe(-height);
          expect(line.hasAttribute("stroke-dasharray")).toBe(false);
        }
        const labels = textsOf(g.querySelector(".x")!);
        labels.slice(1).forEach(({from}, i) => {
          expect(from - labels[i]!.to).toBeGreaterThan(8);
        });
        for (const {text} of labels) expect(text).toMatch(/^−?[\d,]+(\.\d{1,4})?$/);
      }
  });

  test("sets groups apart, each under its heading once", () => {
    const groups = ["Small", "Small", "Large", "Large"];
    const list = rows.map((row, i) => ({...row, group: groups[i]!}));
    const {g} = draw(list, {width: 460});
    expect(all(g, ".heading").map((heading) => heading.textContent)).toEqual(["Small", "Large"]);
    const [small, large] = all(g, ".heading").map((heading) => placeOf(heading)[1]) as [number, number];
    const tops = all(g, ".plot-row").map((row) => placeOf(row)[1]);
    expect([small < tops[0]!, tops[1]! < large, large < tops[2]!]).toEqual([true, true, true]);
    expect(tops[2]! - tops[1]!).toBeGreaterThan(tops[1]! - tops[0]!);
    expect(dotPlotHeight(list, {width: 460})).toBeGreaterThan(dotPlotHeight(rows, {width: 460}));
  });

  test("draws dots, whiskers, intervals, bars from zero, ticks and shapes; nothing for what is not known", () => {
    const points = [
      {name: "a", value: 2, low: 1, high: 3},
      {name: "b", low: 1, high: 3},
      {name: "c", form: "bar" as const, value: 2},
      {name: "d", form: "tick" as const, value: 2},
      {name: "e hollow", value: 2, d: "M0 0H9"},
      {name: "f", value: Number.NaN},
      {name: "g"},
    ];
    const {g, x} = draw([{name: "one", said: "", points}], {width: 460, ends: [0, 4]});
    expect(all(g, ".point").map((point) => point.getAttribute("class"))).toEqual(
      ["a", "b", "c", "d", "e hollow"].map((name) => `point ${name}`),
    );
    const path = (name: string, part = "shape") => g.querySelector(`.${name} .${part}`)!.getAttribute("d")!;
    const numbersOf = (d: string) => (d.match(/-?[\d.]+/g) ?? []).map(Number);
    const unit = x(1) - x(0);
    const [from, , to] = numbersOf(path("a", "whisker"));
    expect(from).toBeCloseTo(-unit, 0);
    expect(to).toBeCloseTo(unit, 0);
    expect(numbersOf(path("b"))[2]).toBeCloseTo(2 * unit, 0);
    expect(path("b", "whisker")).toBe("");
    expect(numbersOf(path("c"))[0]).toBeCloseTo(-2 * unit, 0);
    expect(path("d")).toMatch(/^M0 -8V8$/);
    expect(path("e")).toBe("M0 0H9");
  });

  test("keeps to its scale: what lies beyond an end is drawn there", () => {
    const {g, width, x} = draw([{name: "far", said: "9", points: [{name: "a", value: 9, low: -9, high: 19}]}], {
      width: 460,
      ends: [0, 1],
      band: [-1, 0.5],
    });
    const left = placeOf(g.querySelector(".dotplot")!)[0];
    expect(placeOf(g.querySelector(".point")!)[0]).toBeCloseTo(left + width, 0);
    const band = g.querySelector(".reach")!;
    expect([number(band, "x"), number(band, "width")]).toEqual([0, Math.round(10 * x(0.5)) / 10]);
  });

  test("puts equal values of a row into lanes that stay in it", () => {
    const points = Array.from({length: 10}, (_, lane) => ({name: "seed", value: 1, lane}));
    for (const width of WIDTHS) {
      const {g} = draw([rowOf(0), {name: "seeds", said: "10", points}], {width, lanes: 10, pitch: 30});
      const row = all(g, ".plot-row")[1]!;
      const [top, height] = [placeOf(row)[1], number(row.querySelector(".field")!, "height")];
      const places = all(row, ".point").map((point) => placeOf(point)[1]);
      expect(new Set(places).size).toBe(10);
      expect(Math.min(...places)).toBeGreaterThan(width === 311 ? top + 17 : top + 3);
      expect(Math.max(...places)).toBeLessThan(top + height - 3);
    }
  });

  test("is pressed by row: the whole row, by pointer and by keys, and says which is chosen", () => {
    const pressed: number[] = [];
    const list = rows.map((row, i) => ({...row, isChosen: i === 2}));
    const {g} = draw(list, {width: 311, onPress: (i) => pressed.push(i)});
    const lines = all(g, ".plot-row");
    expect(lines.map((row) => row.getAttribute("aria-pressed"))).toEqual(["false", "false", "true", "false"]);
    expect(lines.map((row) => [row.getAttribute("role"), row.getAttribute("tabindex")].join())).toEqual(
      rows.map(() => "button,0"),
    );
    expect(lines[1]!.getAttribute("aria-label")).toBe("LoRA, 4.7 M: 71.3 ± 0.5");
    // What a pointer brings up is heard too, and no word runs into the next.
    const named = draw([{...rows[1]!, points: [{name: "full", value: 71.3, title: "within the spread"}]}], {
      ...{width: 311, onPress: () => {}},
    }).g.querySelector(".plot-row")!;
    expect(named.getAttribute("aria-label")).toBe("LoRA, 4.7 M: 71.3 ± 0.5, within the spread");
    expect(named.textContent).toBe("LoRA, 4.7 M 71.3 ± 0.5 within the spread");
    for (const field of all(g, ".field")) {
      expect(number(field, "width")).toBe(309);
      expect(number(field, "height")).toBeGreaterThanOrEqual(24);
    }
    const {Event} = g.ownerDocument.defaultView as unknown as {Event: typeof globalThis.Event};
    const happen = (row: number, type: string, more: object) =>
      lines[row]!.dispatchEvent(Object.assign(new Event(type, {bubbles: true, cancelable: true}), more));
    happen(1, "click", {detail: 1});
    happen(1, "click", {detail: 2});
    happen(3, "keydown", {key: "Enter"});
    happen(0, "keydown", {key: " "});
    happen(0, "keydown", {key: "Tab"});
    expect(pressed).toEqual([1, 3, 0]);
  });

  test("cannot be pressed without something to call, and is drawn anew on the same nodes", () => {
    const {g} = draw(rows, {width: 460, onPress: () => {}});
    const before = all(g, "*");
    dotPlot(g, rows, {width: 460});
    expect(all(g, "*")).toEqual(before);
    for (const name of ["role", "tabindex", "aria-pressed", "aria-label"])
      expect(g.querySelector(`.plot-row[${name}]`), name).toBeNull();
    dotPlot(g, [], {width: 460});
    expect(all(g, ".plot-row, .point")).toEqual([]);
  });

  test("has room for a plot whatever it is asked", () => {
    const value = fc.double({min: -1e9, max: 1e9, noNaN: true});
    const width = fc.integer({min: 240, max: 1200});
    fc.assert(
      fc.property(fc.array(value, {maxLength: 12}), width, (values, width) => {
        const list = values.map((one, i) => ({...rowOf(one, i), said: one.toPrecision(3)}));
        const layout = dotPlotLayout(list, {width});
        expect(layout.inner).toBeGreaterThan(width / 5);
        expect(layout.left + layout.inner).toBeLessThanOrEqual(width);
        expect(layout.ticks.length).toBeGreaterThan(0);
        expect(layout.height).toBe(dotPlotHeight(list, {width}));
      }),
      {seed: 8},
    );
  });
});
