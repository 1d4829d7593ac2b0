import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startTextWorker} from "../../../src/embed/bundles/textWorker.ts";

const revoked: string[] = [];
beforeEach(() => {
  revoked.length = 0;
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:one");
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((address) => void revoked.push(address));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each(["message", "error"])(
  "the address of a worker from text is revoked at its first %s, and not before",
  (type) => {
    vi.stubGlobal("Worker", class extends EventTarget {});
    const worker = startTextWorker("postMessage(1)");
    expect(revoked).toEqual([]);
    worker.dispatchEvent(new Event(type));
    expect(revoked).toEqual(["blob:one"]);
  },
);

test("the address is revoked at once if no worker may start", () => {
  const refused = class {
    constructor() {
      throw new Error("refused");
    }
  };
  vi.stubGlobal("Worker", refused);
  expect(() => startTextWorker("")).toThrow("refused");
  expect(revoked).toEqual(["blob:one"]);
});
