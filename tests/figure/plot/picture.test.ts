/** Reads places back from pictures that were drawn as data. */
import {describe, expect, test} from "vitest";
import {areaY, dot, knob, lineY, ruleY} from "../../../src/figure/plot/marks.ts";
import {drawPicture, type Picture, wideHeight} from "../../../src/figure/plot/picture.ts";
import type {Plot} from "../../../src/figure/plot/plot.ts";
import {emptyRoot} from "../../figures/promises/stage.ts";

const all = (root: Element, selector: string) => [...root.querySelectorAll(selector)];
const startOf = (path: Element) =>
  path
    .getAttribute("d")!
    .match(/M(-?[\d.]+) (-?[\d.]+)/)!
    .slice(1)
    .map(Number) as [number, number];

const chart = (marks: Plot["marks"]): Picture => ({
  parts: [{name: "one", alt: "One.", height: 200, x: {type: "log", domain: [1, 1000]}, y: {domain: [0, 10]}, marks}],
});

describe("a chart", () => {
  test("over a logarithmic axis equal ratios are equally far apart, and higher values are higher", () => {
    const root = emptyRoot();
    const data = [
      [1, 0],
      [10, 5],
      [100, 10],
    ] as const;
    drawPicture(root, chart([dot(data, {x: ([x]) => x, y: ([, y]) => y, symbol: "square"})]), ["wide"]);
    const places = all(root, ".mark-dot path").map(startOf);
    expect(places[1]![0] - places[0]![0]).toBeCloseTo(places[2]![0] - places[1]![0], 0);
    expect(places[1]![1] - places[0]![1]).toBeCloseTo(places[2]![1] - places[1]![1], 0);
    expect(places[2]![1]).toBeLessThan(places[0]![1]);
  });

  test("a line ends at the edge that it crosses, and where its value is infinite", () => {
    const root = emptyRoot();
    const line = lineY([5, 20, Number.POSITIVE_INFINITY, 5], {x: (_, i) => 10 ** i, end: "lost"});
    drawPicture(root, chart([line]), ["wide"]);
    const [, , , y] = all(root, ".mark-lineY path")[0]!
      .getAttribute("d")!
      .match(/[\d.]+/g)!
      .map(Number);
    expect(y).toBe(0);
    expect(all(root, ".names text").map((name) => name.textContent)).toEqual(["lost ↑"]);
  });

  test("a stair is level around each value and steps halfway to the next; an area below it ends at zero", () => {
    const root = emptyRoot();
    const plot = {
      ...{name: "one", alt: "One.", height: 224, marginLeft: 20, marginRight: 40},
      ...{x: {domain: [-0.5, 2.5] as const}, y: {domain: [0, 10] as const}},
      marks: [areaY([10, 5, 0], {glides: true}), lineY([10, 5, 0], {isStepped: true, glides: true})],
    };
    drawPicture(root, {parts: [plot]}, ["wide"]);
    const corners = (selector: string) =>
      all(root, selector)[0]!
        .getAttribute("d")!
        .match(/[\d.]+/g)!
        .map(Number);
    // 600 units for three stairs, 190 for ten.
    const stair = [0, 0, 200, 0, 200, 95, 400, 95, 400, 190, 600, 190];
    expect(corners(".mark-lineY path")).toEqual(stair);
    expect(corners(".mark-area .top")).toEqual(stair);
    expect(corners(".mark-area .under")).toEqual([0, 190, ...stair, 600, 190]);
    expect(all(root, "[data-glides]")).toHaveLength(3);
  });

  test("a knob stands at its value, and room that is left free at the ends of a scale moves the ends inward", () => {
    const root = emptyRoot();
    const at = (value: number, insetX: number) => {
      const plot = {alt: "One.", marginLeft: 20, marginRight: 40, x: {domain: [0, 48] as const}, y: {}};
      const part = {name: "one", height: 224, ...plot, insetX, marks: [knob(value, () => {})]};
      drawPicture(root, {parts: [part]}, ["wide"]);
      return startOf(root.querySelector(".mark-knob .line")!)[0];
    };
    expect([at(0, 0), at(12, 0), at(48, 0)]).toEqual([0, 150, 600]);
    expect([at(0, 30), at(24, 30), at(48, 30)]).toEqual([30, 300, 570]);
  });

  test("what has no value is not drawn", () => {
    const root = emptyRoot();
    const rows = [{low: 1, high: 3}, {}] as {low?: number; high?: number}[];
    drawPicture(root, chart([ruleY(rows, {y: 2, x1: ({low}) => low, x2: ({high}) => high})]), ["wide"]);
    expect(all(root, ".mark-rule path")).toHaveLength(1);
  });
});

describe("a picture", () => {
  const rows = (names: readonly string[]): Picture => ({
    parts: [
      {
        ...{name: "rows", alt: "Rows.", height: 120, x: {domain: [0, 3]}},
        y: {type: "rows", rows: names.map((name) => ({name, valueText: name}))},
        marks: [dot(names, {x: 1, y: (_, i) => i, key: (name) => name})],
      },
    ],
  });

  test("an element stays its datum's when the order changes", () => {
    const root = emptyRoot();
    drawPicture(root, rows(["a", "b", "c"]), ["wide"]);
    const of = (selector: string) => all(root, selector);
    const [[a, b, c], dots] = [of(".row"), of(".mark-dot path")];
    drawPicture(root, rows(["c", "a"]), ["wide"]);
    expect(of(".row")).toEqual([c, a]);
    expect(of(".mark-dot path")).toEqual([dots[2], dots[0]]);
    expect(b!.parentElement).toBeNull();
  });

  test("columns share the width in units, and a part across them has all of it", () => {
    const root = emptyRoot();
    const part = (name: string, isWide = false) => ({name, alt: name, height: 100, isWide, draw() {}});
    const picture = {parts: [part("a"), part("b"), part("c", true)], columns: [3, 1]};
    drawPicture(root, picture, ["narrow", "wide"]);
    const widths = (frame: string) => all(root, `.chart.${frame}`).map((svg) => Number(svg.getAttribute("width")));
    expect(widths("wide")).toEqual([480, 160, 660]);
    expect(widths("narrow")).toEqual([300, 300, 300]);
    expect(wideHeight(picture)).toBe(2 * 128);
  });
});
