/** Every figure: a second call makes no node, and what is drawn follows from the call alone, not from what was there. */
import {readdirSync} from "node:fs";
import {scaleLinear} from "d3";
import {describe, expect, test} from "vitest";
import {fromRows} from "../../src/engine/matrix.ts";
import {mulberry32, randn} from "../../src/engine/random.ts";
import {answers} from "../../src/figures/answers.ts";
import {axis} from "../../src/figures/axis.ts";
import {bars} from "../../src/figures/bars.ts";
import {counts} from "../../src/figures/counts.ts";
import {curves} from "../../src/figures/curves.ts";
import {descents} from "../../src/figures/descents.ts";
import {drawing} from "../../src/figures/drawing.ts";
import {drift} from "../../src/figures/drift.ts";
import {factors} from "../../src/figures/factors.ts";
import {grounds} from "../../src/figures/grounds.ts";
import {heatmap} from "../../src/figures/heatmap.ts";
import {layer} from "../../src/figures/layer.ts";
import {ledger} from "../../src/figures/ledger.ts";
import {legend} from "../../src/figures/legend.ts";
import {lines} from "../../src/figures/lines.ts";
import {measures} from "../../src/figures/measures.ts";
import {group, panel} from "../../src/figures/panel.ts";
import {outline, pick} from "../../src/figures/pick.ts";
import {blocks} from "../../src/figures/scaled.ts";
import {sheets} from "../../src/figures/sheets.ts";
import {shelf} from "../../src/figures/shelf.ts";
import {spectra} from "../../src/figures/spectra.ts";
import {stacks} from "../../src/figures/stacks.ts";
import {write} from "../../src/figures/symbol.ts";
import {factorFields} from "../../src/figures/termfields.ts";
import {threshold} from "../../src/figures/threshold.ts";
import {tracing} from "../../src/figures/tracing.ts";
import {values} from "../../src/figures/values.ts";
import {written} from "../widgets/golden.ts";
import {emptyGroup, nodesOf} from "../widgets/stage.ts";

const nothing = () => {};
const random = mulberry32(3);
const [B, A] = [randn(4, 3, random), randn(3, 5, random)];
const [B2, A2] = [randn(6, 1, random), randn(1, 2, random)];
const [W, W2] = [randn(4, 5, random), randn(6, 2, random)];
const symbol = {symbol: "A", text: "A"};
const cell = {cellWidth: 8, cellHeight: 6};
const box = {row: 1, column: 2, rows: 3, cols: 1};
const x = scaleLinear([0, 9], [0, 100]);
const y = scaleLinear([0, 9], [50, 0]);

const part = (name: string, value: number) => ({name, value, title: `${name}: ${value}`});

type Draw = (g: Element) => void;

