/** Every figure: a second call makes no node, and what is drawn follows from the call alone, not from what was there. */
import {readdirSync} from "node:fs";
import {scaleLinear} from "d3";
import {describe, expect, test} from "vitest";
import {fromRows} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {axis} from "../../src/figures/axes/axis.ts";
import {lineEnds} from "../../src/figures/axes/lineEnds.ts";
import {threshold} from "../../src/figures/axes/threshold.ts";
import {blockmap} from "../../src/figures/blockmap.ts";
import {grounds} from "../../src/figures/grounds.ts";
import {layer} from "../../src/figures/layer.ts";
import {ledger} from "../../src/figures/ledger.ts";
import {cellNumbers} from "../../src/figures/matrices/cellNumbers.ts";
import {factors} from "../../src/figures/matrices/factors.ts";
import {heatmap} from "../../src/figures/matrices/heatmap.ts";
import {outline, pick} from "../../src/figures/matrices/pick.ts";
import {sheets} from "../../src/figures/matrices/sheets.ts";
import {factorFields} from "../../src/figures/matrices/termFields.ts";
import {tracing} from "../../src/figures/matrices/tracing.ts";
import {group, panel} from "../../src/figures/panel.ts";
import {bars} from "../../src/figures/plots/bars.ts";
import {curves} from "../../src/figures/plots/curves.ts";
import {dots} from "../../src/figures/plots/dots.ts";
import {lines} from "../../src/figures/plots/lines.ts";
import {measures} from "../../src/figures/plots/measures.ts";
import {paths} from "../../src/figures/plots/paths.ts";
import {spanLines, spanScale} from "../../src/figures/plots/spanlines.ts";
import {whiskers} from "../../src/figures/plots/whiskers.ts";
import {presses} from "../../src/figures/presses.ts";
import {shelf} from "../../src/figures/shelf.ts";
import {key} from "../../src/figures/text/key.ts";
import {legend} from "../../src/figures/text/legend.ts";
import {write} from "../../src/figures/text/symbol.ts";
import {typeset} from "../../src/figures/text/typeset.ts";
import {equalizer} from "../../src/widgets/amplify/figures/equalizer.ts";
import {gauges} from "../../src/widgets/amplify/figures/gauges.ts";
import {estimates} from "../../src/widgets/budget/figures/estimates.ts";
import {verdicts} from "../../src/widgets/choose/figures/verdicts.ts";
import {outputRows} from "../../src/widgets/clinic/figures/outputRows.ts";
import {stacks} from "../../src/widgets/cost/figures/stacks.ts";
import {rivalCurves} from "../../src/widgets/family/figures/rivalCurves.ts";
import {timeline} from "../../src/widgets/family/figures/timeline.ts";
import {listings} from "../../src/widgets/formula/figures/listings.ts";
import {blockNumbers} from "../../src/widgets/forward/figures/blockNumbers.ts";
import {entryLine} from "../../src/widgets/forward/figures/entryLine.ts";
import {type FlowBlock, flow} from "../../src/widgets/forward/figures/flow.ts";
import {levels, places} from "../../src/widgets/forward/figures/flowPlaces.ts";
import {wires} from "../../src/widgets/forward/figures/wires.ts";
import {band} from "../../src/widgets/intrinsic/figures/band.ts";
import {painted} from "../../src/widgets/intrinsic/figures/painted.ts";
import {learning} from "../../src/widgets/lab/figures/learning.ts";
import {morph} from "../../src/widgets/lab/figures/morph.ts";
import {overheads} from "../../src/widgets/latency/figures/overheads.ts";
import {answers} from "../../src/widgets/merge/figures/answers.ts";
import {drift} from "../../src/widgets/merge/figures/drift.ts";
import {spans} from "../../src/widgets/predict/figures/spans.ts";
import {drawing} from "../../src/widgets/rank/figures/drawing.ts";
import {ranking} from "../../src/widgets/results/figures/ranking.ts";
import {scatter} from "../../src/widgets/results/figures/scatter.ts";
import {shape} from "../../src/widgets/results/figures/shapes.ts";
import {counts} from "../../src/widgets/savings/figures/counts.ts";
import {blocks} from "../../src/widgets/savings/figures/scaled.ts";
import {chances} from "../../src/widgets/subspace/figures/chances.ts";
import {shades, similarity} from "../../src/widgets/subspace/figures/similarity.ts";
import {descents} from "../../src/widgets/train/figures/descents.ts";
import {spectra} from "../../src/widgets/train/figures/spectra.ts";
import {written} from "../widgets/promises/golden.ts";
import {emptyGroup, nodesOf, textsOf} from "../widgets/promises/stage.ts";

