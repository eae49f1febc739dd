import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { defineConfig } from "tsup";

const SRC = fileURLToPath(new URL("./src", import.meta.url));

/** Each module of src is a file of its own in dist, at its own path: so a bundler drops those of which nothing is used. */
const oneFileEach: Plugin = {
  name: "one-file-each",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind }) => {
      const file = resolve(resolveDir, path);
      // The constants of the kernel and of process records are written into the text that uses them.
      const isConstants = relative(SRC, file).startsWith("..") || file.endsWith("/process_words");
      if (kind === "entry-point" || isConstants) return undefined;
      const found = [".ts", "/index.ts"].find((end) => existsSync(file + end));
      return found ? { path: path + found.replace(".ts", ".js"), external: true } : undefined;
    });
  },
};

/** The modules as plain Node programs and pages import them: with what begins a program of their own. */
function writePlainModules(): void {
  const modules = readdirSync("dist", { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  const isPublic = (file: string) =>
    file.endsWith(".js") && !/^(plain|types|kernel|platform|port|runtime|web)\//.test(file);
  for (const file of modules.filter(isPublic)) {
    const up = "../".repeat(file.split("/").length);
    mkdirSync(dirname(`dist/plain/${file}`), { recursive: true });
    writeFileSync(`dist/plain/${file}`, `import "${up}host.js";\nexport * from "${up}${file}";\n`);
  }
}

export default defineConfig({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "es2022",
  platform: "neutral",
  splitting: false,
  clean: true,
  external: [/^node:/, /^#platform/, "esbuild", "oxc-parser", "magic-string", "unplugin", "@jridgewell/trace-mapping"],
  loader: { ".wasm": "binary" },
  esbuildPlugins: [oneFileEach],
  async onSuccess() {
    copyFileSync("build/kernel.wasm", "dist/platform/kernel.wasm");
    writePlainModules();
    // Loaded by a page's supervisor when the first traceback is printed: one file, whatever is in it.
    await build({
      entryPoints: ["src/port/frames.ts"],
      outfile: "dist/web/traceback.js",
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
    });
  },
});