/** Each figure in states that differ in every option: with and without what may be left out, more and fewer of what is listed. */
const figures: Readonly<Record<string, readonly Draw[]>> = {
  answers: [
    (g) =>
      answers(
        g,
        [
          {name: "x₁", off: 0.01, isRight: true},
          {name: "x₂", off: 0.7, isRight: false},
        ],
        {width: 256, row: 20, within: 0.05},
      ),
    (g) => answers(g, [{name: "x₃", off: 0, isRight: true}], {width: 200, row: 24, within: 0.1}),
    (g) => answers(g, [], {width: 256, row: 20, within: 0.05}),
  ],
  axis: [
    (g) => axis(g, [0, 3, 9], x, {side: "bottom", across: 50, format: String}),
    (g) => axis(g, [1, 2, 4, 8], x, {side: "bottom", across: 20, format: (v) => `${v}%`}),
    (g) => axis(g, [1], y, {side: "left", across: 20, format: String}),
    (g) => axis(g, [], y, {side: "left", across: 20, format: String}),
  ],
  bars: [
    (g) => bars(g, [5, 3, 1], {width: 90, height: 40, kept: 1, name: (i) => `σ${i}`}),
    (g) => bars(g, Float64Array.of(5, 3, 1, 0.5, 0), {width: 80, height: 30, kept: 4, name: (i) => `s${i}`}),
    (g) => bars(g, [], {width: 80, height: 30, kept: 0, name: String}),
  ],
  curves: [
    (g) =>
      curves(
        g,
        [
          {name: "one", label: "one", values: [3, 2, 1, 0.5]},
          {name: "two", label: "two", values: [9, 2, 12, 1]},
          {name: "three", label: "three", values: [3, 40]},
        ],
        {label: "floor", value: 0.25},
        {width: 120, height: 90, steps: 3, top: 10, step: 1, onMove: nothing},
      ),
    (g) =>
      curves(
        g,
        [{name: "four", label: "4", values: [1, 1, 1]}],
        {label: "", value: 0},
        {width: 90, height: 60, steps: 2, top: 2, step: 0, onMove: nothing},
      ),
  ],
  descents: [
    (g) =>
      descents(
        g,
        [
          {name: "one", label: "one", values: [3, 0.3, 0.03, 1e-7]},
          {name: "two", label: "two", values: [3, 40, 1e9]},
          {name: "three", label: "three", values: [0, 0]},
        ],
        [
          {name: "level", label: "floor", value: 0.25},
          {name: "level all", label: "none", value: 0},
        ],
        {width: 120, height: 90, bottom: -3, top: 1, steps: 3, step: 1, onMove: nothing},
      ),
    (g) =>
      descents(g, [{name: "four", label: "4", values: []}], [], {
        width: 90,
        height: 60,
        bottom: -4,
        top: 2,
        steps: 2,
        step: 0,
        onMove: nothing,
      }),
  ],
  drawing: [
    (g) => drawing(g, {rows: 4, cols: 5, cell: 8, row: 2, column: 3, onMove: nothing, onPaint: nothing}),
    (g) => drawing(g, {rows: 6, cols: 2, cell: 4, row: 0, column: 9, onMove: nothing, onPaint: nothing}),
  ],
  drift: [
    (g) =>
      drift(
        g,
        [
          {name: "one", values: [0, 1e-16, 2e-16]},
          {name: "two", values: [0, 1e-3, 4e-3]},
          {name: "three", values: [0, 2e-3, 4e-3]},
        ],
        {width: 176, height: 160, lit: "two", at: 1, onMove: nothing},
      ),
    (g) => drift(g, [{name: "one", values: [0]}], {width: 90, height: 60, lit: "other", at: 0, onMove: nothing}),
  ],
  factors: [
    (g) => factors(g, {B, A, BA: W}, {size: 90, strip: 30, limit: 2, row: 0, column: 0, onPoint: nothing}),
    (g) =>
      factors(
        g,
        {B, A, BA: W},
        {size: 90, strip: 30, limit: 3, row: 2, column: 3, term: 2, summed: 1, onPoint: nothing, numbers: true},
      ),
    (g) => factors(g, {B: B2, A: A2, BA: W2}, {size: 80, strip: 20, limit: 1, row: 6, column: 1, onPoint: nothing}),
    (g) =>
      factors(
        g,
        {B: B2, A: A2, BA: W2},
        {size: 80, strip: 20, limit: 1, factorLimit: 9, row: 6, column: 1, onPoint: nothing},
      ),
    (g) =>
      factors(
        g,
        {B: {rows: 4, cols: 0, data: new Float64Array(0)}, A: {rows: 0, cols: 5, data: new Float64Array(0)}, BA: W},
        {size: 80, strip: 20, limit: 1, row: 1, column: 1, onPoint: nothing},
      ),
  ],
  grounds: [
    (g) => grounds(g, "Formulas", [{name: "Sum", lines: ["1 + 2 = 3", "4"], assumption: "Exact."}]),
    (g) =>
      grounds(g, "Others", [
        {name: "One", lines: [], assumption: "None."},
        {name: "Two", lines: ["a", "b", "c"], assumption: ""},
      ]),
    (g) => grounds(g, "None", []),
  ],
  heatmap: [
    (g) => heatmap(g, W, {...cell, limit: 2}),
    (g) => heatmap(g, W2, {cellWidth: 3, cellHeight: 9, limit: 1}),
    (g) => heatmap(g, fromRows([[0, 0]]), {...cell, limit: 0}),
  ],
  ledger: [
    (g) => ledger(g, "same", ["What", "One", "Two"], [{swatch: "a", cells: ["x", "1", "2"]}, {cells: ["y", "3", "4"]}]),
    (g) =>
      ledger(
        g,
        "same",
        ["What", "One"],
        [
          {cells: ["x", "1"], sum: true},
          {swatch: "b", cells: ["y", "3"]},
        ],
      ),
    (g) => ledger(g, "same", [], []),
  ],
  legend: [(g) => legend(g, 2, "one"), (g) => legend(g, 0.5, "")],
  lines: [
    (g) =>
      lines(
        g,
        [
          {
            name: "full",
            points: [
              [0, 1],
              [9, 2],
            ],
          },
        ],
        {x, y},
      ),
    (g) =>
      lines(
        g,
        [
          {
            name: "pair",
            points: [
              [0, 1],
              [3, 9],
              [9, 2],
            ],
          },
          {name: "full", points: []},
        ],
        {x, y},
      ),
    (g) => lines(g, [], {x, y}),
  ],
  measures: [
    (g) =>
      measures(g, [
        {
          name: "one",
          title: ["One ", symbol],
          aside: "loss 3",
          measures: [
            {name: "size", formula: ["‖", symbol, "‖"], value: "0", share: 0, note: "since A = 0"},
            {name: "slope", formula: [{...symbol, dead: true}, " x"], value: "2", share: 0.5, note: ""},
          ],
        },
        {name: "two", title: ["Two"], aside: "", measures: []},
      ]),
    (g) =>
      measures(g, [
        {
          name: "three",
          title: [symbol],
          aside: "",
          measures: [{name: "slope", formula: [symbol, " y", " z"], value: "1", share: 1, note: "in norm"}],
        },
      ]),
    (g) => measures(g, []),
  ],
  panel: [
    (g) => void panel(g, "same", {label: ["One ", symbol], width: 10, height: 20, alt: "A picture"}),
    (g) => void panel(g, "same", {label: ["Two"], width: 30, height: 5, alt: "Another", interactive: true}),
    (g) => void panel(g, "same", {label: [], width: 30, height: 5}),
  ],
  group: [(g) => void group(g, "inner", 3, 4), (g) => void group(g, "inner")],
  pick: [
    (g) => pick(g, {rows: 3, cols: 4, ...cell, onPoint: nothing}),
    (g) => pick(g, {rows: 1, cols: 9, cellWidth: 2, cellHeight: 3, onPoint: nothing}),
  ],
  outline: [
    (g) => outline(g, [box], 8, 6),
    (g) => outline(g, [], 8, 6),
    (g) => outline(g, [{...box, rows: 1}, box], 4, 5),
  ],
  scaled: [
    (g) => blocks(g, {d: 64, k: 64, r: 4, width: 200, height: 150}),
    (g) => blocks(g, {d: 65_536, k: 1, r: 1, width: 100, height: 100}),
  ],
  shelf: [
    (g) => shelf(g, [], {title: "Kept", invitation: "Keep one.", onKeep: nothing, onBack: nothing}),
    (g) =>
      shelf(
        g,
        [
          {name: "kept-1", title: "Run 1", text: "r = 2", value: "loss 1"},
          {name: "kept-2", title: "Run 2", text: "r = 4", value: "loss 0"},
        ],
        {title: "Kept", invitation: "Keep one.", onClear: nothing, onBack: nothing},
      ),
  ],
  sheets: [
    (g) => sheets(g, [W, W, W], {B, A, limit: 2, summed: 2, lit: 1}),
    (g) => sheets(g, [W2], {B: B2, A: A2, limit: 1, summed: 0, lit: 0}),
    (g) => sheets(g, [], {B, A, limit: 2, summed: 0, lit: 0}),
  ],
  spectra: [
    (g) =>
      spectra(
        g,
        [
          {due: 3, lora: 2.5, full: 3},
          {due: 0, lora: 9, full: 0.1},
        ],
        {width: 90, height: 60, top: 3.5},
      ),
    (g) => spectra(g, [{due: 1, lora: 0, full: 0}], {width: 80, height: 40, top: 1}),
    (g) => spectra(g, [], {width: 80, height: 40, top: 1}),
  ],
  stacks: [
    (g) => stacks(g, [{name: "one", total: "3", segments: [part("a", 1), part("b", 2)]}], {width: 90}),
    (g) =>
      stacks(
        g,
        [
          {name: "one", total: "9", segments: [part("b", 9)], mark: {value: 8, label: "eight"}},
          {name: "two", total: "0", segments: [part("a", 0), part("b", 0)], mark: {value: 1, label: "one"}},
        ],
        {width: 80},
      ),
    (g) => stacks(g, [{name: "", total: "", segments: []}], {width: 80}),
    (g) => stacks(g, [], {width: 80}),
  ],
  symbol: [
    (g) => write(g, ["The ", symbol, " of"]),
    (g) => write(g, [symbol, "x", {symbol: "B", text: "B"}, "y"]),
    (g) => write(g, []),
  ],
  termfields: [
    (g) => factorFields(g, {index: 1, b: 0.5, a: -2}, 3, 4, nothing),
    (g) => factorFields(g, {index: 2, b: 7, a: 0}, 1, 1, nothing),
  ],
  counts: [
    (g) =>
      counts(
        g,
        {full: 4800, perRank: 140, most: 60, breakEven: 34.3},
        {width: 200, height: 160, r: 4, onMove: nothing},
      ),
    (g) => counts(g, {full: 5, perRank: 6, most: 1, breakEven: 0.83}, {width: 180, height: 90, r: 1, onMove: nothing}),
  ],
  threshold: [
    (g) => threshold(g, 3, {width: 90, height: 40, steps: 9, label: "r = 3", onMove: nothing}),
    (g) => threshold(g, 0, {width: 80, height: 30, steps: 0, label: "", onMove: nothing}),
  ],
  tracing: [
    (g) => tracing(g, {B, A, row: 1, column: 2, term: 1, most: 2, name: "BA", invitation: "Point."}),
    (g) => tracing(g, {B, A, row: 0, column: 0, term: 0, most: 4, name: "ΔW", invitation: "Point."}),
    (g) => tracing(g, {B, A, row: 4, column: 5, term: 0, most: 4, name: "ΔW", invitation: ""}),
    (g) => tracing(g, {B: B2, A: A2, row: 1, column: 1, term: 1, most: 4, name: "ΔW", invitation: ""}),
  ],
  values: [
    (g) => values(g, W, cell),
    (g) => values(g, undefined, cell),
    (g) => values(g, W2, {cellWidth: 3, cellHeight: 4}),
  ],
};

