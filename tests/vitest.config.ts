import {defineConfig} from "vitest/config";
import {BaseSequencer, type TestSpecification} from "vitest/node";

/** Runs the longest files first. Without times of a former run Vitest takes the largest for these, and they are the smallest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({moduleId}: TestSpecification) => /\/(registry\w*|lab|intrinsic|scaling)\.test\.ts$/.test(moduleId);
    return (await super.sort(files)).sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
  }
}

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["tests/**/*.test.ts"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: {sequencer: LongestFirst},
    // Its default leaves a core to the one who watches; here nobody does.
    maxWorkers: "100%",
  },
});
