// A port as the files that a page's workers load: the program, its source map, the kernel, the reader of source maps.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import type { Manifest } from "../web/protocol";
import { type Bundle, bundlePort } from "./bundle";
import type { NamedRange } from "./frames";
import { kernelNames, trimKernel } from "./kernel";
import { HOME, resolvePackage } from "./program";

export interface WebFile {
  name: string;
  contents: string | Uint8Array;
}

export interface WebProgram {
  /** Name of the program file: a classic script, or `.mjs` if it is a module. */
  entry: string;
  /** The program file and what it loads, to be served from one folder. */
  files: WebFile[];
  /** The ports it was made of, to be watched. */
  ports: string[];
  warnings: string[];
}

/**
 * Compiles the port `file` and what it imports for a page's workers.
 *
 * @throws PortError what is wrong, with its place in the port
 */
export async function compileForWeb(file: string, options: { minify?: boolean } = {}): Promise<WebProgram> {
  const [whole, reader] = await Promise.all([
    readFile(new URL("./platform/kernel.wasm", HOME)),
    readFile(new URL("./web/traceback.js", HOME)),
  ]);
  const bundle = await bundlePort(file, {
    resolvePackage,
    platform: "browser",
    bootstrap: "pythreads/internal/web",
    kernelNames: kernelNames(whole),
    ...options,
  });
  const wholeKernel = named("kernel", ".wasm", whole);
  const kernel = options.minify
    ? named("kernel", ".wasm", trimKernel(whole, bundle.code, bundle.shortNames))
    : wholeKernel;
  const frames = named("frames", ".js", reader);
  const name = basename(file).replace(/\.[^.]*$/, "");
  const map = named(name, ".map", mapFrom(bundle, dirname(file)));
  const manifest: Manifest = {
    kernel: kernel.name,
    wholeKernel: wholeKernel.name,
    map: map.name,
    frames: frames.name,
    variables: bundle.modules.map(({ names }) => names.length),
    names: bundle.modules[0]!.names,
  };
  // In two pieces, so that tools do not take it for this file's own.
  const link = ["//#", `sourceMappingURL=${map.name}`].join(" ");
  const code = `${bundle.code}self.pythreads = ${JSON.stringify(manifest)};\n${link}\n`;
  const program = named(name, bundle.format === "esm" ? ".mjs" : ".js", code);
  return {
    entry: program.name,
    files: [program, map, frames, ...new Set([kernel, wholeKernel])],
    ports: bundle.modules.map((module) => module.file),
    warnings: bundle.warnings,
  };
}

/** The source map with paths as seen from the port, and the ports in it with their functions. */
function mapFrom({ map, modules }: Bundle, folder: string): string {
  const json = JSON.parse(map) as { sources: string[]; x_ports?: Record<string, NamedRange[]> };
  const seen = (path: string) => relative(folder, path).replaceAll("\\", "/");
  json.sources = json.sources.map(seen);
  json.x_ports = Object.fromEntries(modules.map((module) => [seen(module.file), module.functions()]));
  return JSON.stringify(json);
}

/** Named after its contents, so that it can be cached for ever. */
function named(name: string, extension: string, contents: string | Uint8Array): WebFile {
  const hash = createHash("sha256").update(contents).digest("base64url").slice(0, 8).replaceAll("-", "_");
  return { name: `${name}-${hash}${extension}`, contents };
}
