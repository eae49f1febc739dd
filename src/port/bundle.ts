// From an entry file to the one file that every worker of the program loads.
import { dirname, join, parse, resolve } from "node:path";
import { type BuildFailure, type BuildOptions, type BuildResult, build, type Message } from "esbuild";
import { offsetOf, PortError } from "./errors";
import { checkLinks } from "./links";
import { ENTRY, NAMESPACE, Ports } from "./plugin";

export interface BundleOptions {
  /** The file behind a specifier `pythreads` or `pythreads/…`. */
  resolvePackage(specifier: string): string | undefined;
  platform: "node" | "browser";
  /**
   * Specifier of the module that goes first. It is evaluated before any port, and exports `start(load)`, which calls
   * `load` to evaluate the program; in an ESM bundle `load` gives a promise.
   */
  bootstrap: string;
  minify?: boolean;
}

export interface BundledModule {
  /** Its number at run time; the entry's is 0. */
  id: number;
  file: string;
  /** Names of its slots, in order. */
  names: string[];
}

export interface Bundle {
  code: string;
  /** JSON; `sources` are absolute paths. */
  map: string;
  /** ESM if a port awaits at top level, else a script: CommonJS for Node, a self-contained function for browsers. */
  format: "cjs" | "iife" | "esm";
  /** Ordered by id, which is their index. */
  modules: BundledModule[];
  warnings: string[];
}

/**
 * Compiles a port and all it imports into one file.
 *
 * @throws PortError what is wrong, with its place in the port
 */
export async function bundlePort(entry: string, options: BundleOptions): Promise<Bundle> {
  const file = resolve(entry);
  const { resolvePackage, minify } = options;
  const ports = new Ports({ entry: file, resolvePackage, keepNames: minify });
  const script = options.platform === "node" ? "cjs" : "iife";
  let format: Bundle["format"] = script;
  let result: BuildResult;
  try {
    const building = build(buildOptions(file, ports, options, format));
    ports.read(file); // while esbuild's process starts
    result = await building.catch((failure) => {
      if (!awaits(ports)) throw failure;
      format = "esm";
      return build(buildOptions(file, ports, options, format));
    });
  } catch (failure) {
    throw asPortError(failure as BuildFailure, ports);
  }
  checkLinks(ports.files);
  const [map, code] = result.outputFiles!;
  const modules = [...ports.files].map(([file, { id, names }]) => ({ id, file, names }));
  return {
    code: code!.text,
    map: withAbsoluteSources(map!.text, dirname(map!.path)),
    format,
    modules: modules.sort((a, b) => a.id - b.id),
    warnings: result.warnings.map(describe),
  };
}

/** A script cannot await at top level. */
function awaits(ports: Ports): boolean {
  return [...ports.files.values()].some(({ hasTopLevelAwait }) => hasTopLevelAwait);
}

function bannerOf(format: Bundle["format"], platform: "node" | "browser"): string {
  // Ports are modules, and modules are strict: in a script a write to what is frozen would be lost in silence.
  if (format !== "esm") return '"use strict";';
  // A CommonJS package within an ES module needs a `require` for Node's own modules.
  return platform === "node" ? REQUIRE : "";
}

function buildOptions(entry: string, ports: Ports, options: BundleOptions, format: Bundle["format"]): BuildOptions {
  const { bootstrap, platform, minify = false, resolvePackage } = options;
  // Loading the ports lazily lets the bootstrap go first, and see their errors.
  const load = format === "esm" ? "import" : "require";
  const contents = [
    `import { start } from ${JSON.stringify(resolvePackage(bootstrap) ?? bootstrap)};`,
    `start(() => ${load}(${JSON.stringify(ENTRY)}));`,
  ];
  return {
    stdin: { contents: contents.join("\n"), resolveDir: dirname(entry), sourcefile: "pythreads-start" },
    absWorkingDir: parse(entry).root,
    outfile: join(parse(entry).root, "program.js"),
    plugins: [ports.plugin()],
    bundle: true,
    write: false,
    format,
    platform,
    target: platform === "node" ? "node20" : "es2022",
    sourcemap: "external",
    minify,
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    // Our own chunks import one another for their order alone; what is not used is left out.
    logOverride: { "ignored-bare-import": "silent" },
    loader: { ".wasm": "binary" },
    // A field that was defined after the object had been shared would hide the attribute that all threads see.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    banner: { js: bannerOf(format, platform) },
  };
}

const REQUIRE =
  'import { createRequire as $createRequire } from "node:module"; const require = $createRequire(process.cwd() + "/");';

function withAbsoluteSources(json: string, folder: string): string {
  const map = JSON.parse(json) as { sources: string[] };
  map.sources = map.sources.map((source) => resolve(folder, source));
  return JSON.stringify(map);
}

/** What esbuild found, in the words and at the place of the port. */
function asPortError(failure: BuildFailure, ports: Ports): unknown {
  const errors = failure.errors ?? [];
  const own = errors.find(({ detail }) => detail instanceof PortError);
  if (own) return own.detail;
  for (const { text, location } of errors) {
    const file = location?.file.replace(`${NAMESPACE}:`, "") ?? "";
    const port = ports.files.get(file)?.port;
    if (!location || !port) continue;
    // Every statement is still on its line; columns are the compiled text's, so the name is looked for.
    const line = port.source.split("\n")[location.line - 1] ?? "";
    const found = location.lineText.slice(location.column, location.column + location.length);
    const column = Math.max(0, line.indexOf(found)) + 1;
    return new PortError(text, { file, source: port.source, offset: offsetOf(port.source, location.line, column) });
  }
  return failure;
}

function describe({ text, location }: Message): string {
  return location ? `${location.file.replace(`${NAMESPACE}:`, "")}:${location.line}: ${text}` : text;
}
