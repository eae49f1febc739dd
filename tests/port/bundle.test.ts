// The bundle: its formats, its modules and its source map.
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { type Bundle, parsePort, transform } from "../../src/port";
import { bundle, load, newShared, run } from "./harness";

/** Runs a program that fails, and gives the source lines of its stack, innermost first. */
function failingLines(bundled: Bundle): string[] {
  let stack = "";
  try {
    load(bundled, newShared(), true);
  } catch (error) {
    stack = (error as Error).stack!;
  }
  const trace = new TraceMap(bundled.map);
  // new Function puts two lines in front.
  const places = [...stack.matchAll(/<anonymous>:(\d+):(\d+)\)/g)];
  const positions = places.map((m) => originalPositionFor(trace, { line: Number(m[1]) - 2, column: Number(m[2]) - 1 }));
  return positions
    .filter((p) => /\/program\d+\/.*\.ts$/.test(p.source ?? ""))
    .map((p) => `${p.source!.replace(/.*\//, "")}:${p.line}:${p.column! + 1}`);
}

test("the stack of an error leads to the port's lines and columns", async () => {
  const bundled = await bundle({
    "main.ts": `#!/usr/bin/env node
import { fail } from "./lib";
let num: number = 1, {
  other,
} = { other: 2 };

function outer(): void {
  num += other;
  fail(num);
}

class Late { x = 1 }
outer();
`,
    "lib.ts": `import {
  greeting,
} from "pythreads/greet";

export let calls = 0;
interface Unused { a: 1 }
export function fail(n: number): never {
  calls += n; throw new Error(greeting);
}`,
  });
  expect(failingLines(bundled)).toEqual(["lib.ts:8:21", "main.ts:9:3", "main.ts:13:1"]);
});

test("an error in the body between functions", async () => {
  expect(failingLines(await bundle(`let a = 1;\nfunction f() { return a; }\n\n  missing.x; f();`))).toEqual([
    "main.ts:4:3",
  ]);
});

test("sources are absolute and complete", async () => {
  const { map, modules } = await bundle({ "main.ts": `import "./lib"; log(1);`, "lib.js": `log("lib");` });
  const { sources, sourcesContent } = JSON.parse(map);
  for (const { file } of modules) expect(sources).toContain(file);
  expect(sourcesContent[sources.indexOf(modules[0]!.file)]).toBe(`import "./lib"; log(1);`);
});

test("every statement stays on its line", () => {
  const source = `#!shebang
"use strict";
import {
  a,
  b as c,
} from "./lib";
export {
  a,
};
let x: {
  y: number;
} = { y: 1 };
var {
  z,
} = x as any;
function f() { return [x, z, c] }
`;
  const { code } = transform(parsePort("/main.ts", source), { id: 0, isPort: () => true });
  const lines = code.split("\n");
  expect(lines.length).toBe(source.split("\n").length);
  expect(lines.slice(0, 2)).toEqual(["#!shebang", '"use strict";']);
  expect(lines[15]).toMatch(/function f\(\) \{ .*return \$py\.list\(\[\$m\.x, \$m\.z, \$lib1\(\)\.b\]\) \}/);
});

test("modules are numbered from the entry and name their slots", async () => {
  const { modules, format } = await bundle({
    "main.ts": `import { a } from "./lib"; import "./deep/other.mjs"; let n = a; export const f = () => n;`,
    "lib.ts": `import "./main"; export let a = 1, b = 2;`,
    "deep/other.mjs": `import "../lib"; log(1);`,
  });
  expect(format).toBe("cjs");
  expect(modules.map(({ id }) => id)).toEqual([0, 1, 2]);
  expect(modules[0]).toMatchObject({ id: 0, names: ["n"] });
  expect(modules.find(({ file }) => file.endsWith("lib.ts"))!.names).toEqual(["a", "b"]);
});

test("the bootstrap goes first, and gets the errors of the body", async () => {
  const bundled = await bundle(`log("body"); throw new Error("uncaught");`);
  expect(bundled.code.indexOf("start(")).toBeGreaterThan(0);
  const order: unknown[] = [];
  const begin = (loadProgram: () => unknown) => {
    order.push("bootstrap");
    try {
      loadProgram();
    } catch (error) {
      order.push((error as Error).message);
    }
  };
  const script = new Function("shared", "owner", "modules", "log", "run", "module", bundled.code);
  script(newShared(), true, {}, (text: string) => order.push(text), begin, { exports: {} });
  expect(order).toEqual(["bootstrap", "body", "uncaught"]);
});

test("a port that awaits at top level is an ES module", async () => {
  const bundled = await bundle({
    "main.ts": `import { x } from "./lib"; log(await Promise.resolve(x)); for await (const y of [1]) log(y); function f() { return x; }`,
    "lib.ts": `export let x = await Promise.resolve(1); async function inner() { await null; }`,
  });
  expect(bundled.format).toBe("esm");
  const log: unknown[] = [];
  const globals = {
    shared: newShared(),
    owner: true,
    modules: {},
    log: (x: unknown) => log.push(x),
    run: (f: any) => ((globalThis as any).done = f()),
  };
  Object.assign(globalThis, globals);
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(bundled.code)}`);
  await (globalThis as any).done;
  expect(log).toEqual([1, 1]);
});

test("for browsers the bundle is a script that leaves no globals", async () => {
  const bundled = await bundle(`let name = 1; function f() { return name; } log(f());`, { platform: "browser" });
  expect(bundled.format).toBe("iife");
  expect(bundled.code).toMatch(/^(?:"use strict";\s*)?\(\(\) => \{/);
  expect(load(bundled, newShared(), true).log).toEqual([1]);
});

test("minified, the bundle is smaller and keeps the functions' names", async () => {
  const source = `let counter = 1; function increment() { /* comment */ return (counter += 1); } log(increment.name, increment());`;
  const [large, small] = await Promise.all([bundle(source), bundle(source, { minify: true })]);
  expect(small.code.length).toBeLessThan(large.code.length);
  expect(load(small, newShared(), true).log).toEqual(["increment", 2]);
});

test("JavaScript ports, .mts and .tsx files are ports too", async () => {
  const { log } = await run({
    "main.mts": `import { a } from "./a.js"; import { b } from "./b.tsx"; import { c } from "./c"; log(a(), b(), c());`,
    "a.js": `let n = 1; export const a = () => n;`,
    "b.tsx": `let n: number = 2; export const b = (): number => n;`,
    "c/index.ts": `let n = 3; export const c = () => n;`,
  });
  expect(log).toEqual([1, 2, 3]);
});

test("what is not a port is left to esbuild", async () => {
  const { modules } = await bundle({
    "main.ts": `import { x } from "./node_modules/pkg/index.js"; import data from "./data.json"; log(x, data);`,
    "node_modules/pkg/index.js": `export let x = 1;`,
    "data.json": "[1]",
  });
  expect(modules).toHaveLength(1);
});
