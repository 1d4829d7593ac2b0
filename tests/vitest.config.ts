import {defineConfig} from "vitest/config";
import {BaseSequencer, type TestSpecification} from "vitest/node";
import {isAll} from "./third.ts";

/** Files that take longest, longest first. In a fresh clone Vitest has no times of a former run to go by. */
const LONG = [
  "promises/registryRuns",
  "promises/registryLab",
  "promises/registryInside",
  "promises/registry",
  "intrinsic",
  "lab",
  "lab/takeHome",
  "adaptation.runs",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({moduleId}: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["tests/**/*.test.ts"],
    // What only a release needs: packages as they are published, and the making of a version.
    exclude: isAll ? [] : ["tests/**/*.release.test.ts"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: {sequencer: LongestFirst},
    // Its default leaves a core to the one who watches; here nobody does.
    maxWorkers: "100%",
    // Files share a process and what it has loaded and trained.
    isolate: false,
    setupFiles: ["tests/lightNodes.ts", "tests/putBack.ts"],
  },
});
