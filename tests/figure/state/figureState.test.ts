import {expect, test} from "vitest";
import {choice, defaults, range} from "../../../src/figure/controls.ts";
import {readOptions} from "../../../src/figure/state/commonOptions.ts";
import {FigureState} from "../../../src/figure/state/figureState.ts";
import {locksOf} from "../../../src/figure/state/locks.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";
import {loadWidget, widgetNames} from "../../../src/figures/registry.ts";
import {randomParams} from "../../figures/promises/states.ts";

const controls = {
  d: range(["Width"], {min: 1, max: 8, value: 8}),
  r: range(["Rank"], {min: 0, max: 8, value: 4}),
  guess: choice(["Guess"], {none: "none", asked: "asked", low: "low"}, "none"),
};
const widget = {
  controls,
  bounds: ({d}: {d: number}) => ({r: [0, d]}),
  asks: (isWanted: boolean, _: unknown, isFresh: boolean) => (isFresh ? {guess: isWanted ? "asked" : "none"} : {}),
  withheld: (params: object) => ({...params, guess: "none"}),
} as unknown as AnyWidget;
const initial = {d: 8, r: 4, guess: "none"};

/** A state under these common options. */
function under(options: Record<string, string>) {
  const state = new FigureState(widget, initial);
  const {params} = readOptions(options);
  state.commonOptions = {...locksOf(controls, params), options: params};
  return state;
}

test("a change says whether a result is due, and what could not be taken", () => {
  const state = new FigureState(widget, initial);
  expect(state.take({r: "4"})).toEqual({params: initial, notes: [], isNew: false});
  expect(state.take({r: 6})).toEqual({params: {...initial, r: 6}, notes: [], isNew: true});
  const {params, notes} = state.take({...state.params, d: 5});
  expect(params).toEqual({d: 5, r: 5, guess: "none"});
  expect(notes).toEqual([expect.stringMatching(/^r should be a whole number from 0 to 5/)]);
  expect(state.bounds).toEqual({r: [0, 5]});
  expect(state.take({}, true).isNew).toBe(true);
});

test("a host may ask for a guess when the figure begins, and only then", () => {
  const state = under({predict: "1"});
  expect(state.take(initial, true).params.guess).toBe("asked");
  expect(state.take({guess: "low"}).params.guess).toBe("low");
});

test("what is locked stays as it is, and what gives an answer away is not shown", () => {
  const state = under({lock: "r", answers: "0"});
  state.take({guess: "low"});
  expect(state.withoutFixed({r: 8, d: 2})).toEqual({r: 4, d: 2});
  expect(state.readerParams).toEqual({...initial});
  expect(state.params.guess).toBe("low");
});

test("the ends of tracks that a change gives are those of the parameters it gives, for every widget", async () => {
  for (const name of widgetNames) {
    const w = await loadWidget(name);
    if (!w.bounds) continue;
    const state = new FigureState(w, defaults(w.controls));
    for (const params of randomParams(name, w, 40)) {
      state.take(params);
      expect(state.bounds, name).toEqual(w.bounds(state.params));
    }
  }
});

test("what a change would make is known without making it, unless a value could not be taken as it is", () => {
  const state = new FigureState(widget, initial);
  expect(state.foresee({r: 6}, initial)).toEqual({...initial, r: 6});
  expect(state.foresee({r: "many"}, initial)).toBeUndefined();
  expect(state.foresee({d: 5}, {...initial, r: 8}), "r is lowered too").toBeUndefined();
  expect(state.params).toEqual(initial);
});
