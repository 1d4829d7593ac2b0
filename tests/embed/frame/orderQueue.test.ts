import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Body} from "../../../src/embed/frame/messages.ts";
import {type FramedElement, orderQueue} from "../../../src/embed/frame/orderQueue.ts";
import {readOrder} from "../../../src/embed/frame/readOrder.ts";

beforeEach(() => {
  vi.useFakeTimers();
  // A page out of sight draws no frames.
  vi.stubGlobal("requestAnimationFrame", () => 0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** An element that records what is done to it, and the replies of its frame. */
function framed(more: Partial<FramedElement> = {}) {
  const did: string[] = [];
  const replies: Body[] = [];
  const note = (what: string) => async () => void did.push(what);
  const element = {
    state: {r: 4} as Readonly<Record<string, unknown>> | undefined,
    querySelectorAll: () => [],
    foresee: ({r, ...raw}: {r?: unknown}, from: object) =>
      typeof r === "string" ? undefined : {...from, ...raw, ...(r !== undefined && {r: Math.min(r as number, 48)})},
    async set(state: {r?: unknown}, options: object = {}) {
      did.push(`set ${JSON.stringify(state)} ${JSON.stringify(options)}`);
      if (typeof state.r !== "string") this.state = {...this.state, ...state};
      return [];
    },
    async reset() {
      did.push("reset");
      this.state = {r: 4};
    },
    ...Object.fromEntries(["play", "pause", "step"].map((name) => [name, note(name)])),
    async take(format: string) {
      did.push(format);
      return `a file: ${format}`;
    },
    ...more,
  };
  const enqueue = orderQueue(element as unknown as FramedElement, (body) => replies.push(body));
  const ask = (type: string, rest: object = {}) => enqueue(readOrder({target: "lora-widget", v: 1, type, ...rest})!);
  return {element, did, replies, ask, settle: () => vi.advanceTimersByTimeAsync(1000)};
}

test("sets in a row are drawn once, and each is answered with the state it made", async () => {
  const {ask, did, replies, settle} = framed();
  for (let r = 1; r <= 100; r++) ask("set", {state: {r}, requestId: r});
  await settle();
  expect(did).toEqual(['set {"r":48} {}']);
  expect(replies.map(({requestId, state}) => [requestId, state])).toEqual(
    Array.from({length: 100}, (_, i) => [i + 1, {r: Math.min(i + 1, 48)}]),
  );
});

test("every order of a turn is answered with the state it made", async () => {
  const {ask, did, replies, settle} = framed();
  const orders = [["set", {state: {r: 5}}], ["get"], ["set", {state: {r: 6}}], ["get"], ["reset"], ["get"]] as const;
  for (const [type, rest] of orders) ask(type, rest);
  ask("set", {state: {source: "noise"}, options: {theme: "dark"}});
  ask("step");
  ask("get");
  await settle();
  expect(did).toEqual(['set {"r":6} {}', "reset", 'set {"source":"noise"} {"theme":"dark"}', "step"]);
  expect(replies.map(({ok, state}) => ok && state)).toEqual([
    ...[{r: 5}, {r: 5}, {r: 6}, {r: 6}, {r: 4}, {r: 4}],
    ...Array(3).fill({r: 4, source: "noise"}),
  ]);
});

test("a set that cannot be taken as it is passes the gate itself, which tells the reader", async () => {
  const {ask, did, replies, settle} = framed();
  ask("set", {state: {r: 8}});
  ask("set", {state: {r: "many"}});
  ask("set", {state: {r: 9}});
  await settle();
  expect(did).toEqual(['set {"r":8} {}', 'set {"r":"many"} {}', 'set {"r":9} {}']);
  expect(replies.map(({state}) => state)).toEqual([{r: 8}, {r: 8}, {r: 9}]);
});

test("later orders are carried out while a file is being made", async () => {
  let finish = (_: string) => {};
  const take = () => new Promise<string>((resolve) => (finish = resolve));
  const {ask, did, replies, settle} = framed({take: take as never});
  ask("export", {format: "svg", requestId: "file"});
  await settle();
  ask("set", {state: {r: 9}, requestId: "later"});
  await settle();
  expect(did).toEqual(['set {"r":9} {}']);
  expect(replies).toEqual([{requestId: "later", ok: true, state: {r: 9}}]);
  finish("<svg/>");
  await settle();
  expect(replies[1]).toEqual({requestId: "file", ok: true, data: "<svg/>"});
});

test("focus goes to the first control in sight", async () => {
  const focused: string[] = [];
  const control = (name: string, isVisible: boolean) => ({
    checkVisibility: () => isVisible,
    focus: () => focused.push(name),
  });
  const controls = [control("hidden", false), control("seen", true)];
  const {ask, replies, settle} = framed({querySelectorAll: (() => controls) as never});
  ask("focus", {requestId: 1});
  await settle();
  expect([focused, replies]).toEqual([["seen"], [{requestId: 1, ok: true, state: {r: 4}}]]);
});

test("an order that fails is answered with its reason, and the others of its turn go on", async () => {
  const {ask, did, replies, settle} = framed({
    querySelectorAll: () => {
      throw new Error("No controls.");
    },
  });
  ask("focus");
  ask("play");
  await settle();
  ask("get");
  await settle();
  expect(did).toEqual(["play"]);
  expect(replies).toEqual([
    {ok: false, error: "No controls."},
    {ok: true, state: {r: 4}},
    {ok: true, state: {r: 4}},
  ]);
});

test("of a flood the last orders are carried out, and each of the others is told that the frame is busy", async () => {
  const {ask, did, replies, settle} = framed();
  for (let i = 0; i < 10_000; i++) ask(i % 2 ? "focus" : "nonsense", {requestId: i});
  // It comes in the same turn, and must not be lost: whoever sent it waits for the reply.
  ask("set", {state: {r: 9}, requestId: "last"});
  await settle();
  expect(did).toEqual(['set {"r":9} {}']);
  expect(replies).toHaveLength(10_001);
  expect(replies[0]).toEqual({requestId: 0, ok: false, error: expect.stringContaining("type should be one of")});
  expect(replies[1]).toEqual({requestId: 1, ok: false, error: expect.stringMatching(/^busy: /)});
  expect(replies.at(-1)).toEqual({requestId: "last", ok: true, state: {r: 9}});
  expect(replies.filter(({ok}) => ok)).toHaveLength(129);
  ask("get", {requestId: "after"});
  await settle();
  expect(replies.at(-1)).toEqual({requestId: "after", ok: true, state: {r: 9}});
});

test("a file shows the state at its request, and one that fails says why", async () => {
  const {element, ask, did, replies, settle} = framed();
  const {take} = element;
  element.take = (async (format: "svg" | "png") => {
    if (format === "png") throw new Error("This page does not let a figure be made into a PNG.");
    return take(format);
  }) as typeof take;
  ask("set", {state: {r: 8}});
  ask("export", {format: "svg", requestId: "svg"});
  ask("export", {format: "png", requestId: "png"});
  ask("reset");
  ask("export", {format: "svg"});
  await settle();
  expect(did).toEqual(['set {"r":8} {}', "svg", "reset", "svg"]);
  const repliesTo = (id: string) => replies.filter(({requestId}) => requestId === id);
  expect(repliesTo("svg")).toEqual([{ok: true, data: "a file: svg", requestId: "svg"}]);
  expect(repliesTo("png")).toMatchObject([{ok: false, error: expect.stringContaining("PNG")}]);
});

test("any order starts a figure out of sight, and one that cannot start says why", async () => {
  const {element, ask, did, replies, settle} = framed({state: undefined});
  element.pause = () => Promise.reject(new Error("The figure could not start."));
  ask("get");
  await settle();
  expect(replies).toEqual([{ok: false, error: "The figure could not start."}]);
  element.pause = async () => {
    did.push("start");
    element.state = {r: 4};
  };
  ask("get", {requestId: 1});
  await settle();
  expect(did).toEqual(["start"]);
  expect(replies.at(-1)).toEqual({requestId: 1, ok: true, state: {r: 4}});
});
