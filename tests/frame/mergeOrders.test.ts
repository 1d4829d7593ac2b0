import {expect, test} from "vitest";
import {mergeOrders, splitAtExports} from "../../src/frame/mergeOrders.ts";
import {type Order, readOrder} from "../../src/frame/readOrder.ts";

const order = (type: string, rest: object = {}) => readOrder({target: "lora-widget", v: 1, type, ...rest}) as Order;
const set = (state: object, options: object = {}) => order("set", {state, options});

test.each([
  [
    "many sets are one",
    [set({r: 1}), set({r: 2}), set({source: "noise"}, {theme: "dark"})],
    {isReset: false, set: {state: {r: 2, source: "noise"}, options: {theme: "dark"}}, isFocus: false},
  ],
  [
    "a reset cancels states and runs before it",
    [set({r: 1}), order("play"), order("reset"), set({r: 2}), order("play"), order("step")],
    {isReset: true, set: {state: {r: 2}, options: {}}, run: "step", isFocus: false},
  ],
  [
    "a reset keeps options set before it",
    [set({r: 1}, {theme: "dark"}), order("reset")],
    {isReset: true, set: {state: {}, options: {theme: "dark"}}, isFocus: false},
  ],
  ["a get and a focus set nothing", [order("get"), order("focus")], {isReset: false, isFocus: true}],
])("%s", (_, orders, merged) => expect(mergeOrders(orders)).toEqual(merged));

test("a batch ends where the figure would change after a file was asked for", () => {
  const types = ["set", "export", "get", "export", "set", "reset", "export", "focus", "play"];
  const turn = types.map((type) => order(type, {format: "csv"}));
  const batches = splitAtExports([...turn, {refused: "no"}]);
  expect(batches.map((batch) => batch.map((one) => ("type" in one ? one.type : one.refused)))).toEqual([
    ["set", "export", "get", "export"],
    ["set", "reset", "export", "focus"],
    ["play", "no"],
  ]);
});
