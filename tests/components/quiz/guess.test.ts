import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {openKeep} from "../../../src/components/kept/keep.ts";
import {readGuess, startGuess, toldOf, writeGuess} from "../../../src/components/quiz/guess.ts";
import {differences, parse} from "../../../src/shell/parse.ts";
import {controls} from "../../../src/widgets/predict/model.ts";

const state = {strategy: "lowrank", count: 7.3, latency: 25, committed: "yes"};

describe("a guess as text", () => {
  test("is written once committed or skipped, and not before", () => {
    expect(writeGuess(state)).toBe("lowrank 7.3 25");
    expect(writeGuess({...state, count: 9, latency: 0})).toBe("lowrank 9 0");
    expect(writeGuess({...state, committed: "skipped"})).toBe("skipped");
    expect(writeGuess({...state, committed: ""})).toBeUndefined();
  });

  test("comes back as it went, through the figure's own gate", () => {
    for (const strategy of Object.keys(controls.strategy.options))
      for (const count of [3, 6.7, 11.2])
        for (const latency of [0, 25, 200]) {
          const due = {strategy, count, latency, committed: "yes"};
          const guess = readGuess(writeGuess(due));
          expect(parse(controls, toldOf(guess!).predict!)).toMatchObject({params: due, notes: []});
        }
    const skipped = parse(controls, toldOf(readGuess("skipped")!).predict!);
    expect([skipped.notes, differences(controls, skipped.params)]).toEqual([[], {committed: "skipped"}]);
  });

  test("any other text is none", () => {
    for (const text of [
      undefined,
      "",
      "yes",
      "lowrank",
      "lowrank 7.3",
      "lowrank 7.3 25 9",
      "lowrank,7.3,25",
      "low rank 7 2",
      "lowrank -7 25",
      "lowrank 7.3 1e9",
      "Lowrank 7 5",
      " lowrank 7 5",
      "lowrank 7 5\n",
    ])
      expect(readGuess(text), text).toBeUndefined();
  });

  test("what the gate does not know is said there and does no harm", () => {
    const {params, notes} = parse(controls, toldOf(readGuess("nothing 99 999")!).predict!);
    expect(params).toEqual({strategy: "unsure", count: 11.2, latency: 200, committed: "yes"});
    expect(notes).toHaveLength(3);
  });
});

test("the figures with the evidence are told their part as text, and of a skip that there is none", () => {
  const told = toldOf(readGuess("biases 6.1 40")!);
  expect([told.latency, told.results]).toEqual([{guess: "40"}, {guess: "6.1"}]);
  const skipped = toldOf("skipped");
  expect([skipped.latency, skipped.results]).toEqual([{guess: ""}, {guess: ""}]);
});

describe("on a page", () => {
  /** A page with these figures, each live at once; `heard` is what they were told. */
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
    openKeep(() => {
      throw new Error("denied");
    });

  test("a kept guess reaches the figures once they are live, and no other figure", async () => {
    const keep = denied();
    keep.set("prediction", "widget-predict", {given: "lowrank 7.3 25"});
    const {document, heard} = page(["results", "rank", "latency", "predict"]);
    startGuess(document, keep);
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([
      ["predict", {strategy: "lowrank", count: "7.3", latency: "25", committed: "yes"}],
      ["latency", {guess: "25"}],
      ["results", {guess: "7.3"}],
    ]);
  });

  test("a commit is kept and told on, once; a change of mind without a commit is not", async () => {
    const keep = denied();
    const {document, heard, change} = page(["predict", "latency"]);
    startGuess(document, keep);
    change({state: {...state, committed: ""}});
    expect(keep.get("prediction", "widget-predict")).toBeUndefined();
    change({state});
    change({state});
    change({state: {...state, committed: ""}});
    await Promise.resolve();
    expect(keep.get("prediction", "widget-predict")).toEqual({given: "lowrank 7.3 25"});
    expect(heard).toEqual([["latency", {guess: "25"}]]);
  });

  test("what is kept and is no guess tells nobody anything", async () => {
    const keep = denied();
    keep.set("prediction", "widget-predict", {given: "<b>"});
    const {document, heard} = page(["predict", "results"]);
    startGuess(document, keep);
    await Promise.resolve();
    expect(heard).toEqual([]);
  });
});
