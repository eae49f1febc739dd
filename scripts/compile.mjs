// Compiles the kernel in memory, for tests that want it otherwise: with faults planted, or with its atomics watched.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @typedef {{ file: string; find: string; replace: string }} Patch  a change of one place in a file of assembly/
 * @param {{ patches?: Patch[]; rewrite?: (text: string, file: string) => string; files?: Record<string, string>;
 *   args?: string[] }} [options]  `files` are added to assembly/; `rewrite` sees each file after the patches
 * @returns {Promise<Uint8Array>} the binary
 */
export async function compileKernel({ patches = [], rewrite = (text) => text, files = {}, args = [] } = {}) {
  const left = new Set(patches);
  let binary;
  const readFile = (name, base) => {
    const path = name.replaceAll("\\", "/");
    const file = path.match(/(?:^|\/)assembly\/([\w-]+\.ts)$/)?.[1];
    if (file !== undefined && file in files) return files[file];
    let text;
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
    ["--config", "asconfig.json", "--baseDir", ROOT, "--target", "release", "--bindings", "", "--outFile", "kernel.wasm", ...args],
    {
      readFile,
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  if (left.size) throw new Error(`no such file to patch: ${[...left].map((patch) => patch.file).join(", ")}`);
  if (!binary) throw new Error(`asc emitted nothing\n${stderr.toString()}`);
  return binary;
}

export const buildFile = join(ROOT, "build", "kernel.wasm");
