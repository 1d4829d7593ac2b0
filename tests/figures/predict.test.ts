import {describe, expect, test} from "vitest";
import {rows as trials} from "../../content/paper/table-4.json";
import {countAt} from "../../src/figure/controls.ts";
import {prerender} from "../../src/figure/live/prerender.ts";
import {parse} from "../../src/figure/parse.ts";
import type {ComputingWidget} from "../../src/figure/widget.ts";
import {compute, controls, type PredictParams, type Strategy} from "../../src/figures/predict/model.ts";
import widget from "../../src/figures/predict/widget.ts";
import {accuracies, guessAt, slivers, slower, total} from "./oracles/predict.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, nobody, show} from "./promises/stage.ts";

const w = widget as ComputingWidget;

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
    expect(compute(at()).sizes.every(({size}) => size === undefined)).toBe(true);
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
    for (const {strategy, size} of compute(committed).sizes) {
      const due = slivers[strategy];
      expect(size, strategy).toEqual({from: Math.min(...due), to: Math.max(...due)});
    }
  });

  test("guess and slivers stand on one scale, the guess where its count is", () => {
    const root = emptyRoot();
    show(root, w, committed);
    const amounts = root.querySelector(".amounts .wide")!;
    const startOf = (path: Element) => Number(/M([\d.]+)/.exec(path.getAttribute("d")!)![1]);
    const [all, , , vector] = [...amounts.querySelectorAll(".mark-dot path")].map((dot) => startOf(dot) + 4);
    const line = startOf(amounts.querySelector(".mark-rule [data-dashed]")!);
    const ends = [total, 12_288].map(Math.log10) as [number, number];
    expect((line - vector!) / (all! - vector!)).toBeCloseTo((6.5 - ends[1]) / (ends[0] - ends[1]), 2);
    const chosen = [...amounts.querySelectorAll(".row.chosen .name")].map((name) => name.textContent);
    expect(chosen).toEqual(["Low-rank change"]);
  });

  test("LoRA's counts lie under the lens to scale, and are said; each of them ties with full fine-tuning", () => {
    const root = emptyRoot();
    show(root, w, committed);
    const sheet = root.querySelector(".to-scale .wide")!;
    const number = (selector: string, name: string) => Number(sheet.querySelector(selector)!.getAttribute(name));
    const inner = number(".lens", "width");
    const [from, to] = [Math.min(...slivers.lowrank), Math.max(...slivers.lowrank)];
    expect(number(".sliver", "x") / inner).toBeCloseTo(from / (total / 1000), 3);
    expect((number(".sliver", "x") + number(".sliver", "width")) / inner).toBeCloseTo(to / (total / 1000), 3);
    expect(compute(committed).answer).toEqual({from, to});
    const scores = trials.filter(({method}) => method === "LoRA").map(({wikisql}) => wikisql);
    const full = trials.find(({method}) => method === "FT")!.wikisql;
    for (const score of scores) expect(Math.abs(score - full)).toBeLessThanOrEqual(2 * 0.5);
    expect(w.says!(compute(committed), committed)).toContain(
      "LoRA ties with full fine-tuning on WikiSQL with 4.7–37.7\u2009M",
    );
    show(root, w, at({count: 6.5}));
    expect(root.querySelector(".to-scale .answer")).toBeNull();
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
});

test("skipped, the guess is not drawn and the slivers are", () => {
  const skipped = at({committed: "skipped"});
  const root = emptyRoot();
  show(root, w, skipped);
  expect(compute(skipped).guess).toBeUndefined();
  expect(root.querySelectorAll(".mark-knob, .mark-rule [data-dashed], .row.chosen")).toHaveLength(0);
  expect(root.querySelector(".to-scale .guess")!.getAttribute("d")).toBe("");
  const said = [...root.querySelectorAll(".amounts .wide .row .said")].map((one) => one.textContent);
  expect(said).toContain("1.81\u2009B");
});

/** A picture of this inner width. */
const roomOf = (size: "card" | "full", width: number) => ({size, width, widthOf: () => width});

test("a pressed row is what the reader would train, until the guess is committed", () => {
  const roles = (raw: Readonly<Record<string, unknown>>) => {
    const picture = emptyRoot();
    const asked: object[] = [];
    w.draw(
      picture,
      compute(at(raw)),
      at(raw),
      {...nobody, set: (values) => void asked.push(values)},
      roomOf("full", 660),
    );
    const {Event} = picture.ownerDocument.defaultView!;
    const row = [...picture.querySelectorAll(".amounts .row")].find((one) => one.textContent.includes("Low-rank"))!;
    row.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
    return asked;
  };
  expect(roles({})).toEqual([{strategy: "lowrank"}]);
  expect(roles({committed: "yes"})).toEqual([]);
});

test("the card has a button for each way until the guess is committed, then the scale", () => {
  const picture = emptyRoot();
  const asked: object[] = [];
  const act = {...nobody, set: (values: object) => void asked.push(values)};
  const draw = (raw: Readonly<Record<string, unknown>>) =>
    w.draw(picture, compute(at(raw)), at(raw), act, roomOf("card", 660));
  const buttons = () => [...picture.querySelectorAll<HTMLButtonElement>(".ways button")];
  draw({strategy: "biases"});
  expect(picture.querySelector(".amounts")).toBeNull();
  expect(buttons().map((one) => one.getAttribute("aria-pressed"))).toEqual(
    ["last", "random", "biases", "layers", "prompt", "lowrank"].map((one) => String(one === "biases")),
  );
  for (const name of ["Low-rank change", "Only the biases"])
    buttons()
      .find((one) => one.textContent === name)!
      .click();
  expect(asked).toEqual([{strategy: "lowrank"}, {strategy: "unsure"}]);
  draw({strategy: "biases", committed: "yes"});
  expect(buttons()).toEqual([]);
  expect(picture.querySelector(".amounts")).not.toBeNull();
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
