import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {messageKeys} from "../../../src/embed/frame/messages.ts";
import {orderTypes} from "../../../src/embed/frame/readOrder.ts";
import {frame} from "../../../src/embed/packages/frameClient.ts";

/** The page's listeners for messages. */
let hears: ((event: object) => void)[] = [];
beforeEach(() => {
  hears = [];
  vi.stubGlobal("location", {href: "https://course.example/week-2/"});
  vi.stubGlobal("addEventListener", (_: string, hear: (event: object) => void) => hears.push(hear));
  vi.stubGlobal("removeEventListener", (_: string, hear: (event: object) => void) => {
    hears = hears.filter((one) => one !== hear);
  });
});
afterEach(() => void vi.unstubAllGlobals());

/** A frame of the page: what was sent to it, with the origin it was sent to, and how it speaks. */
function framed(src = "https://lora.example/embed/rank/", flags: readonly string[] = []) {
  const sent: {to: string; data: Record<string, unknown>}[] = [];
  const contentWindow = {
    postMessage: (data: Record<string, unknown>, to: string) => void sent.push({to, data}),
  };
  const iframe = Object.assign(new EventTarget(), {
    src,
    contentWindow,
    sandbox: {length: flags.length, contains: (flag: string) => flags.includes(flag)},
  });
  const origin = flags.length && !flags.includes("allow-same-origin") ? "null" : new URL(src).origin;
  const say = (data: object, more: object = {}) => {
    const message = {source: contentWindow, origin, data: {source: "lora-widget", v: 1, ...data}, ...more};
    for (const hear of [...hears]) hear(message);
  };
  const orders = () => sent.filter(({data}) => data.type !== "resize");
  return {iframe: iframe as unknown as HTMLIFrameElement, sent, say, orders};
}

const here = {type: "lora:resize", height: 640};

test("asks a frame whether it is there, now and when it has loaded, and holds orders until it is", async () => {
  const {iframe, sent, say, orders} = framed();
  const figure = frame(iframe);
  const greeting = {to: "*", data: {target: "lora-widget", v: 1, type: "resize"}};
  expect(sent).toEqual([greeting]);
  iframe.dispatchEvent(new Event("load"));
  expect(sent).toEqual([greeting, greeting]);
  const asked = figure.set({r: 8}, {theme: "dark"});
  expect(orders()).toEqual([]);
  say(here);
  const [{to, data}] = orders() as [ReturnType<typeof orders>[0]];
  const {requestId, ...order} = data;
  expect([to, order]).toEqual([
    "https://lora.example",
    {target: "lora-widget", v: 1, type: "set", state: {r: 8}, options: {theme: "dark"}},
  ]);
  say({type: "lora:reply", requestId, ok: true, state: {r: 8}});
  expect(await asked).toEqual({r: 8});
});

test("gives each order its own answer, whatever their sequence, and rejects with the frame's reason", async () => {
  const {iframe, say, orders} = framed();
  const figure = frame(iframe);
  say(here);
  const asked = [figure.get(), figure.export("csv"), figure.step()];
  const ids = orders().map(({data}) => data.requestId);
  expect(new Set(ids).size).toBe(3);
  say({type: "lora:reply", requestId: ids[2], ok: false, error: "the run was lost"});
  say({type: "lora:reply", requestId: ids[1], ok: true, data: "a,b"});
  say({type: "lora:reply", requestId: "another", ok: true, state: {r: 1}});
  say({type: "lora:reply", requestId: ids[0], ok: true, state: {r: 4}});
  expect(await Promise.all(asked.slice(0, 2))).toEqual([{r: 4}, "a,b"]);
  await expect(asked[2]).rejects.toThrow("the run was lost");
});

test("says again what went to the page that was in the frame before, and nothing else", async () => {
  const {iframe, say, orders} = framed();
  const figure = frame(iframe);
  say(here);
  const [lost, kept] = [figure.set({r: 8}), figure.get()];
  const [first, second] = orders().map(({data}) => data);
  iframe.dispatchEvent(new Event("load"));
  const probe = orders()[2]!.data;
  expect(probe.type).toBe("get");
  say({type: "lora:reply", requestId: second!.requestId, ok: true, state: {r: 4}});
  say({type: "lora:reply", requestId: probe.requestId, ok: true, state: {r: 4}});
  expect(await kept).toEqual({r: 4});
  expect(orders().map(({data}) => data)).toEqual([first, second, probe, first]);
  say({type: "lora:reply", requestId: first!.requestId, ok: true, state: {r: 8}});
  expect(await lost).toEqual({r: 8});
  iframe.dispatchEvent(new Event("load"));
  expect(orders().length, "with nothing asked, nothing is said again").toBe(4);
});

test("hears its frame alone: its window, its origin or a sandbox, our messages", () => {
  const {iframe, say} = framed();
  const heard: number[] = [];
  frame(iframe).on("resize", ({height}) => heard.push(height));
  say({...here, height: 1}, {source: {}});
  say({...here, height: 2}, {origin: "https://other.example"});
  say({...here, height: 3, source: "other"});
  say({...here, height: 4, v: 2});
  say(here, {data: null});
  say(here, {data: "lora-widget"});
  expect(heard).toEqual([]);
  say({...here, height: 5});
  say({...here, height: 6}, {origin: "null"});
  expect(heard).toEqual([5, 6]);
});

test.each([
  [["allow-scripts"], "*"],
  [["allow-scripts", "allow-same-origin"], "https://lora.example"],
])("sends what it asks a frame with the sandbox %j to %s", (flags, to) => {
  const {iframe, say, orders} = framed(undefined, flags);
  const figure = frame(iframe);
  say(here);
  figure.get().catch(() => {});
  expect(orders().map((one) => one.to)).toEqual([to]);
});

test("passes on what a message carries, until it is told to stop", () => {
  const {iframe, say} = framed();
  const figure = frame(iframe);
  const heard: unknown[] = [];
  const stop = figure.on("change", (detail) => heard.push(detail));
  const detail = {state: {r: 4}, changed: ["r"], reason: "user", phase: "commit", summary: "Rank 4."};
  say({type: "lora:change", widget: "rank", ...detail});
  stop();
  say({type: "lora:change", widget: "rank", ...detail});
  expect(heard).toEqual([{widget: "rank", ...detail}]);
});

test("closed, it listens no more and rejects what waits", async () => {
  const {iframe, sent} = framed();
  const figure = frame(iframe);
  const asked = figure.get();
  figure.close();
  await expect(asked).rejects.toThrow("closed");
  await expect(figure.get()).rejects.toThrow("closed");
  iframe.dispatchEvent(new Event("load"));
  expect([hears, sent.length]).toEqual([[], 1]);
});

test("knows every order and every message", () => {
  const {iframe} = framed();
  expect(Object.keys(frame(iframe)).sort()).toEqual([...orderTypes, "on", "close"].sort());
  // What comes as an answer has no listener of its own.
  type Heard = Parameters<ReturnType<typeof frame>["on"]>[0];
  const messages: Record<Heard, true> = {
    ready: true,
    change: true,
    predict: true,
    answer: true,
    complete: true,
    error: true,
    resize: true,
  };
  expect(Object.keys({...messages, reply: true}).sort()).toEqual(Object.keys(messageKeys).sort());
});
