import {describe, expect, test} from "vitest";
import {countAt} from "../../src/shell/controls.ts";
import {prerender} from "../../src/shell/figure/prerender.ts";
import {parse} from "../../src/shell/parse.ts";
import {captionOf} from "../../src/shell/take/caption.ts";
import type {AnyWidget} from "../../src/shell/widget.ts";
import {compute, controls, type PredictParams, type Strategy} from "../../src/widgets/predict/model.ts";
import w from "../../src/widgets/predict/widget.ts";
import {accuracies, guessAt, slivers, slower, total} from "./oracles/predict.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, show} from "./promises/stage.ts";

const at = (raw: Readonly<Record<string, unknown>> = {}): PredictParams => parse(controls, raw).params;
const textOf = (params: PredictParams) => {
  const root = emptyRoot();
  root.innerHTML = prerender(w, params);
  const labels = [...root.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
  return [root.textContent, ...labels].join(" ");
};

describe("before the commit", () => {
  const text = textOf(at());

  test("no size, accuracy or time of a sliver is on the page, not even hidden", () => {
    expect(compute(at()).evidence).toBeUndefined();
    expect(compute(at()).slivers.every(({size}) => size === undefined)).toBe(true);
    // The random sliver's name and the total tell its size to whoever multiplies.
    const told = Object.entries(slivers).flatMap(([name, counts]) => (name === "random" ? [] : counts));
    const shown = numbersIn(text).map(({value}) => value);
    for (const count of told) expect(shown).not.toContain(Number((count / (count >= 1e9 ? 1e9 : 1e6)).toPrecision(3)));
    for (const secret of [...accuracies, ...slower]) expect(shown).not.toContain(secret);
  });

  test("every choice stands in the HTML, and the scale with what to compare", () => {
    for (const option of Object.values(controls.strategy.options)) expect(text).toContain(option);
    for (const landmark of ["All of GPT-3", "175\u2009B", "One attention matrix of GPT-3", "151\u2009M", "12.3\u2009k"])
      expect(text).toContain(landmark);
  });

  test("the first guess on the track is far from what was found", () => {
    const {count, latency} = at();
    expect(Math.abs(count - Math.log10(Math.max(...slivers.lowrank)))).toBeGreaterThan(1);
    expect(Math.min(...slower.map((percent) => Math.abs(percent - latency)))).toBeGreaterThan(10);
  });
});

describe("after it", () => {
  const committed = at({strategy: "lowrank", count: 6.5, latency: 30, committed: "yes"});

  test("every sliver has its size: counted from shapes, or the least and most of Table 4", () => {
    for (const {strategy, size} of compute(committed).slivers) {
      const due = slivers[strategy];
      expect(size, strategy).toEqual({from: Math.min(...due), to: Math.max(...due)});
    }
  });

  test("guess and slivers stand on one scale, the guess where its count is", () => {
    const root = emptyRoot();
    show(root, w, committed);
    const middles = [...root.querySelectorAll(".amounts .span .extent")].map(
      (rect) => Number(rect.getAttribute("x")) + Number(rect.getAttribute("width")) / 2,
    );
    const line = Number(root.querySelector(".amounts .threshold")!.getAttribute("x1"));
    const ends = [total, 12_288].map(Math.log10) as [number, number];
    const share = (line - middles[3]!) / (middles[0]! - middles[3]!);
    expect(share).toBeCloseTo((6.5 - ends[1]) / (ends[0] - ends[1]), 6);
    expect(root.querySelectorAll(".span.chosen")).toHaveLength(1);
    expect(root.querySelector(".span.chosen .name")!.textContent).toBe("A low-rank change to attention");
  });

  test("the measurements are there, closed, and every one is the paper's", () => {
    const root = emptyRoot();
    show(root, w, committed);
    const details = root.querySelector(".ahead details")!;
    expect(details.hasAttribute("open")).toBe(false);
    const lines = [...details.querySelectorAll(".formula")].map((line) => line.textContent!);
    const last = lines.map((line) => numbersIn(line).at(-1)!.value);
    expect(last.sort()).toEqual([...accuracies, ...slower].sort());
  });

  test("nothing is scored: no guess is called right, wrong, near or far", () => {
    for (const strategy of Object.keys(slivers) as Strategy[]) {
      const text = textOf(at({...committed, strategy}));
      expect(text).not.toMatch(/\b(right|wrong|correct|close|near|far off|well done|good)\b/i);
    }
  });

  test("the fields are locked until the reader changes the guess", () => {
    expect(w.locked!(committed)).toEqual(["strategy", "count", "latency"]);
    expect(w.locked!(at({committed: "skipped"}))).toHaveLength(3);
    expect(w.locked!(at())).toEqual([]);
  });

  test("put away again, the measurements are closed and gone", () => {
    const root = emptyRoot();
    show(root, w, committed);
    root.querySelector(".ahead details")!.setAttribute("open", "");
    show(root, w, at());
    const ahead = root.querySelector(".ahead")!;
    expect([ahead.hasAttribute("hidden"), ahead.querySelector("details")!.hasAttribute("open")]).toEqual([true, false]);
    expect(ahead.querySelectorAll("dt")).toHaveLength(0);
  });
});

test("skipped, the guess is not drawn and the slivers are", () => {
  const skipped = at({committed: "skipped"});
  const root = emptyRoot();
  show(root, w, skipped);
  expect(compute(skipped).guess).toBeUndefined();
  expect([...root.querySelectorAll(".handle")].map((one) => one.getAttribute("visibility"))).toEqual([
    "hidden",
    "hidden",
  ]);
  expect(root.querySelector(".chosen")).toBeNull();
  expect(root.querySelector(".span.sliver .said")!.textContent).toBe("1.81\u2009B");
});

test("grid lines are drawn at the rules and nowhere behind words", () => {
  const number = (node: Element, name: string) => Number(node.getAttribute(name));
  const shift = (node: Element) => Number(/translate\(\S+ (\S+)\)/.exec(node.getAttribute("transform")!)![1]);
  const root = emptyRoot();
  show(root, w, at());
  for (const plot of root.querySelectorAll(".plot")) {
    const baselines = [...plot.querySelectorAll(".span .name")].map(
      (text) => shift(text.closest(".spans")!) + shift(text.closest(".span")!) + number(text, "y"),
    );
    for (const line of plot.querySelectorAll(".grid")) {
      const [bottom, top] = [number(line, "y1"), number(line, "y2")].map((y) => shift(line.closest(".x")!) + y);
      const dashes = line.getAttribute("stroke-dasharray")!.split(" ").map(Number);
      const seen: number[] = [];
      // From the axis up: a dash, a gap, and again.
      for (let n = 0, y = bottom!; y > top! - 1; n++) {
        const next = y - dashes[n % dashes.length]!;
        if (n % 2 === 0) for (let at = next; at <= y; at++) seen.push(at);
        y = next;
      }
      expect(seen.length).toBeGreaterThan(10 * baselines.length);
      for (const y of seen)
        for (const baseline of baselines)
          expect(y < baseline - 10 || y > baseline + 3, `${y} at ${baseline}`).toBe(true);
    }
  }
});

test("the form and a saved picture say the count, not the position on the track", () => {
  const params = at({count: 7.3, latency: 25});
  const root = emptyRoot();
  show(root, w, params);
  expect([...root.querySelectorAll(".controls .value")].map((one) => one.textContent)).toEqual(["20\u2009M", "25"]);
  const {params: line} = captionOf(w as AnyWidget, params, compute(params), "here");
  expect(line).toBe("Train = Not sure · Numbers that suffice = 20\u2009M · Latency that new layers add, in % = 25");
});

test("a position on the track is a count of two digits", () => {
  for (let tenths = 30; tenths <= 112; tenths++) expect(countAt(tenths / 10)).toBe(guessAt(tenths / 10));
});
