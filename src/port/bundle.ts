// From an entry file to the one file that every worker of the program loads.
//
// In two steps: the ports first, with the packages they use, then those with the library. The ports' bodies are to run when the
// bootstrap says so, and what esbuild makes callable so it makes of whatever the module imports too: in one step each module of the
// library would become a function of its own, which is a tenth more to load.
import { dirname, join, parse, resolve } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type BuildFailure, type BuildOptions, type BuildResult, build, type Message, type Plugin } from "esbuild";
import { findAbsent } from "./absent";
import { offsetOf, PortError } from "./errors";
import type { NamedRange } from "./frames";
import { functionNames } from "./function_names";
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
  /** Names of the kernel's functions, which a minified program has under shorter ones. */
  kernelNames?: readonly string[];
}

export interface BundledModule {
  /** Its number at run time; the entry's is 0. */
  id: number;
  file: string;
  /** Names of its slots, in order. */
  names: string[];
  /** Its functions by where they stand. */
  functions(): NamedRange[];
}

export interface Bundle {
  code: string;
  /** JSON; `sources` are absolute paths. */
  map: string;
  /** ESM if a port awaits at top level, else a script: CommonJS for Node, a self-contained function for browsers. */
  format: "cjs" | "iife" | "esm";
  /** Ordered by id, which is their index. */
  modules: BundledModule[];
  /** What functions of the kernel are called in it, where that is not their own name. */
  shortNames: Record<string, string>;
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
  try {
    const building = bundleOwn(file, ports, options, "require");
    ports.read(file); // while esbuild's process starts
    let own = await building.catch((failure) => {
      if (!awaits(ports)) throw failure;
    });
    if (!own || awaits(ports)) {
      format = "esm";
      own = await bundleOwn(file, ports, options, "import");
    }
    const shortNames = () => (minify ? namesBeside(own!.code, options.kernelNames ?? []) : {});
    let program = await joinLibrary(file, own, options, { format, ...shortened(shortNames()) });
    const absent = await findAbsent(program.warnings, ports, options);
    if (absent.size > 0) {
      ports.again(absent);
      const { warnings } = program;
      own = await bundleOwn(file, ports, options, format === "esm" ? "import" : "require");
      program = { ...(await joinLibrary(file, own, options, { format, ...shortened(shortNames()) })), warnings };
    }
    checkLinks(ports.files);
    const modules = [...ports.files].map(([file, { id, names, port }]) => ({
      id,
      file,
      names,
      functions: () => functionNames(port),
    }));
    return {
      code: program.code,
      map: program.map,
      format,
      modules: modules.sort((a, b) => a.id - b.id),
      shortNames: shortNames(),
      warnings: [...own.warnings, ...program.warnings].map(describe),
    };
  } catch (failure) {
    throw asPortError(failure as BuildFailure, ports);
  }
}

/** A script cannot await at top level. */
function awaits(ports: Ports): boolean {
  return [...ports.files.values()].some(({ hasTopLevelAwait }) => hasTopLevelAwait);
}

interface Part {
  code: string;
  map: string;
  warnings: Message[];
}

/** The ports and the packages they use as one module, which imports the library and exports `load`. */
function bundleOwn(entry: string, ports: Ports, options: BundleOptions, how: "require" | "import"): Promise<Part> {
  // Loading the ports lazily lets the bootstrap go first, and see their errors.
  const contents = `export const load = () => ${how}(${JSON.stringify(ENTRY)});`;
  // Not minified: so stacks name the bodies of modules, and what follows makes all of it small.
  return bundle(entry, contents, options, { plugins: [ports.plugin()], format: "esm" });
}

/** Puts the bootstrap in front of that, and the library under it. */
async function joinLibrary(entry: string, own: Part, options: BundleOptions, how: BuildOptions): Promise<Part> {
  const { bootstrap, platform, minify, resolvePackage } = options;
  const contents = [
    `import { start } from ${JSON.stringify(resolvePackage(bootstrap) ?? bootstrap)};`,
    `import { load } from ${JSON.stringify(OWN)};`,
    "start(load);",
  ];
  const place = placeBy(own.map);
  try {
    const program = await bundle(entry, contents.join("\n"), options, {
      plugins: [ownModule(own, dirname(entry))],
      ...how,
      minify,
      banner: { js: bannerOf(how.format as Bundle["format"], platform) },
    });
    return { ...program, warnings: program.warnings.map(place) };
  } catch (failure) {
    const { errors } = failure as BuildFailure;
    throw errors ? Object.assign(failure as BuildFailure, { errors: errors.map(place) }) : failure;
  }
}

/** Short names for those of the kernel's functions that are no words of the program's own, whose properties keep their names. */
function namesBeside(code: string, names: readonly string[]): Record<string, string> {
  const words = new Set(code.match(/\w+/g));
  const free = names.filter((name) => name.includes("_") && !words.has(name));
  return Object.fromEntries(free.map((name, i) => [name, `$${i.toString(36)}`]));
}

function shortened(names: Record<string, string>): BuildOptions {
  const long = Object.keys(names);
  return long.length > 0 ? { mangleProps: new RegExp(`^(?:${long.join("|")})$`), mangleCache: names } : {};
}

/** The specifier of what `bundleOwn` has made. */
const OWN = "port:own";

function ownModule({ code, map }: Part, resolveDir: string): Plugin {
  const url = `data:application/json;base64,${Buffer.from(map).toString("base64")}`;
  // In two pieces, so that tools do not take it for this file's own.
  const contents = [code, "//#", ` sourceMappingURL=${url}`].join("");
  return {
    name: "pythreads-own",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^port:own$/ }, ({ path }) => ({ path, namespace: OWN }));
      onLoad({ filter: /.*/, namespace: OWN }, () => ({ contents, loader: "js", resolveDir }));
    },
  };
}

/** Gives messages about the first step's code their places in the ports. */
function placeBy(map: string): (message: Message) => Message {
  let trace: TraceMap | undefined;
  return (message) => {
    if (!message.location?.file.startsWith(`${OWN}:`)) return message;
    trace ??= new TraceMap(map);
    const { line, column } = message.location;
    const found = originalPositionFor(trace, { line, column });
    if (found.source === null) return { ...message, location: null };
    return { ...message, location: { ...message.location, file: found.source, line: found.line } };
  };
}

async function bundle(entry: string, contents: string, options: BundleOptions, more: BuildOptions): Promise<Part> {
  const { root } = parse(entry);
  const { outputFiles, warnings }: BuildResult = await build({
    stdin: { contents, resolveDir: dirname(entry), sourcefile: "pythreads-start" },
    absWorkingDir: root,
    outfile: join(root, "program.js"),
    bundle: true,
    write: false,
    platform: options.platform,
    target: options.platform === "node" ? "node20" : "es2022",
    sourcemap: "external",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    // Our own chunks import one another for their order alone; what is not used is left out.
    logOverride: { "ignored-bare-import": "silent" },
    loader: { ".wasm": "binary" },
    // A field that was defined after the object had been shared would hide the attribute that all threads see.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    ...more,
  });
  const [map, code] = outputFiles!;
  return { code: code!.text, map: withAbsoluteSources(map!.text, root), warnings };
}

function bannerOf(format: Bundle["format"], platform: "node" | "browser"): string {
  // Ports are modules, and modules are strict: in a script a write to what is frozen would be lost in silence.
  if (format !== "esm") return '"use strict";';
  // A CommonJS package within an ES module needs a `require` for Node's own modules.
  return platform === "node" ? REQUIRE : "";
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
