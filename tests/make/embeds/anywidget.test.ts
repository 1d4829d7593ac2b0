import {afterEach, beforeEach, expect, test, vi} from "vitest";

vi.mock("../../../src/make/embeds/element-entry.ts", () => ({}));

/** An element that has not started: it has no state, and notes what it is told. */
class FakeElement extends EventTarget {
  name = "";
  state: object | undefined;
  summary: string | undefined;
  isRemoved = false;
  said: unknown[][] = [];
  setAttribute() {}
  remove() {
    this.isRemoved = true;
  }
  async set(...said: unknown[]) {
    this.said.push(said);
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

/** A model that is viewed, and what its view did to it. */
async function viewed(values: Record<string, unknown>, more: object = {}) {
  const {default: view} = await import("../../../src/make/embeds/anywidget-entry.ts");
  const ears = new Map<string, () => void>();
  const shared: [string, unknown][] = [];
  const model = {
    get: (key: string) => values[key],
    set: (key: string, value: unknown) => void shared.push([key, value]),
    on: (event: string, ear: () => void) => void ears.set(event, ear),
    off: (event: string) => void ears.delete(event),
    ...more,
  };
  const away = view.render({model, el: {append() {}} as unknown as HTMLElement});
  const set = (key: string, value: unknown) => {
    values[key] = value;
    ears.get(`change:${key}`)?.();
  };
  return {shared, away, set};
}

test("an element that is gone shares nothing, whatever becomes of its start", async () => {
  const {shared, away, set} = await viewed({name: "rank"});
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
  away();
  now.dispatchEvent(new Event("lora-ready"));
  expect([now.isRemoved, shared]).toEqual([true, []]);
});

test("options that the kernel takes away are asked for no longer, and a figure that cannot start rejects to nobody", async () => {
  const {set} = await viewed({name: "rank", options: {theme: "dark", lock: "r"}});
  set("options", {lock: "source"});
  set("options", {});
  set("state", {r: 3});
  expect(made[0]?.said).toEqual([[{}, {theme: null, lock: "source"}], [{}, {lock: null}], [{r: 3}]]);
  // A rejection that nobody hears would fail this file.
  await new Promise((resolve) => setTimeout(resolve));
});

test("a host whose model can neither save nor be left, as MyST's, has a figure that shares and goes away", async () => {
  const refuse = () => {
    throw new Error("not implemented yet");
  };
  const {shared, away} = await viewed({name: "rank"}, {save_changes: refuse, off: refuse});
  const [element] = made as [FakeElement];
  Object.assign(element, {state: {r: 4}, summary: "Rank 4."});
  // What a listener throws, an event's dispatch does not: it would be an error of the host's page.
  const thrown = vi.fn();
  process.once("uncaughtException", thrown);
  element.dispatchEvent(new Event("lora-ready"));
  await new Promise((resolve) => setTimeout(resolve));
  process.off("uncaughtException", thrown);
  expect(thrown).not.toHaveBeenCalled();
  expect(shared).toHaveLength(2);
  away();
  expect(element.isRemoved).toBe(true);
});
