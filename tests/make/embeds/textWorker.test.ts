import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {textWorker} from "../../../src/make/embeds/textWorker.ts";

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

test.each(["message", "error"])("its address is given up at its first %s, and not before", (type) => {
  vi.stubGlobal("Worker", class extends EventTarget {});
  const worker = textWorker(["postMessage(1)"]);
  expect(revoked).toEqual([]);
  worker.dispatchEvent(new Event(type));
  expect(revoked).toEqual(["blob:one"]);
});

test("where none may start, it is given up at once", () => {
  const refused = class {
    constructor() {
      throw new Error("refused");
    }
  };
  vi.stubGlobal("Worker", refused);
  expect(() => textWorker([])).toThrow("refused");
  expect(revoked).toEqual(["blob:one"]);
});
