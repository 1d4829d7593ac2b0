import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {openStore} from "../../../src/book/kept/store.ts";
import {parametersFrom, readGuess, startFigureGuess, writeGuess} from "../../../src/book/quiz/figureGuess.ts";
import {defaults} from "../../../src/figure/controls.ts";
import {differences, parse} from "../../../src/figure/parse.ts";
import {controls} from "../../../src/figures/predict/model.ts";

const state = {strategy: "lowrank", count: 7.3, latency: 25, committed: "yes"};

describe("a guess as text", () => {
  test("is written once committed or skipped, and not before", () => {
    expect(writeGuess(state)).toBe("lowrank 7.3 25");
    expect(writeGuess({...state, count: 9, latency: 0})).toBe("lowrank 9 0");
    expect(writeGuess({...state, committed: "skipped"})).toBe("skipped");
    expect(writeGuess({...state, committed: ""})).toBeUndefined();
  });

  test("is read back into parameters that the figure accepts", () => {
    for (const strategy of Object.keys(controls.strategy.options))
      for (const count of [3, 6.7, 11.2])
        for (const latency of [0, 25, 200]) {
          const due = {strategy, count, latency, committed: "yes"};
          const guess = readGuess(writeGuess(due));
          expect(parse(controls, parametersFrom(guess!).predict!)).toMatchObject({params: due, notes: []});
        }
    const skipped = parse(controls, parametersFrom(readGuess("skipped")!).predict!);
    expect([skipped.notes, differences(controls, skipped.params)]).toEqual([[], {committed: "skipped"}]);
  });

  test("is not read from any other text", () => {
    const others = ["", "yes", "lowrank", "lowrank 7.3", "lowrank 7.3 25 9", "lowrank,7.3,25", "low rank 7 2"];
    const near = ["lowrank -7 25", "lowrank 7.3 1e9", "Lowrank 7 5", " lowrank 7 5", "lowrank 7 5\n"];
    for (const text of [undefined, ...others, ...near]) expect(readGuess(text), text).toBeUndefined();
  });

  test("with unknown values is corrected by the figure, which says so", () => {
    const {params, notes} = parse(controls, parametersFrom(readGuess("nothing 99 999")!).predict!);
    expect(params).toEqual({strategy: "unsure", count: 11.2, latency: 200, committed: "yes"});
    expect(notes).toHaveLength(3);
  });
});

test("the figures with the evidence get their part of the guess, and an empty one after a skip or from a slider that was not moved", () => {
  const parameters = parametersFrom(readGuess("biases 6.1 40")!);
  expect([parameters.latency, parameters.results]).toEqual([{guess: "40"}, {guess: "6.1"}]);
  const unmoved = parametersFrom(readGuess(writeGuess({...defaults(controls), committed: "yes"}))!);
  expect([unmoved.latency, unmoved.results]).toEqual([{guess: ""}, {guess: ""}]);
  const skipped = parametersFrom("skipped");
  expect([skipped.latency, skipped.results]).toEqual([{guess: ""}, {guess: ""}]);
});

describe("a page", () => {
  /** A page with these figures, each live at once; `heard` records what they are set to. */
  function page(names: readonly string[]) {
    const {document, CustomEvent} = parseHTML(
      `<!doctype html><html><body>${names.map((name) => `<lora-widget name="${name}"></lora-widget>`).join("")}</body></html>`,
    );
    const heard: [string, unknown][] = [];
    for (const figure of document.querySelectorAll("lora-widget"))
      Object.assign(figure, {
        ready: Promise.resolve({set: (raw: unknown) => heard.push([figure.getAttribute("name")!, raw])}),
      });
    const change = (detail: unknown) =>
      document.querySelector('[name="predict"]')!.dispatchEvent(new CustomEvent("lora-change", {detail}));
    return {document: document as unknown as Document, heard, change};
  }
  const denied = () =>
    openStore(() => {
      throw new Error("denied");
    });

  test("sets the stored guess in its figures once they are live, and in no other figure", async () => {
    const store = denied();
    store.set("prediction", "widget-predict", {given: "lowrank 7.3 25"});
    const {document, heard} = page(["results", "rank", "latency", "predict"]);
    startFigureGuess(document, store);
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([
      ["predict", {strategy: "lowrank", count: "7.3", latency: "25", committed: "yes"}],
      ["latency", {guess: "25"}],
      ["results", {guess: "7.3"}],
    ]);
  });

  test("stores and passes on a commit once, and no change without a commit", async () => {
    const store = denied();
    const {document, heard, change} = page(["predict", "latency"]);
    startFigureGuess(document, store);
    change({state: {...state, committed: ""}});
    expect(store.get("prediction", "widget-predict")).toBeUndefined();
    change({state});
    change({state});
    change({state: {...state, committed: ""}});
    await Promise.resolve();
    expect(store.get("prediction", "widget-predict")).toEqual({given: "lowrank 7.3 25"});
    expect(heard).toEqual([["latency", {guess: "25"}]]);
  });

  test("ignores a stored text that is no guess", async () => {
    const store = denied();
    store.set("prediction", "widget-predict", {given: "<b>"});
    const {document, heard} = page(["predict", "results"]);
    startFigureGuess(document, store);
    await Promise.resolve();
    expect(heard).toEqual([]);
  });
});
