import {describe, expect, test} from "vitest";
import {countAt} from "../../src/figure/controls.ts";
import {captionOf} from "../../src/figure/export/caption.ts";
import {prerender} from "../../src/figure/live/prerender.ts";
import {parse} from "../../src/figure/parse.ts";
import {textWidth} from "../../src/figure/plot/text/textWidth.ts";
import type {Complete} from "../../src/figure/widget.ts";
import {evidenceOf} from "../../src/figures/predict/evidence.ts";
import rest from "../../src/figures/predict/full.ts";
import {compute, controls, type PredictParams, type Strategy} from "../../src/figures/predict/model.ts";
import face from "../../src/figures/predict/widget.ts";
import {accuracies, guessAt, slivers, slower, total} from "./oracles/predict.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, nobody, show} from "./promises/stage.ts";

const w = {...face, ...rest, compute, full: undefined};

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
    expect(evidenceOf(at())).toBeUndefined();
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
    const middles = [...root.querySelectorAll(".amounts .point")].map((point) =>
      Number(/translate\((\S+) /.exec(point.getAttribute("transform")!)![1]),
    );
    const line = Number(root.querySelector(".amounts .threshold")!.getAttribute("x1"));
    const ends = [total, 12_288].map(Math.log10) as [number, number];
    const share = (line - middles[3]!) / (middles[0]! - middles[3]!);
    expect(share).toBeCloseTo((6.5 - ends[1]) / (ends[0] - ends[1]), 2);
    expect(root.querySelectorAll(".plot-row.chosen")).toHaveLength(1);
    expect(root.querySelector(".plot-row.chosen .name")!.textContent).toBe("A low-rank change to attention");
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
  expect(root.querySelector(".plot-row:has(.point.sliver) .said")!.textContent).toBe("1.81\u2009B");
});

/** A picture of this inner width. */
const roomOf = (size: "card" | "full", width: number) => ({size, width, widthOf: () => width});

test("the line of the guess crosses no name, on a phone as on a wide window", () => {
  for (const room of [roomOf("card", 311), roomOf("card", 660), roomOf("full", 820)]) {
    const picture = emptyRoot();
    w.draw(picture, compute(at()), at(), nobody, room);
    const names = [...picture.querySelectorAll(".amounts .plot-row .name")];
    expect(names.length).toBeGreaterThanOrEqual(6);
    // The line is inside the plot, whose left end is 0.
    for (const name of names)
      expect(Number(name.getAttribute("x")) + textWidth(name.textContent!), name.textContent!).toBeLessThan(0);
  }
});

test("the guess cuts its part from the bar, and from the bars that magnify it", () => {
  const cuts = (power: number) => {
    const picture = emptyRoot();
    const params = at({count: power, committed: "yes"});
    w.draw(picture, compute(params), params, nobody, roomOf("card", 664));
    return [...picture.querySelectorAll(".whole .cut")].map((cut) => Number(cut.getAttribute("width")) / 600);
  };
  const [all, hundredth, tiny] = cuts(9.1);
  expect(all).toBeCloseTo(1.3e9 / total, 3);
  expect(hundredth).toBeCloseTo((100 * 1.3e9) / total, 3);
  expect(tiny).toBe(1);
});

test("once it is committed, a bracket goes from the guess to each size that is not around it", () => {
  const brackets = (raw: Readonly<Record<string, unknown>>) => {
    const picture = emptyRoot();
    w.draw(picture, compute(at(raw)), at(raw), nobody, roomOf("card", 660));
    return [...picture.querySelectorAll(".bracket")].map((one) => one.getAttribute("d") !== "");
  };
  expect(brackets({count: 9.1})).toEqual(Array(6).fill(false));
  expect(brackets({count: 9.1, committed: "yes"})).toEqual(Array(6).fill(true));
  // 7.1 is inside the sizes of three slivers.
  expect(brackets({count: 7.1, committed: "yes"})).toEqual([true, true, true, false, false, false]);
});

test("a pressed row is what the reader would train, until the guess is committed", () => {
  const roles = (raw: Readonly<Record<string, unknown>>) => {
    const picture = emptyRoot();
    const asked: object[] = [];
    w.draw(
      picture,
      compute(at(raw)),
      at(raw),
      {...nobody, set: (values) => void asked.push(values)},
      roomOf("card", 660),
    );
    const {Event} = picture.ownerDocument.defaultView!;
    picture.querySelectorAll(".plot-row")[5]!.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
    return asked;
  };
  expect(roles({})).toEqual([{strategy: "lowrank"}]);
  expect(roles({committed: "yes"})).toEqual([]);
});

test("the form and a saved picture say the count, not the position on the track", () => {
  const params = at({count: 7.3, latency: 25});
  const root = emptyRoot();
  show(root, w, params);
  expect([...root.querySelectorAll(".controls .value")].map((one) => one.textContent)).toEqual(["20\u2009M", "25"]);
  const {params: line} = captionOf(w as Complete, params, compute(params), "here");
  expect(line).toBe("Train = Not sure · How many are enough = 20\u2009M · Added latency, % = 25");
});

test("a position on the track is a count of two digits", () => {
  for (let tenths = 30; tenths <= 112; tenths++) expect(countAt(tenths / 10)).toBe(guessAt(tenths / 10));
});

test("a slider that was not moved is quoted nowhere, and a guess of the latency gets its answer", () => {
  const said = (raw: Readonly<Record<string, unknown>>) => {
    const params = at({...raw, committed: "yes"});
    const result = compute(params);
    return {
      brief: w.says!(result, params),
      all: [w.says!(result, params), w.summary(result, params), JSON.stringify(w.readouts(result, params))].join(" "),
      told: w.predictions!(result, params).map(({item}) => item),
    };
  };
  expect(said({}).all).not.toMatch(/[Yy]ou(r)? guess(ed)?:? \d|100%|1\u2009B/);
  expect(said({}).told).toEqual(["strategy"]);
  expect(said({count: 7.3}).told).toEqual(["strategy", "count"]);
  expect(said({latency: 0}).brief).toContain(" 0% added latency");
  for (const strategy of Object.keys(controls.strategy.options))
    expect(said({strategy, count: 6.8, latency: 200}).brief.length, strategy).toBeLessThanOrEqual(140);
});

test("until the line is moved nothing is filled: the bars are outlines around a question mark", () => {
  const root = emptyRoot();
  const bars = () => ({
    filled: [...root.querySelectorAll(".whole .cut")].filter((one) => Number(one.getAttribute("width")) > 0).length,
    open: root.querySelectorAll(".whole .uncut.open").length,
    asked: [...root.querySelectorAll(".whole text.open")].map((one) => one.textContent).join(""),
  });
  for (const [raw, due] of [
    [{}, {filled: 0, open: 3, asked: "???"}],
    [{count: 7.3}, {filled: 3, open: 0, asked: ""}],
    [
      {count: 7.3, committed: "yes"},
      {filled: 3, open: 0, asked: ""},
    ],
    [{committed: "yes"}, {filled: 0, open: 0, asked: ""}],
    [{committed: "skipped"}, {filled: 0, open: 0, asked: ""}],
  ] as const) {
    show(root, w, at(raw), "card");
    expect(bars(), JSON.stringify(raw)).toEqual(due);
  }
  expect(w.says!(compute(at()), at())).not.toMatch(/\d/);
});
