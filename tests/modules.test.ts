// The library's modules, each by itself: a bundler drops those of which nothing is used, and may load any of them first.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Node, parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { walk } from "../src/port/walk.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, "utf8");

/** What a program's bundle can hold: not what compiles it, nor what starts it. */
const LIBRARY = (readdirSync(`${ROOT}src`, { recursive: true }) as string[])
  .filter((path) => path.endsWith(".ts"))
  .map((path) => `src/${path}`)
  .filter((path) => !/^src\/(port\/|web\/|(index|cli|run|host|vite|esbuild|rollup|webpack)\b)/.test(path));
const effects: string[] = JSON.parse(read("package.json")).sideEffects;

/** What enters something under its name: only beside its definition, so that both are kept or dropped. */
const ENTERS = new Set([
  "commonClass",
  "copyInstances",
  "define",
  "defineAll",
  "defineBuiltins",
  "extendCodec",
  "refusesAttributes",
  "takesAttributes",
]);

/** What in a module would be lost, or come without need, where a bundler judges it by its exports. */
function strays(source: string): string[] {
  const { program } = parseSync("module.ts", source);
  const imported = new Set<string>();
  const found = new Set<string>();
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration") continue;
    if (node.specifiers.length === 0) found.add(`import ${node.source.raw}, for its effect alone`);
    for (const { local } of node.specifiers) imported.add(local.name);
  }
  for (const statement of program.body) {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression") continue;
    const { callee, arguments: given } = statement.expression;
    if (callee.type !== "Identifier" || !ENTERS.has(callee.name)) continue;
    const values = ["commonClass", "copyInstances", "extendCodec"].includes(callee.name) ? given.slice(0, 1) : given;
    for (const value of values) {
      for (const name of names(value)) if (imported.has(name)) found.add(`${callee.name}(${name}), defined elsewhere`);
    }
  }
  return [...found];
}

function names(node: Node): string[] {
  const found: string[] = [];
  walk(node, (part) => {
    if (part.type === "Identifier") found.push(part.name);
  });
  return found;
}

test("a module enters only what it defines, and is imported only for what it exports", () => {
  const found = LIBRARY.flatMap((path) => strays(read(path)).map((stray) => `${path}: ${stray}`));
  expect(found).toEqual([]);
});

/** Names under which a module enters something, each with its Python module. */
function entered(source: string): string[] {
  const found: string[] = [];
  for (const [, module, values] of source.matchAll(/^defineAll\("([\w.]+)", \{([^}]*)\}\);/gm)) {
    for (const [, name] of values!.matchAll(/(?:^|,)\s*"?([\w$[\]]+)/g)) found.push(`${module}.${name}`);
  }
  return found;
}

test("no two things are entered under one name: the last to be loaded would arrive for both", () => {
  const all = LIBRARY.flatMap((path) => entered(read(path)));
  expect(all.length).toBeGreaterThan(400);
  expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
  expect(entered('defineAll("a.b", { One, "Two[]": Other,\n  Three });')).toEqual([
    "a.b.One",
    "a.b.Two[]",
    "a.b.Three",
  ]);
});

test("what breaks that rule is found", () => {
  expect(strays('import "./crossing";\nimport { Lock } from "./lock";\ndefineAll("threading", { Lock });')).toEqual([
    'import "./crossing", for its effect alone',
    "defineAll(Lock), defined elsewhere",
  ]);
  expect(strays('export class Lock {}\ndefineAll("threading", { Lock });')).toEqual([]);
});

/** The kinds of kernel objects whose facades a module's classes are, and those that it revives. */
function kinds(source: string): { made: string[]; revived: string[]; imports: string[] } {
  const all = (expression: RegExp, from = source) => [...from.matchAll(expression)].map((match) => match[1]!);
  const getters = all(/get \[KIND\]\(\): Kind \{([^}]*)\}/g).join();
  const imports = all(/^import (?!type\b)[^;]* from "(\.[^"]*)";/gm);
  // Common objects tell their class by a number of their own.
  const classes = /^commonClass\(/m.test(source) ? [] : all(/Kind\.(\w+)/g, getters);
  // A Value is what another thread decodes; it never meets the object.
  const made = classes.filter((kind) => kind !== "Value");
  return { made, revived: all(/^reviveKind\(Kind\.(\w+)/gm), imports };
}

test("a module whose class is the facade of a kind revives it, or imports what does", () => {
  for (const path of LIBRARY) {
    const { made, revived, imports } = kinds(read(path));
    const near = imports.map((specifier) => new URL(`${specifier}.ts`, `file:///${path}`).pathname.slice(1));
    const known = [
      ...revived,
      ...near.filter((path) => LIBRARY.includes(path)).flatMap((path) => kinds(read(path)).revived),
    ];
    for (const kind of made) expect(known, `${path} makes objects of Kind.${kind}`).toContain(kind);
  }
  expect(kinds(read("src/threading/lock.ts"))).toMatchObject({ made: ["Mutex"], revived: ["Mutex"] });
});

test("a page's own modules have all of Python's that a port has", async () => {
  const [whole, page] = ["library", "web/modules"].map((name) => import(`${ROOT}dist/${name}.js`));
  expect(Object.keys(await page!).sort()).toEqual(Object.keys(await whole!).sort());
});

test("the package says which of its files are more than what they export", () => {
  for (const path of effects) expect(existsSync(`${ROOT}${path.replace("/**", "")}`)).toBe(true);
  expect(effects.filter((path) => LIBRARY.includes(path.replace("./dist/", "src/").replace(".js", ".ts")))).toEqual([]);
});

describe.each([
  ["with all that it imports", true],
  ["with what it uses", false],
])("each module can be the first that is loaded, %s", async (_, ignoreAnnotations) => {
  const { outputFiles } = await build({
    entryPoints: LIBRARY.map((path) => ROOT + path.replace("src/", "dist/").replace(/\.ts$/, ".js")),
    outdir: "/",
    outbase: `${ROOT}dist`,
    bundle: true,
    write: false,
    format: "iife",
    platform: "node",
    ignoreAnnotations,
    logLevel: "silent",
  });
  test.each(outputFiles.map(({ path, text }) => [path.slice(1), text] as const))("%s", (_, code) => {
    new Function("require", `"use strict";${code}`)(() => ({}));
  });
});
