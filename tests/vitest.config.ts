import {defineConfig} from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["tests/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Its default leaves a core to the one who watches; here nobody does.
    maxWorkers: "100%",
  },
});
