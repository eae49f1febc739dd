import { copyFileSync } from "node:fs";
import { defineConfig } from "tsup";

export default defineConfig({
  // Each key is the public path below `pythreads/`, and the file of that name in dist.
  entry: {
    index: "src/index.ts",
    cli: "src/cli.ts",
    builtins: "src/builtins/index.ts",
    queue: "src/queue.ts",
    random: "src/random.ts",
    sys: "src/sys.ts",
    threading: "src/threading.ts",
    time: "src/time.ts",
    _thread: "src/_thread.ts",
    atexit: "src/atexit.ts",
    "internal/library": "src/library.ts",
    "internal/port": "src/runtime/modules.ts",
    "internal/program": "src/runtime/program.ts",
    "platform/node": "src/platform/node.ts",
    "platform/node-supervisor": "src/platform/node-supervisor.ts",
  },
  format: "esm",
  target: "es2022",
  platform: "neutral",
  splitting: true,
  clean: true,
  external: [/^node:/, /^#platform/, "esbuild", "oxc-parser", "magic-string", "@jridgewell/trace-mapping"],
  async onSuccess() {
    copyFileSync("build/kernel.wasm", "dist/platform/kernel.wasm");
  },
});
