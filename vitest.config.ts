import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts", "compat-tests/*.test.ts"],
    // Two cores: more files at a time would only make the timings of the threads under test worse.
    maxWorkers: 2,
    // Of a test that hangs: a busy machine has been seen to take ten times as long as an idle one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
