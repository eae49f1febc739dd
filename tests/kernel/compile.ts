// Compiles the kernel in memory, for tests that want it otherwise: with faults planted, or with its atomics watched.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** A change of one place in a file of assembly/. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}

export interface CompileOptions {
  patches?: Patch[];
  /** Sees each file after the patches. */
  rewrite?: (text: string, file: string) => string;
  /** Files that assembly/ has not. */
  files?: Record<string, string>;
  /** Less optimised than what is shipped: for tests of what it does, not of what is emitted. */
  quick?: boolean;
}

/** The kernel's binary. */
export async function compileKernel({
  patches = [],
  rewrite = (text) => text,
  files = {},
  quick = false,
}: CompileOptions = {}) {
  const left = new Set(patches);
  let binary: Uint8Array | undefined;
  const readFile = (name: string, base: string) => {
    const path = name.replaceAll("\\", "/");
    const file = path.match(/(?:^|\/)assembly\/([\w-]+\.ts)$/)?.[1];
    if (file !== undefined && file in files) return files[file]!;
    let text: string;
    try {
      text = readFileSync(resolve(base, path), "utf8");
    } catch {
      return null;
    }
    if (file === undefined) return text;
    for (const patch of patches) {
      if (patch.file !== file) continue;
      if (!text.includes(patch.find)) throw new Error(`assembly/${file} has no “${patch.find}” to patch`);
      text = text.replace(patch.find, () => patch.replace);
      left.delete(patch);
    }
    return rewrite(text, file);
  };
  const { error, stderr } = await asc.main(
    [
      ...["--config", "asconfig.json", "--baseDir", ROOT, "--bindings", ""],
      ...(quick ? ["--target", "debug", "--optimizeLevel", "1", "--noAssert"] : ["--target", "release"]),
      ...["--outFile", "kernel.wasm"],
    ],
    {
      readFile,
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (name.endsWith(".wasm")) binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  if (left.size) throw new Error(`no such file to patch: ${[...left].map((patch) => patch.file).join(", ")}`);
  if (!binary) throw new Error(`asc emitted nothing\n${stderr.toString()}`);
  return binary;
}
