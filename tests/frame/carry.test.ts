import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {carrier} from "../../src/frame/carry.ts";
import type {FramedElement} from "../../src/frame/element.ts";
import {orderOf} from "../../src/frame/order.ts";
import type {Body} from "../../src/frame/said.ts";

beforeEach(() => {
  vi.useFakeTimers();
  // Of a page that draws no frames.
  vi.stubGlobal("requestAnimationFrame", () => 0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** An element that notes what is done to it, and what its frame replies. */
function framed(more: Partial<FramedElement> = {}) {
  const did: string[] = [];
  const replies: Body[] = [];
  const note = (what: string) => async () => void did.push(what);
  const element = {
    state: {r: 4} as Readonly<Record<string, unknown>> | undefined,
    querySelectorAll: () => [],
    async set(state: object, options: object) {
      did.push(`set ${JSON.stringify(state)} ${JSON.stringify(options)}`);
      this.state = {...this.state, ...state};
      return [];
    },
    ...Object.fromEntries(["reset", "play", "pause", "step"].map((name) => [name, note(name)])),
    async take(format: string) {
      did.push(format);
      return `a file: ${format}`;
    },
    ...more,
  };
  const carry = carrier(element as unknown as FramedElement, (body) => replies.push(body));
  const ask = (type: string, rest: object = {}) => carry(orderOf({target: "lora-widget", v: 1, type, ...rest})!);
  return {element, did, replies, ask, rest: () => vi.advanceTimersByTimeAsync(1000)};
}

test("many sets are one, each with its reply", async () => {
  const {ask, did, replies, rest} = framed();
  for (let r = 1; r <= 100; r++) ask("set", {state: {r}, requestId: r});
  ask("set", {state: {source: "noise"}, options: {theme: "dark"}});
  await rest();
  expect(did).toEqual(['set {"r":100,"source":"noise"} {"theme":"dark"}']);
  expect(replies).toHaveLength(101);
  expect(replies[0]).toEqual({requestId: 1, ok: true, state: {r: 100, source: "noise"}});
});

test("what was set before a reset is gone, what was set after it stays, and of what plays the last holds", async () => {
  const {ask, did, rest} = framed();
  for (const [type, state] of [["set", {r: 1}], ["play"], ["reset"], ["set", {r: 2}], ["play"], ["step"]] as const)
    ask(type, {state});
  await rest();
  expect(did).toEqual(["reset", 'set {"r":2} {}', "step"]);
});

test("options that were set before a reset hold after it", async () => {
  const {ask, did, rest} = framed();
  ask("set", {state: {r: 1}, options: {theme: "dark"}});
  ask("reset");
  await rest();
  expect(did).toEqual(["reset", 'set {} {"theme":"dark"}']);
});

test("while a file is waited for, later orders are heard and answered", async () => {
  let come = (_: string) => {};
  const take = () => new Promise<string>((resolve) => (come = resolve));
  const {ask, did, replies, rest} = framed({take: take as never});
  ask("export", {format: "svg", requestId: "file"});
  await rest();
  ask("set", {state: {r: 9}, requestId: "later"});
  await rest();
  expect(did).toEqual(['set {"r":9} {}']);
  expect(replies).toEqual([{requestId: "later", ok: true, state: {r: 9}}]);
  come("<svg/>");
  await rest();
  expect(replies[1]).toEqual({requestId: "file", ok: true, data: "<svg/>"});
});

test("the first control in sight takes the keyboard, in a browser without checkVisibility too", async () => {
  const focused: string[] = [];
  const control = (name: string, rects: number) => ({
    getClientRects: () => Array(rects),
    focus: () => focused.push(name),
  });
  const controls = [control("hidden", 0), control("seen", 1)];
  const {ask, replies, rest} = framed({querySelectorAll: (() => controls) as never});
  ask("focus", {requestId: 1});
  await rest();
  expect([focused, replies]).toEqual([["seen"], [{requestId: 1, ok: true, state: {r: 4}}]]);
});

test("a control that cannot be focused is said, and the next order is heard", async () => {
  const {ask, replies, rest} = framed({
    querySelectorAll: () => {
      throw new Error("No controls.");
    },
  });
  ask("focus");
  await rest();
  ask("get");
  await rest();
  expect(replies).toEqual([
    {ok: false, error: "No controls."},
    {ok: true, state: {r: 4}},
  ]);
});

test("of a flood the last orders are carried out, and each of the others is refused in words", async () => {
  const {ask, did, replies, rest} = framed();
  for (let i = 0; i < 10_000; i++) ask(i % 2 ? "reset" : "nonsense", {requestId: i});
  // It comes in the same turn, and must not be lost: whoever sent it waits for the reply.
  ask("set", {state: {r: 9}, requestId: "last"});
  await rest();
  expect(did).toEqual(["reset", 'set {"r":9} {}']);
  expect(replies).toHaveLength(10_001);
  expect(replies[0]).toEqual({requestId: 0, ok: false, error: expect.stringContaining("type should be one of")});
  expect(replies[1]).toEqual({requestId: 1, ok: false, error: expect.stringContaining("Too many orders")});
  expect(replies.at(-1)).toEqual({requestId: "last", ok: true, state: {r: 9}});
  expect(replies.filter(({ok}) => ok)).toHaveLength(129);
  ask("get", {requestId: "after"});
  await rest();
  expect(replies.at(-1)).toEqual({requestId: "after", ok: true, state: {r: 9}});
});

test("each kind of file is made once a turn; one that cannot be made is refused in words", async () => {
  const {element, ask, did, replies, rest} = framed();
  const {take} = element;
  element.take = (async (format: "svg" | "png") => {
    if (format === "png") throw new Error("This page does not let a figure be made into a PNG.");
    return take(format);
  }) as typeof take;
  for (let i = 0; i < 5; i++) ask("export", {format: "svg", requestId: "svg"});
  ask("export", {format: "png", requestId: "png"});
  await rest();
  const repliesTo = (id: string) => replies.filter(({requestId}) => requestId === id);
  expect(did).toEqual(["svg"]);
  expect(repliesTo("svg")).toEqual(Array(5).fill({ok: true, data: "a file: svg", requestId: "svg"}));
  expect(repliesTo("png")).toMatchObject([{ok: false, error: expect.stringContaining("PNG")}]);
});

test("a file is of the state in which it was asked for", async () => {
  const {ask, did, rest} = framed();
  for (const [type, more] of [
    ["set", {state: {r: 8}}],
    ["export", {format: "csv"}],
    ["get", {}],
    ["export", {format: "svg"}],
    ["set", {state: {r: 9}}],
    ["reset", {}],
    ["export", {format: "csv"}],
  ] as const)
    ask(type, more);
  await rest();
  expect(did).toEqual(['set {"r":8} {}', "csv", "svg", "reset", "csv"]);
});

test("a figure out of sight starts for whoever asks, and one that cannot start is refused in words", async () => {
  const {element, ask, did, replies, rest} = framed({state: undefined});
  element.pause = () => Promise.reject(new Error("The figure could not start."));
  ask("get");
  await rest();
  expect(replies).toEqual([{ok: false, error: "The figure could not start."}]);
  element.pause = async () => {
    did.push("start");
    element.state = {r: 4};
  };
  ask("get", {requestId: 1});
  await rest();
  expect(did).toEqual(["start"]);
  expect(replies.at(-1)).toEqual({requestId: 1, ok: true, state: {r: 4}});
});
