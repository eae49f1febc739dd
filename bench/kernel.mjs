// Bundles and runs bench/kernel.ts. The bundle stands where its way to build/kernel.wasm is the sources' own.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const outfile = path("../build/bench/kernel.mjs");
await build({ entryPoints: [path("kernel.ts")], outfile, bundle: true, platform: "node", format: "esm" });
const { status } = spawnSync(process.execPath, [outfile, `--python=${path("kernel.py")}`, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
