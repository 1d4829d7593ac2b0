import {afterEach, beforeEach, expect, test, vi} from "vitest";

vi.mock("../../../src/embed/bundles/element-entry.ts", () => ({}));

/** An element that has not started: it has no state, and records its calls of `set`. */
class FakeElement extends EventTarget {
  name = "";
  state: object | undefined;
  summary: string | undefined;
  isRemoved = false;
  calls: unknown[][] = [];
  setAttribute() {}
  remove() {
    this.isRemoved = true;
  }
  async set(...args: unknown[]) {
    this.calls.push(args);
    throw new Error("The figure could not start.");
  }
}

let made: FakeElement[] = [];
beforeEach(() => {
  made = [];
  const createElement = () => made[made.push(new FakeElement()) - 1];
  vi.stubGlobal("document", {createElement});
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A view of a model with these values, and what the view shared with the model. */
async function viewed(values: Record<string, unknown>, more: object = {}) {
  const {default: view} = await import("../../../src/embed/bundles/anywidget-entry.ts");
  const listeners = new Map<string, () => void>();
  const shared: [string, unknown][] = [];
  const model = {
    get: (key: string) => values[key],
    set: (key: string, value: unknown) => void shared.push([key, value]),
    on: (event: string, listener: () => void) => void listeners.set(event, listener),
    off: (event: string) => void listeners.delete(event),
    ...more,
  };
  const remove = view.render({model, el: {append() {}} as unknown as HTMLElement});
  const set = (key: string, value: unknown) => {
    values[key] = value;
    listeners.get(`change:${key}`)?.();
  };
  return {shared, remove, set};
}

test("a removed element shares nothing, even if it starts later", async () => {
  const {shared, remove, set} = await viewed({name: "rank"});
  set("name", "product");
  const [old, now] = made as [FakeElement, FakeElement];
  expect([old.isRemoved, now.isRemoved]).toEqual([true, false]);
  old.dispatchEvent(new Event("lora-ready"));
  expect(shared).toEqual([]);
  Object.assign(now, {state: {r: 4}, summary: "Rank 4."});
  now.dispatchEvent(new Event("lora-ready"));
  expect(shared.splice(0)).toEqual([
    ["state", {r: 4}],
    ["summary", "Rank 4."],
  ]);
  remove();
  now.dispatchEvent(new Event("lora-ready"));
  expect([now.isRemoved, shared]).toEqual([true, []]);
});

test("options that the kernel removes are unset, and a figure that cannot start causes no unhandled rejection", async () => {
  const {set} = await viewed({name: "rank", options: {theme: "dark", lock: "r"}});
  set("options", {lock: "source"});
  set("options", {});
  set("state", {r: 3});
  expect(made[0]?.calls).toEqual([[{}, {theme: null, lock: "source"}], [{}, {lock: null}], [{r: 3}]]);
  // An unhandled rejection would fail this file.
  await new Promise((resolve) => setTimeout(resolve));
});

test("a host whose model throws when it saves or removes a listener, as in MyST, gets states and can remove the view", async () => {
  const refuse = () => {
    throw new Error("not implemented yet");
  };
  const {shared, remove} = await viewed({name: "rank"}, {save_changes: refuse, off: refuse});
  const [element] = made as [FakeElement];
  Object.assign(element, {state: {r: 4}, summary: "Rank 4."});
  // dispatchEvent does not throw what a listener throws; it would be an uncaught error of the host's page.
  const thrown = vi.fn();
  process.once("uncaughtException", thrown);
  element.dispatchEvent(new Event("lora-ready"));
  await new Promise((resolve) => setTimeout(resolve));
  process.off("uncaughtException", thrown);
  expect(thrown).not.toHaveBeenCalled();
  expect(shared).toHaveLength(2);
  remove();
  expect(element.isRemoved).toBe(true);
});
