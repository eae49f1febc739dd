// From a port's file to a program that workers can load: the bundle, its module variables, its lines.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CompiledProgram } from "../runtime/supervisor";
import { bundlePort } from "./bundle";
import { frameTranslator } from "./frames";

/** Folder of the built library, in which its modules are found by name. */
export const HOME = new URL("./", import.meta.url);

export function resolvePackage(specifier: string): string | undefined {
  const name = specifier === "pythreads" ? "internal/library" : specifier.replace(/^pythreads\//, "");
  const file = fileURLToPath(new URL(`./${name}.js`, HOME));
  return existsSync(file) ? file : undefined;
}

/** Compiles the port `file` and what it imports. */
export async function compileProgram(file: string): Promise<CompiledProgram> {
  const bundle = await bundlePort(file, { resolvePackage, platform: "node", bootstrap: "pythreads/internal/program" });
  for (const warning of bundle.warnings) process.stderr.write(`${warning}\n`);
  return {
    code: bundle.code,
    isModule: bundle.format === "esm",
    variables: bundle.modules.map(({ names }) => names.length),
    frames: frameTranslator(bundle.map, new Set(bundle.modules.map((module) => module.file))),
  };
}
