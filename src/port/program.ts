// From a port's file to a program that workers can load: the bundle, its module variables, its lines.
import { existsSync } from "node:fs";
import { url } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { CompiledProgram } from "../runtime/supervisor";
import { type Bundle, bundlePort } from "./bundle";
import { frameTranslator } from "./frames";

/** Folder of the built library, in which each module of src is at its own path. */
export const HOME = new URL("../", import.meta.url);

/** What has another name than its file: the library as a whole, and what is for compiled ports alone. */
const FILES: Record<string, string> = {
  pythreads: "library",
  "pythreads/internal/port": "runtime/port/index",
  "pythreads/internal/program": "runtime/program",
  "pythreads/internal/web": "web/worker",
  "pythreads/internal/waiters": "threading/waiters",
};

/** The file of the built library behind a specifier `pythreads` or `pythreads/…`. */
export function resolvePackage(specifier: string): string | undefined {
  const name = FILES[specifier] ?? specifier.replace(/^pythreads\//, "");
  return [`${name}.js`, `${name}/index.js`].map((path) => fileURLToPath(new URL(path, HOME))).find(existsSync);
}

/** The code with its source map in itself, by which a debugger shows the port and sets breakpoints there. */
function withMap({ code, map }: Bundle): string {
  // In two pieces, so that tools do not take it for this file's own.
  const link = ["//#", `sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString("base64")}`].join(
    " ",
  );
  return `${code}\n${link}\n`;
}

/** Compiles the port `file` and what it imports. */
export async function compileProgram(file: string): Promise<CompiledProgram> {
  const bundle = await bundlePort(file, { resolvePackage, platform: "node", bootstrap: "pythreads/internal/program" });
  for (const warning of bundle.warnings) process.stderr.write(`${warning}\n`);
  return {
    code: url() === undefined ? bundle.code : withMap(bundle),
    isModule: bundle.format === "esm",
    variables: bundle.modules.map(({ names }) => names.length),
    names: bundle.modules[0]!.names,
    frames: frameTranslator(bundle.map, new Set(bundle.modules.map((module) => module.file))),
  };
}
