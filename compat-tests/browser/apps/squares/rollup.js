import { copyFile } from "node:fs/promises";
import resolve from "@rollup/plugin-node-resolve";
import pythreads from "pythreads/rollup";
import { rollup } from "rollup";

const bundle = await rollup({
  input: "main.js",
  plugins: [pythreads(), resolve({ browser: true })],
});
await bundle.write({ dir: "dist/rollup", format: "esm" });
await bundle.close();
await copyFile("index.html", "dist/rollup/index.html");
