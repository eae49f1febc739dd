// What a page must load before a program with threads and a queue begins.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { compileForWeb } from "./hosts/package.js";

const BUDGET = 60_000;
const PORT = `import { threading } from "pythreads";
import { Queue } from "pythreads/queue";
import { print } from "pythreads/builtins";
print(Queue, threading);`;
const INDEX = fileURLToPath(new URL("../dist/index.browser.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pythreads-size-"));
afterAll(() => rmSync(folder, { recursive: true }));

const gzipped = (contents: string | Uint8Array) => gzipSync(contents, { level: 9 }).length;

/** Bytes of the program and the kernel. The source map and what reads it are loaded for a traceback only. */
async function programSize(): Promise<number> {
  const file = join(folder, "port.ts");
  writeFileSync(file, PORT);
  const { entry, files } = await compileForWeb(file, { minify: true });
  const program = files.find(({ name }) => name === entry)!;
  const [, kernel] = /"kernel":"([^"]+)"/.exec(program.contents as string)!;
  const loaded = [program, files.find(({ name }) => name === kernel)!];
  return loaded.reduce((sum, { contents }) => sum + gzipped(contents), 0);
}

/** Bytes of the page's own script. What `program.exports()` brings into the page is loaded when it is called. */
async function pageSize(): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `import { run } from ${JSON.stringify(INDEX)}; run("port.js");`, resolveDir: folder },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    outdir: folder,
    absWorkingDir: folder,
    write: false,
    metafile: true,
    tsconfigRaw: {}, // a page's, not this project's
  });
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: other, kind } of metafile.outputs[path]!.imports) if (kind === "import-statement") load(other);
  };
  load("stdin.js");
  return outputFiles
    .filter(({ path }) => loaded.has(relative(folder, path)))
    .reduce((sum, { contents }) => sum + gzipped(contents), 0);
}

test(`a page that uses threading and queue loads at most ${BUDGET} bytes, minified and compressed`, async () => {
  const [page, program] = [await pageSize(), await programSize()];
  console.log(`a page that uses threading and queue loads ${page + program} bytes, ${page} of them its own script`);
  expect(page + program).toBeLessThanOrEqual(BUDGET);
});
