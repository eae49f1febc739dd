import { copyFileSync } from "node:fs";
import { resolve } from "node:path";
import pythreads from "pythreads/webpack";
import webpack from "webpack";

const compiler = webpack({
  mode: "production",
  entry: "./main.js",
  output: { path: resolve("dist/webpack"), filename: "main.js", publicPath: "" },
  plugins: [pythreads()],
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString("errors-only"));
    process.exitCode = 1;
  } else copyFileSync("index.html", "dist/webpack/index.html");
  compiler.close(() => {});
});
