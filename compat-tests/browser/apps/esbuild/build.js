import { copyFile } from "node:fs/promises";
import { build } from "esbuild";
import pythreads from "pythreads/esbuild";

await build({
  entryPoints: ["main.ts"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  plugins: [pythreads()],
});
await copyFile("index.html", "dist/index.html");
// For servers that set no headers.
await copyFile(new URL(import.meta.resolve("pythreads/coi-worker")), "dist/coi-worker.js");
