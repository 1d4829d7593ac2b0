/** Files of tests share a process: at the end of each, what it put in place of clocks, globals and functions is put back. */
import {afterAll, vi} from "vitest";

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
