// How esbuild meets ports: they live in a namespace of their own, so that nothing else is asked for them.
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { OnLoadResult, Plugin, PluginBuild } from "esbuild";
import { RELATIVE, relativeSpecifiers } from "./imports";
import type { Absent } from "./module_names";
import { type Port, parsePort } from "./port";
import { type CompiledPort, transform } from "./transform";

/** The specifier by which the bundle's first module calls the program's entry file. */
export const ENTRY = "port:entry";
export const NAMESPACE = "port";

const PORT_FILE = /^(?!.*[\\/]node_modules[\\/]).*(?<!\.d)\.(?:[mc]?ts|tsx|m?js)$/;

export interface LoadedPort extends CompiledPort {
  id: number;
  port: Port;
  /** By specifier, the file of each port that this one imports. */
  imports: Map<string, string>;
}

export interface PortPluginOptions {
  entry: string;
  resolvePackage(specifier: string): string | undefined;
  /** Names of functions and classes are what programs print and tracebacks tell: they outlast a minifier. */
  keepNames?: boolean;
}

/** The ports that were met, by file. They are read and compiled once, however often the program is bundled. */
export class Ports {
  readonly files = new Map<string, LoadedPort>();
  private readonly ids = new Map<string, number>();
  private readonly reading = new Map<string, Promise<Port>>();
  private absent: Absent | undefined;

  constructor(private readonly options: PortPluginOptions) {
    this.idOf(options.entry);
  }

  /** Reads a port, which can begin before esbuild asks for it. */
  read(file: string): Promise<Port> {
    const known = this.reading.get(file);
    if (known) return known;
    const port = readFile(file, "utf8").then((source) => parsePort(file, source));
    port.catch(() => {}); // told to whoever asks
    this.reading.set(file, port);
    return port;
  }

  /** Has all of them compiled anew, with what has been found to be missing in modules of the library. */
  again(absent: Absent): void {
    this.absent = absent;
    this.files.clear();
    this.reading.clear();
  }

  plugin(): Plugin {
    return { name: "pythreads-ports", setup: (build) => this.setup(build) };
  }

  private setup(build: PluginBuild): void {
    const { entry, resolvePackage } = this.options;
    build.onResolve({ filter: /^port:entry$/ }, () => ({ path: entry, namespace: NAMESPACE, sideEffects: true }));
    build.onResolve({ filter: /^pythreads(?:\/|$)/ }, ({ path }) => {
      const file = resolvePackage(path);
      return file ? { path: file, external: true } : undefined;
    });
    build.onResolve({ filter: RELATIVE, namespace: NAMESPACE }, ({ path, kind, importer, resolveDir }) => {
      const file = this.files.get(importer)?.imports.get(path);
      if (file) return { path: file, namespace: NAMESPACE, sideEffects: true };
      return build.resolve(path, { kind, importer, resolveDir, namespace: "file" });
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => this.load(build, path));
  }

  private async load(build: PluginBuild, file: string): Promise<OnLoadResult> {
    const resolveDir = dirname(file);
    const loaded = this.files.get(file) ?? (await this.compile(build, file, resolveDir));
    const contents = `${loaded.code}\n//# sourceMappingURL=${loaded.map.toUrl()}`;
    // JavaScript too, since only TypeScript's fields can be assignments.
    if (!this.options.keepNames) return { contents, loader: "ts", resolveDir };
    const { tsconfigRaw } = build.initialOptions;
    const { code } = await build.esbuild.transform(contents, {
      loader: "ts",
      keepNames: true,
      target: "es2022",
      sourcefile: file,
      sourcemap: "inline",
      tsconfigRaw,
    });
    return { contents: code, loader: "js", resolveDir };
  }

  private async compile(build: PluginBuild, file: string, resolveDir: string): Promise<LoadedPort> {
    const port = await this.read(file);
    const imports = new Map<string, string>();
    const find = async (specifier: string) => {
      const found = await build.resolve(specifier, {
        kind: "import-statement",
        importer: file,
        resolveDir,
        namespace: "file",
      });
      if (found.namespace === "file" && PORT_FILE.test(found.path)) imports.set(specifier, found.path);
    };
    await Promise.all(relativeSpecifiers(port).map(find));
    const id = this.idOf(file);
    const { absent } = this;
    const compiled = transform(port, { id, isPort: (specifier) => imports.has(specifier), absent });
    const loaded = { ...compiled, id, port, imports };
    this.files.set(file, loaded);
    return loaded;
  }

  private idOf(file: string): number {
    const id = this.ids.get(file) ?? this.ids.size;
    this.ids.set(file, id);
    return id;
  }
}