test("no figure is left out", () => {
  const notDrawn = ["format", "slices", "layer", "spread", "terms"];
  const parts = ["outline", "group"];
  const files = readdirSync(new URL("../../src/figures", import.meta.url)).map((file) => file.replace(".ts", ""));
  const drawn = Object.keys(figures).filter((name) => !parts.includes(name));
  expect([...drawn, ...notDrawn].sort()).toEqual(files.sort());
});

test("layer finds what it made, by tag and class, and makes nothing twice", () => {
  const g = emptyGroup();
  const one = layer(g, "rect", "one");
  const two = layer(g, "rect", "two words");
  const other = layer(g, "g", "one");
  expect(new Set([one, two, other]).size).toBe(3);
  expect([layer(g, "rect", "one"), layer(g, "rect", "two words"), layer(g, "g", "one")]).toEqual([one, two, other]);
  expect(nodesOf(g)).toHaveLength(3);
  expect([one.namespaceURI, layer(g, "p", "one").localName]).toEqual(["http://www.w3.org/2000/svg", "p"]);
});

describe.each(Object.entries(figures))("%s", (_, states) => {
  const fresh = (draw: Draw) => {
    const g = emptyGroup();
    draw(g);
    return written(g);
  };

  test("draws different states differently", () => {
    expect(new Set(states.map(fresh)).size).toBe(states.length);
  });

  test("drawn again, it makes no node", () => {
    for (const draw of states) {
      const g = emptyGroup();
      draw(g);
      const [nodes, text] = [nodesOf(g), written(g)];
      draw(g);
      expect(nodesOf(g).length).toBe(nodes.length);
      expect(nodesOf(g).every((node, i) => node === nodes[i])).toBe(true);
      expect(written(g)).toBe(text);
    }
  });

  test("from any state to any other and back, each is as if drawn first", () => {
    const g = emptyGroup();
    for (const one of states)
      for (const other of states)
        for (const draw of [one, other, one]) {
          draw(g);
          expect(written(g)).toBe(fresh(draw));
        }
  });

  test("puts no number that is none into the picture", () => {
    for (const draw of states) expect(fresh(draw)).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});
