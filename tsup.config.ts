import { copyFileSync } from "node:fs";
import { build } from "esbuild";
import { defineConfig } from "tsup";

export default defineConfig({
  // Each key is the public path below `pythreads/`, and the file of that name in dist.
  entry: {
    index: "src/index.ts",
    cli: "src/cli.ts",
    builtins: "src/builtins/index.ts",
    multiprocessing: "src/multiprocessing.ts",
    queue: "src/queue.ts",
    random: "src/random.ts",
    sys: "src/sys.ts",
    threading: "src/threading.ts",
    time: "src/time.ts",
    _thread: "src/_thread.ts",
    atexit: "src/atexit.ts",
    contextlib: "src/contextlib.ts",
    "internal/library": "src/library.ts",
    "internal/port": "src/runtime/port/index.ts",
    "internal/program": "src/runtime/program.ts",
    "internal/web": "src/web/worker.ts",
    "index.browser": "src/index.browser.ts",
    "internal/web-program": "src/port/web.ts",
    vite: "src/vite.ts",
    esbuild: "src/esbuild.ts",
    rollup: "src/rollup.ts",
    webpack: "src/webpack.ts",
    coi: "src/web/coi.ts",
    "coi-worker": "src/web/coi-worker.ts",
    "internal/waiters": "src/threading/waiters.ts",
    "platform/node": "src/platform/node.ts",
    "platform/node-supervisor": "src/platform/node-supervisor.ts",
    "platform/browser": "src/platform/browser.ts",
    "platform/browser-supervisor": "src/platform/browser-supervisor.ts",
  },
  format: "esm",
  target: "es2022",
  platform: "neutral",
  splitting: true,
  clean: true,
  external: [/^node:/, /^#platform/, "esbuild", "oxc-parser", "magic-string", "unplugin", "@jridgewell/trace-mapping"],
  async onSuccess() {
    copyFileSync("build/kernel.wasm", "dist/platform/kernel.wasm");
    // Loaded by a page's supervisor when the first traceback is printed: one file, whatever is in it.
    await build({
      entryPoints: ["src/port/frames.ts"],
      outfile: "dist/web/frames.js",
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
    });
  },
});
