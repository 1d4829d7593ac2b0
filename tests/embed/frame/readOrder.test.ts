import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {type FrameOrder, readOrder} from "../../../src/embed/frame/readOrder.ts";

const sent = (more: object) => ({target: "lora-widget", v: 1, ...more});
const none = {state: {}, options: {}, format: "json"};

describe("an order", () => {
  test.each(["set", "get", "reset", "play", "pause", "step", "focus"])("may be %s", (type) => {
    expect(readOrder(sent({type, requestId: 7}))).toEqual({type, requestId: 7, ...none});
    expect(readOrder(sent({type}))).toEqual({type, ...none});
  });

  test("to set brings numbers and texts, and common parameters that may be lists", () => {
    const state = {r: 8, source: "noise", on: true, odd: Number.NaN};
    const options = {lock: ["r", "source"], theme: "dark"};
    expect(readOrder(sent({type: "set", requestId: "a", state, options}))).toEqual({
      type: "set",
      requestId: "a",
      state,
      options,
      format: "json",
    });
  });

  test.each(["svg", "png", "csv", "json"])("may export %s, and no unknown format", (format) => {
    expect(readOrder(sent({type: "export", format}))).toMatchObject({type: "export", format});
    expect(readOrder(sent({type: "export", format: `${format}x`}))).toHaveProperty("refused");
  });

  test("is identified by a short text or a number only", () => {
    for (const requestId of ["", "é".repeat(64), 0, -1.5]) {
      expect(readOrder(sent({type: "get", requestId}))).toHaveProperty("requestId", requestId);
      expect(readOrder(sent({type: "no", requestId}))).toHaveProperty("requestId", requestId);
    }
    for (const requestId of ["x".repeat(65), Number.NaN, Number.POSITIVE_INFINITY, {}, null, [1], true])
      expect(readOrder(sent({type: "get", requestId}))).not.toHaveProperty("requestId");
  });
});

describe("a message that is no order", () => {
  test.each([
    ["an unknown type", {type: "theme"}, "type should be one of set, get"],
    ["no type", {}, "type should be one of"],
    ["a type of the object's", {type: "toString"}, "type should be one of"],
    ["another version", {v: 2, type: "get"}, "v should be 1."],
    ["a state that is a text", {type: "set", state: "r=8"}, "state and options"],
    ["a state that is null", {type: "set", state: null}, "state and options"],
    ["a state that is a list", {type: "set", state: [8]}, "state and options"],
    ["a value that is an object", {type: "set", state: {r: {valueOf: 8}}}, "state and options"],
    ["a value that is a list", {type: "set", state: {r: ["8"]}}, "state and options"],
    ["a value that is too long", {type: "set", state: {cells: "x".repeat(8193)}}, "state and options"],
    [
      "too many names",
      {type: "set", state: Object.fromEntries(Array.from({length: 65}, (_, i) => [`n${i}`, i]))},
      "64",
    ],
    ["a list that is too long", {type: "set", options: {lock: Array(65).fill("r")}}, "state and options"],
  ])("is refused: %s", (_, more, sentence) => {
    expect(readOrder(sent({requestId: 1, ...more}))).toEqual({
      requestId: 1,
      refused: expect.stringContaining(sentence),
    });
  });

  test("loses names that no control could have", () => {
    const state = JSON.parse('{"__proto__": "x", "r": 2, "a b": 1, "<img>": 1, "": 1}');
    const order = readOrder(sent({type: "set", state})) as FrameOrder;
    expect(order.state).toEqual({r: 2});
    expect(Object.getPrototypeOf(order.state)).toBe(Object.prototype);
  });

  test("is ignored when it is for someone else or cannot be read", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const inherited = Object.create(sent({type: "get"}));
    const others = [null, undefined, 0, "", "get", [], cyclic, inherited, new Map(), new Date(), () => 1];
    for (const data of [...others, {target: "other", v: 1, type: "get"}, {type: "get"}, [sent({type: "get"})]])
      expect(readOrder(data)).toBeUndefined();
  });

  test("is ignored when reading it throws", () => {
    const get = () => {
      throw new Error("a trap");
    };
    expect(readOrder(new Proxy({}, {getPrototypeOf: get}))).toBeUndefined();
    for (const key of ["target", "state"])
      expect(readOrder(Object.defineProperty(sent({type: "set"}), key, {get, enumerable: true}))).toBeUndefined();
  });

  test("never throws, lets only numbers and texts through, and touches no prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const anything = fc.anything({withNullPrototype: true, withBigInt: true, withDate: true, withMap: true});
    const near = fc.record(
      {
        target: fc.constant("lora-widget"),
        v: fc.constantFrom(1, 1, 1, 2),
        type: fc.oneof(fc.constantFrom("set", "get", "export", "constructor"), anything),
        requestId: anything,
        state: fc.oneof(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double())), anything),
        options: anything,
        format: fc.oneof(fc.constantFrom("svg", "png"), anything),
      },
      {requiredKeys: ["target", "v"]},
    );
    const plain = (value: unknown): boolean =>
      ["string", "number", "boolean"].includes(typeof value) || (Array.isArray(value) && value.every(plain));
    fc.assert(
      fc.property(fc.oneof(anything, near), (data) => {
        const order = readOrder(data);
        if (!order || "refused" in order) return;
        for (const values of [order.state, order.options]) expect(Object.values(values).every(plain)).toBe(true);
      }),
      {numRuns: 500, seed: 20210617},
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