const nothing = () => {};
const random = mulberry32(3);
const [B, A] = [randn(4, 3, random), randn(3, 5, random)];
const [B2, A2] = [randn(6, 1, random), randn(1, 2, random)];
const [W, W2] = [randn(4, 5, random), randn(6, 2, random)];
const symbol = {symbol: "A", text: "A"};
const glyph = (symbol: string, text = symbol) => ({symbol, text});
const cell = {cellWidth: 8, cellHeight: 6};
const box = {row: 1, column: 2, rows: 3, cols: 1};
const x = scaleLinear([0, 9], [0, 100]);
const y = scaleLinear([0, 9], [50, 0]);

const part = (name: string, value: number) => ({name, value, title: `${name}: ${value}`});

const spot = {tone: "lora", shape: "circle", verdict: "within", name: "a spot", x: 10, y: 9} as const;
const plane = {width: 256, height: 200, format: String};

type Draw = (g: Element) => void;

const sides = {d: 4, k: 5, r: 2};
const where = places(sides, levels(sides, false));
const vector = (slot: FlowBlock["slot"], part: string, n: number): FlowBlock => ({
  ...{slot, part, symbol: "x", label: [symbol, " kept"], m: randn(1, n, mulberry32(n))},
  lit: {row: 1},
});
const layerOf = (blocks: readonly FlowBlock[]) => ({
  ...{...sides, blocks, limit: 2, onPoint: nothing},
  labels: [["left"], [symbol]] as const,
});

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
  band: [
    (g) =>
      band(
        g,
        [
          {name: "0", low: 0.4, median: 0.5, high: 0.6, own: 0.45},
          {name: "1", low: 0.5, median: 0.7, high: 0.8, own: 0.8},
          {name: "2", low: 0.6, median: 0.8, high: 1, own: 0.9},
        ],
        {width: 120, height: 90, bottom: 0.3, line: {value: 0.7, label: "goal"}, at: 1, now: 0.55, onMove: nothing},
      ),
    (g) =>
      band(g, [{name: "all", low: 0, median: 0.5, high: 1, own: 0}], {
        width: 90,
        height: 60,
        bottom: 0,
        line: {value: 0.9, label: ""},
        at: 0,
        now: 1,
        onMove: nothing,
      }),
  ],
  bars: [
    (g) => bars(g, [5, 3, 1], {width: 90, height: 40, kept: 1, name: (i) => `σ${i}`}),
    (g) => bars(g, Float64Array.of(5, 3, 1, 0.5, 0), {width: 80, height: 30, kept: 4, name: (i) => `s${i}`}),
    (g) => bars(g, [], {width: 80, height: 30, kept: 0, name: String}),
  ],
  blockNumbers: [
    (g) => blockNumbers(g, W, {cellWidth: 40, cellHeight: 22}),
    (g) => blockNumbers(g, {...W, rows: 20, cols: 1}, {cellWidth: 26.3, cellHeight: 22, shift: 26.3}),
    (g) =>
      blockNumbers(g, {...W2, data: W2.data.map((v, i) => (i % 2 ? 0 : 1e4 * v))}, {cellWidth: 36, cellHeight: 22}),
    (g) => blockNumbers(g, undefined, {cellWidth: 36, cellHeight: 22}),
  ],
  rivalCurves: [
    (g) =>
      rivalCurves(
        g,
        [
          {name: "one", label: "one", values: [3, 2, 0.1, 0.05], best: 3},
          {name: "two", label: "two", values: [3, 40, undefined, 1], best: 3},
        ],
        [{name: "level", label: "floor", value: 0.02}],
        {
          ...{width: 120, height: 90, bottom: -3, top: 1, places: ["a", "b", "c", "d"], each: 1},
          ...{hasPoints: true, hasNames: true, at: 1, onMove: nothing},
        },
      ),
    (g) =>
      rivalCurves(g, [{name: "three", label: "3", values: [0.5, 0.25]}], [], {
        ...{width: 90, height: 60, bottom: -1, top: 0, places: ["0", "1"], each: 2},
        ...{hasPoints: false, hasNames: false, at: 0, onMove: nothing},
      }),
    (g) =>
      rivalCurves(g, [], [], {
        ...{width: 90, height: 60, bottom: -1, top: 0, places: ["0", "1"], each: 2},
        ...{hasPoints: true, hasNames: true, at: 0, onMove: nothing},
      }),
  ],
  timeline: [
    (g) =>
      timeline(
        g,
        [
          {name: "a", year: 2021, title: "A", aside: "first", isShown: true},
          {name: "b", year: 2023, title: "B", aside: "second", isShown: false},
        ],
        {label: "Works", at: "a", onPick: nothing},
      ),
    (g) =>
      timeline(g, [{name: "c", year: 2025, title: "C", aside: "third", isShown: false}], {
        ...{label: "Others", at: "c", onPick: nothing},
      }),
    (g) => timeline(g, [], {label: "None", at: "", onPick: nothing}),
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
  blockmap: [
    (g) =>
      blockmap(g, [{letter: "q", index: "q", isOn: true, note: "1.20", said: "Wq"}], {
        label: "Press",
        foot: "one",
        onToggle: nothing,
      }),
    (g) =>
      blockmap(
        g,
        [
          {letter: "q", index: "q", isOn: false, note: "", said: "Wq, frozen"},
          {letter: "1", index: "1", isOn: true, note: "3", said: "W1"},
        ],
        {label: "All", foot: ""},
      ),
  ],
  learning: [
    (g) =>
      learning(
        g,
        [3, 2, 99, 1],
        [
          [0, 3],
          [2, 1.5],
        ],
        {
          ...{width: 120, height: 90, bottom: 1, top: 4, steps: 3, step: 1, name: "held out", onMove: nothing},
          beside: [
            {
              name: "kept-1",
              label: "run 1",
              points: [
                [0, 3],
                [3, 2],
              ],
            },
            {name: "kept-2", label: "run 2", points: []},
          ],
        },
      ),
    (g) =>
      learning(g, [], [], {width: 90, height: 60, bottom: 0, top: 12, steps: 2, step: 0, name: "x", onMove: nothing}),
  ],
  morph: [
    (g) =>
      morph(g, [{name: "0", items: [{pieces: [{text: "ab", mark: "known"}]}], value: "2.7", isNow: true}], {
        caption: "Words",
        columns: ["Step", "Words", "nats"],
        aligned: false,
        foot: "same numbers",
      }),
    (g) =>
      morph(
        g,
        [
          {
            name: "in",
            items: [{pieces: [{text: "1"}, {text: "2", mark: "wrong"}], sign: " ✗"}, {pieces: []}],
            value: "",
          },
          {name: "10", items: []},
        ],
        {caption: "Answers", columns: ["Step", "Answers", ""], aligned: true, foot: ""},
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
  dots: [
    (g) =>
      dots(
        g,
        [
          {name: "some", said: "1 of 2", values: [0.2, 0.95], mean: 0.575},
          {name: "all", said: "2 of 2", values: [1, 1], mean: 1},
        ],
        {width: 160, ends: [0, 1], ticks: [0, 0.5, 1], format: String, lanes: 3, goal: 0.9, followed: 1},
      ),
    (g) =>
      dots(g, [{name: "one", said: "2", values: [2, 2.5, 3], mean: 2.5}], {
        width: 120,
        ends: [2, 3],
        ticks: [2],
        format: (x) => `${x}%`,
        lanes: 3,
      }),
    (g) => dots(g, [], {width: 90, ends: [0, 1], ticks: [], format: String, lanes: 1}),
  ],
  estimates: [
    (g) =>
      estimates(
        g,
        [
          {name: "one", said: "70.4", isLit: true, marks: [{value: 70.4, kind: "own"}]},
          {name: "two", said: "not tested", isLit: false, marks: []},
        ],
        {width: 160, ends: [68, 76], ticks: [70, 72], format: String, spread: 0.5, lanes: 1},
      ),
    (g) =>
      estimates(
        g,
        [
          {
            name: "one",
            said: "",
            isLit: false,
            marks: [
              {value: 90, kind: "own"},
              {value: 91, kind: "other"},
            ],
          },
        ],
        {width: 120, ends: [90, 92], ticks: [91], format: String, spread: 0.1, lanes: 3},
      ),
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
  entryLine: [
    (g) =>
      entryLine(g, {
        formula: [{symbol: "h", text: "h[1]", part: "h"}, " = ", {symbol: "r", text: "r"}],
        code: [{symbol: "h", text: "h[0]", part: "h"}, " = r"],
        terms: [
          [
            {symbol: "alpha", value: 2},
            {symbol: "B", value: 0.5},
          ],
          [{symbol: "W0", value: -0.25}],
        ],
        value: 0.75,
      }),
    (g) => entryLine(g, {formula: ["0"], code: ["0"], terms: [[{symbol: "x", value: 0}]], value: 0}),
    (g) => entryLine(g, {formula: [], code: [], terms: [], value: 0}),
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
  flow: [
    (g) => flow(g, {...layerOf([vector("x", "x", 5), vector("down", "u", 2)]), back: false, pair: true, sum: true}),
    (g) => flow(g, {...layerOf([vector("dx", "dx", 5)]), back: true, pair: true, sum: true}),
    (g) => flow(g, {...layerOf([{...vector("down", "u", 2), m: undefined}]), back: false, pair: false, sum: false}),
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
  listings: [
    (g) =>
      listings(
        g,
        [
          {name: "one", title: "One", lines: [["y = ", symbol, "(x)"], ["print(y)"]]},
          {name: "two", title: "Two", lines: [[{symbol: "B", text: "b"}]]},
        ],
        {shown: "one", lit: "A", onShow: nothing, onPick: nothing},
      ),
    (g) =>
      listings(g, [{name: "two", title: "Two", lines: [["a"], ["b", symbol], []]}], {
        shown: "two",
        lit: "B",
        onShow: nothing,
        onPick: nothing,
      }),
    (g) => listings(g, [], {shown: "", lit: "", onShow: nothing, onPick: nothing}),
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
  overheads: [
    (g) =>
      overheads(
        g,
        [
          {name: "one", isLit: false, bars: [{tone: "l", name: "L", percent: 2.2, text: "2.2%"}]},
          {
            name: "two",
            isLit: true,
            bars: [
              {tone: "l", name: "L", percent: 20, text: "20%"},
              {tone: "h", name: "H", percent: 30, text: "30%"},
            ],
          },
        ],
        {percent: 25, label: "yours 25%"},
        {width: 256},
      ),
    (g) =>
      overheads(
        g,
        [{name: "one", isLit: true, bars: [{tone: "h", name: "H", percent: 0, text: "0%"}]}],
        {percent: 250, label: "yours 250%"},
        {width: 200},
      ),
    (g) => overheads(g, [{name: "one", isLit: false, bars: []}], undefined, {width: 256}),
    (g) => overheads(g, [], undefined, {width: 256}),
  ],
  panel: [
    (g) => void panel(g, "same", {label: ["One ", symbol], width: 10, height: 20, alt: "A picture"}),
    (g) => void panel(g, "same", {label: ["Two"], width: 30, height: 5, alt: "Another", interactive: true}),
    (g) => void panel(g, "same", {label: [], width: 30, height: 5}),
  ],
  group: [(g) => void group(g, "inner", 3, 4), (g) => void group(g, "inner")],
  paths: [
    (g) =>
      paths(
        g,
        [
          {name: "one", label: "one", values: [9, 4, 1, 0]},
          {name: "two", label: "two", values: [3, 8, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]},
          {name: "three", label: "", values: [20, 5, -4]},
        ],
        [
          {name: "run", at: 1, value: 4, title: "4"},
          {name: "run", at: 2, value: 400, title: "400"},
        ],
        {
          ...{width: 120, height: 50, y, ticks: [0, 3, 6, 9], format: String},
          ...{last: 3, named: [0, 3], place: String, at: 1, onMove: nothing},
        },
      ),
    (g) =>
      paths(g, [{name: "four", label: "4", values: [Number.POSITIVE_INFINITY]}], [], {
        ...{width: 90, height: 50, y, ticks: [0], format: String, last: 2, named: [0, 1, 2], place: String},
      }),
  ],
  pick: [
    (g) => pick(g, {rows: 3, cols: 4, ...cell, onPoint: nothing}),
    (g) => pick(g, {rows: 1, cols: 9, cellWidth: 2, cellHeight: 3, onPoint: nothing}),
  ],
  presses: [
    (g) =>
      presses(
        g,
        [
          {text: "Commit", onPress: nothing},
          {text: "Skip", onPress: nothing},
        ],
        "Answers",
      ),
    (g) => presses(g, [{text: "Change", onPress: nothing}], "Answers"),
    (g) => presses(g, [], "Answers"),
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
  spans: [
    (g) =>
      spans(
        g,
        [
          {kind: "landmark", name: "all", said: "9", from: 9},
          {kind: "sliver", name: "some", said: "2–5", from: 2, to: 5},
          {kind: "sliver chosen", name: "one", said: "?"},
        ],
        {width: 120, ends: [0, 10], steps: 20, ticks: [0, 5, 10], format: String, at: 4, onMove: nothing},
      ),
    (g) =>
      spans(g, [{kind: "sliver", name: "some", said: "3", from: 3}], {
        width: 90,
        ends: [1, 9],
        steps: 8,
        ticks: [1],
        format: (x) => `${x}%`,
      }),
    (g) => spans(g, [], {width: 90, ends: [1, 9], steps: 8, ticks: [], format: String, at: 9}),
  ],
  spanlines: [
    (g) =>
      spanLines(
        [
          {kind: "place", name: "one", said: "2–5", from: 2, to: 5},
          {kind: "place sure", name: "two", said: "1", from: 1, to: 1},
        ],
        spanScale(g, 2, {width: 120, ends: [1, 7], ticks: [1, 4, 7], format: String}),
      ),
    (g) =>
      spanLines(
        [{kind: "place", name: "three", said: "?"}],
        spanScale(g, 1, {width: 90, ends: [0, 2], ticks: [], format: (x) => `${x}%`}),
      ),
  ],
  verdicts: [
    (g) =>
      verdicts(
        g,
        "same",
        ["Method", "One", "Two"],
        [
          {
            name: "a",
            cells: [
              {kind: "meets", text: "meets"},
              {kind: "fails", text: "fails"},
            ],
          },
          {
            name: "b",
            cells: [
              {kind: "pays", text: "pays"},
              {kind: "untested", text: "untested"},
            ],
          },
        ],
      ),
    (g) => verdicts(g, "other", ["Method", "Two"], [{name: "b", cells: [{kind: "fails", text: "no"}]}]),
    (g) => verdicts(g, "none", ["Method"], [{name: "a", cells: []}]),
  ],
  whiskers: [
    (g) =>
      whiskers(
        g,
        [
          {tone: "merged", name: "one", total: "1 ms", value: 1, low: 0.9, high: 1.2},
          {tone: "adapter", name: "two", total: "2", value: 2},
          {tone: "adapter", name: "three", total: "not yet"},
        ],
        {width: 256},
      ),
    (g) => whiskers(g, [{tone: "l", name: "one", total: "not yet"}], {width: 200}),
    (g) => whiskers(g, [{tone: "h", name: "one", total: "0", value: 0, low: 0, high: 0}], {width: 200}),
    (g) => whiskers(g, [], {width: 256}),
  ],
  ranking: [
    (g) =>
      ranking(
        g,
        [
          {tone: "full", shape: "square", verdict: "itself", name: "one", said: "9 ± 1", value: 9, low: 8, high: 10},
          {tone: "lora", shape: "circle", verdict: "within", name: "two", said: "7", value: 7},
        ],
        {width: 256, reference: 0, onPick: nothing},
      ),
    (g) =>
      ranking(g, [{tone: "lora", shape: "up", verdict: "worse", name: "three", said: "1", value: 1, low: 0, high: 2}], {
        ...{width: 200, reference: -1, onPick: nothing},
      }),
    (g) => ranking(g, [], {width: 200, reference: 0, onPick: nothing}),
  ],
  scatter: [
    (g) =>
      scatter(
        g,
        [
          {tone: "full", spots: [{...spot, x: 1e9, low: 8, high: 10}]},
          {tone: "lora", spots: [spot, {...spot, x: 10, y: 8}, {...spot, x: 1000, y: 7}]},
        ],
        {...plane, reach: {low: 8, high: 10}, level: {y: 3, label: "three"}, line: {x: 1e5, label: "here"}},
      ),
    (g) => scatter(g, [{tone: "lora", spots: [spot]}], {...plane, width: 200}),
    (g) => scatter(g, [{tone: "lora", spots: [spot, {...spot, x: 99}]}], {...plane, line: {x: 2, label: "there"}}),
    (g) => scatter(g, [], plane),
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
  termFields: [
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
  key: [
    (g) =>
      key(g, [
        {name: "one", kind: "line", text: "a line"},
        {name: "two", kind: "area", text: "an area"},
        {name: "three", kind: "dot", text: "a dot"},
      ]),
    (g) => key(g, [{name: "four", kind: "stroke", text: "a stroke"}]),
    (g) => key(g, [{name: "five", kind: "shape", d: shape("hexagon"), text: "a shape"}]),
    (g) => key(g, []),
  ],
  painted: [
    (g) => painted(g, [1, 1, 0, 0, 1, 1, 1, 1, 1], [1, 0, 0, 0, 1, 1, 1, 0, 0], {side: 3, cell: 5}),
    (g) => painted(g, [0, 0, 0, 0], [0, 0, 0, 0], {side: 2, cell: 4}),
  ],
  tracing: [
    (g) => tracing(g, {B, A, row: 1, column: 2, term: 1, most: 2, name: "BA", invitation: "Point."}),
    (g) => tracing(g, {B, A, row: 0, column: 0, term: 0, most: 4, name: "ΔW", invitation: "Point."}),
    (g) => tracing(g, {B, A, row: 4, column: 5, term: 0, most: 4, name: "ΔW", invitation: ""}),
    (g) => tracing(g, {B: B2, A: A2, row: 1, column: 1, term: 1, most: 4, name: "ΔW", invitation: ""}),
  ],
  typeset: [
    (g) =>
      typeset(
        g,
        [
          {keep: [glyph("h"), " = ", {over: [glyph("A")], under: ["2"]}, glyph("B", "B_0")]},
          {limits: "Σ", above: ["n"], below: [glyph("h"), "=1"]},
          {
            entries: [
              ["1", "2"],
              ["3", "4"],
            ],
            symbol: "A",
          },
        ],
        {lit: "A", nameOf: (name) => `the ${name}`, onPick: nothing},
      ),
    (g) =>
      typeset(
        g,
        [
          {limits: "max", above: [], below: [glyph("B")]},
          {base: [glyph("A")], below: ["i"]},
          {keep: [glyph("L", "L\u0302_A_F^2"), glyph("B")]},
          {entries: [["5"]], symbol: "B"},
          "+",
        ],
        {lit: "B", onPick: nothing},
      ),
    (g) => typeset(g, ["i", glyph("h", "Θh\u0302")], {lit: "", nameOf: String, onPick: nothing}),
    (g) => typeset(g, [], {lit: "", onPick: nothing}),
  ],
  cellNumbers: [
    (g) => cellNumbers(g, W, cell),
    (g) => cellNumbers(g, undefined, cell),
    (g) => cellNumbers(g, W2, {cellWidth: 3, cellHeight: 4}),
  ],
  chances: [
    (g) =>
      chances(
        g,
        [
          {name: "one", value: 0.4, said: "0.40", isLit: true, others: [0.2, 0.7]},
          {name: "random", value: 0.1, said: "0.10", isLit: false, isRandom: true},
        ],
        {width: 256, mean: 0.2, band: [-0.1, 0.5]},
      ),
    (g) => chances(g, [{name: "two", value: 1, said: "1.00", isLit: false}], {width: 200, mean: 1, band: [1, 1]}),
    (g) => chances(g, [], {width: 256, mean: 0, band: [0, 0]}),
  ],
  equalizer: [
    (g) =>
      equalizer(
        g,
        [
          {weight: 3, delta: 0.5},
          {weight: 1, delta: 4},
          {weight: 0, delta: 0},
        ],
        {width: 256, height: 200},
      ),
    (g) => equalizer(g, [{weight: 2, delta: 1}], {width: 200, height: 120}),
  ],
  gauges: [
    (g) =>
      gauges(
        g,
        [
          {tone: "dW", name: "ΔW", value: 5, said: "5.00"},
          {tone: "W0", name: "random", value: 1, said: "1.00", deviation: 0.2},
        ],
        {width: 256},
      ),
    (g) => gauges(g, [{tone: "W0", name: "W₀", value: 0.1, said: "0.10", deviation: 0.5}], {width: 200}),
  ],
  lineEnds: [
    (g) =>
      lineEnds(
        g,
        [
          {name: "one", text: "one ↑", x: 90, y: 0},
          {name: "two", text: "two", x: 100, y: 2},
        ],
        100,
        60,
      ),
    (g) => lineEnds(g, [{name: "two", text: "two", x: 80, y: 50}], 80, 60),
    (g) => lineEnds(g, [], 80, 60),
  ],
  outputRows: [
    (g) =>
      outputRows(g, [{name: "mended", values: Float64Array.of(1, -2, 0.5)}, {name: "broken"}], {
        width: 256,
        row: 20,
        limit: 3,
      }),
    (g) => outputRows(g, [{name: "broken", values: Float64Array.of(0, 4)}], {width: 200, row: 16, limit: 9}),
    (g) => outputRows(g, [], {width: 200, row: 16, limit: 1}),
  ],
  similarity: [
    (g) => similarity(g, W, {i: 2, j: 3, onPick: nothing}),
    (g) => similarity(g, W2, {i: 6, j: 1, onPick: nothing}),
    (g) => similarity(g, W, {i: 1, j: 5, onPick: nothing}),
  ],
  shades: [(g) => shades(g, "from none to all"), (g) => shades(g, "")],
  wires: [
    (g) => wires(g, "left", where, {back: false, pair: true, sum: true}),
    (g) => wires(g, "left", where, {back: true, pair: false, sum: true}),
    (g) => wires(g, "right", where, {back: false, pair: true, sum: true}),
    (g) => wires(g, "right", where, {back: true, pair: true, sum: true}),
    (g) => wires(g, "right", where, {back: false, pair: true, sum: false}),
    (g) => wires(g, "right", where, {back: false, pair: false, sum: false}),
  ],
};

test("no figure is left out", () => {
  const notDrawn = [
    "roundedTerms",
    "extent",
    "flowPlaces",
    "format",
    "crossHighlight",
    "shapes",
    "slices",
    "layer",
    "scales",
    "spreadLabels",
    "entryTerms",
    "withText",
  ];
  const parts = ["outline", "group", "shades"];
  const files = ["figures", "widgets"]
    .flatMap((room) => readdirSync(`src/${room}`, {recursive: true, encoding: "utf8"}).map((file) => `${room}/${file}`))
    .flatMap((file) => /\bfigures\/(?:.*\/)?(\w+)\.ts$/.exec(file)?.[1] ?? []);
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

  test("drawn again, it makes no node and writes no text", () => {
    for (const draw of states) {
      const g = emptyGroup();
      draw(g);
      const [nodes, texts, text] = [nodesOf(g), textsOf(g), written(g)];
      draw(g);
      expect(textsOf(g).every((node, i) => node === texts[i])).toBe(true);
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
