// The plugin for bundlers: in a page's modules, the URL of a port becomes the URL of the program compiled from it.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { BuildOptions } from "esbuild";
import MagicString from "magic-string";
import { createUnplugin } from "unplugin";
import { type Include, portCalls } from "./calls";
import { compileForWeb, type WebFile } from "./web";

export interface PluginOptions {
  /**
   * Ports besides those that `run(new URL("./port.ts", import.meta.url))` names and those that begin with
   * `"use pythreads"`: the end of a file's path, or an expression that it matches.
   */
  include?: string | RegExp | Include;
}

/** Folder of the compiled programs in the output. */
const FOLDER = "pythreads/";
const DEV_PATH = "@pythreads/";

interface PluginContext {
  warn(text: string): void;
  emitFile(chunk: { type: "chunk"; id: string }): unknown;
}

const TARGETS = /\btargets\(\s*import\.meta\.url\b/;

/** webpack's PROCESS_ASSETS_STAGE_ADDITIONS. */
const BEFORE_MINIFIERS = -100;

/** Without them a page has no shared memory. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const TYPES: Record<string, string> = { wasm: "application/wasm", map: "application/json" };

export const plugin = createUnplugin<PluginOptions | undefined>(({ include = [] } = {}, { framework }) => {
  const included: Include = Array.isArray(include) ? include : [include];
  /** What has been emitted, or in Vite's dev server is to be served, by name. */
  const files = new Map<string, WebFile>();
  /** In Vite's dev server, the path under which the files are served. */
  let served: string | undefined;
  let minify = framework !== "vite";
  let esbuild: BuildOptions = {};

  return {
    name: "pythreads",
    enforce: "pre",
    transform: {
      filter: { id: /\.(?:[mc]?[jt]sx?|vue|svelte|astro|html)(?:\?.*)?$/, code: /import\.meta\.url/ },
      async handler(code, id) {
        const module = id.replace(/\?.*$/, "");
        if (TARGETS.test(code) && !/[\\/]node_modules[\\/]/.test(module)) own(this as unknown as PluginContext, module);
        const calls = portCalls(code, module, included);
        if (calls.length === 0) return undefined;
        const text = new MagicString(code);
        for (const { start, end, file } of calls) {
          const program = await compileForWeb(file, { minify });
          for (const warning of program.warnings) console.warn(warning);
          for (const port of program.ports) this.addWatchFile(port);
          const references = new Map<string, string>();
          for (const item of program.files) {
            if (files.has(item.name) && item.name !== program.entry) continue;
            files.set(item.name, item);
            if (served !== undefined || framework === "esbuild") continue;
            const source = item.contents as string;
            const emitted = this.emitFile({ type: "asset", fileName: FOLDER + item.name, source }) as unknown;
            references.set(item.name, String(emitted));
          }
          text.update(start, end, place(program.entry, references.get(program.entry)));
        }
        return { code: text.toString(), map: text.generateMap({ source: module, hires: "boundary" }) };
      },
    },

    vite: {
      config: () => ({ server: { headers: ISOLATION }, preview: { headers: ISOLATION } }),
      configResolved({ command, base }) {
        minify = command === "build";
        served = command === "serve" ? `${base}${DEV_PATH}` : undefined;
      },
      configureServer({ middlewares }) {
        middlewares.use((request, response, next) => {
          const path = request.url?.replace(/\?.*$/, "") ?? "";
          const at = path.indexOf(`/${DEV_PATH}`);
          const file = at < 0 ? undefined : files.get(path.slice(at + DEV_PATH.length + 1));
          if (!file) return next();
          for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
          response.setHeader("Content-Type", TYPES[file.name.split(".").at(-1)!] ?? "text/javascript");
          response.setHeader("Cache-Control", "max-age=31536000, immutable");
          response.end(file.contents);
        });
      },
    },

    webpack(compiler) {
      // A program that was minified once more would not fit its source map.
      compiler.hooks.compilation.tap("pythreads", (compilation) => {
        const settle = () => {
          for (const name of Object.keys(compilation.assets)) {
            if (!name.startsWith(FOLDER)) continue;
            compilation.updateAsset(
              name,
              (source) => source,
              (info) => ({ ...info, minimized: true }),
            );
          }
        };
        compilation.hooks.processAssets.tap({ name: "pythreads", stage: BEFORE_MINIFIERS }, settle);
      });
    },

    esbuild: {
      setup(build) {
        esbuild = build.initialOptions;
        minify = esbuild.minify === true;
        build.onEnd(() => write(esbuild, files));
      },
    },
  };

  /** Puts a module of targets in a chunk in which nothing of the page is, for threads to load. */
  function own(context: PluginContext, module: string): void {
    if (served !== undefined || framework === "esbuild") return; // each has its own address, or is for the user to name
    if (framework === "webpack" || framework === "rspack") {
      context.warn(
        `${module}: with webpack modules have no address, by which threads could load targets: write a port`,
      );
    } else context.emitFile({ type: "chunk", id: module });
  }

  /** An expression for the URL of an emitted file. */
  function place(name: string, reference: string | undefined): string {
    if (served !== undefined) return JSON.stringify(served + name);
    const path = JSON.stringify(FOLDER + name);
    if (framework === "esbuild") return besideScript(FOLDER + name, esbuild);
    if (framework === "webpack" || framework === "rspack")
      return `new URL(__webpack_public_path__ + ${path}, document.baseURI)`;
    return `import.meta.ROLLUP_FILE_URL_${reference}`;
  }
});

/** esbuild has no word for an emitted file's URL: it is beside the page's own script, or where the public path says. */
function besideScript(path: string, { publicPath, format }: BuildOptions): string {
  if (publicPath !== undefined) {
    return `new URL(${JSON.stringify(publicPath.replace(/\/?$/, "/") + path)}, document.baseURI)`;
  }
  const here = format === "esm" ? "import.meta.url" : "(document.currentScript?.src ?? document.baseURI)";
  return `new URL(${JSON.stringify(`./${path}`)}, ${here})`;
}

function write(options: BuildOptions, files: Map<string, WebFile>): void {
  const { absWorkingDir = process.cwd(), outdir, outfile } = options;
  const folder = join(resolve(absWorkingDir, outdir ?? (outfile ? dirname(outfile) : ".")), FOLDER);
  if (files.size > 0) mkdirSync(folder, { recursive: true });
  for (const { name, contents } of files.values()) writeFileSync(join(folder, name), contents);
}
