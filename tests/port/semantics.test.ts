// A compiled port means what the same JavaScript means: each program logs the same with and without the compiler.
import { expect, test } from "vitest";
import { parsePort, transform } from "../../src/port";
import { plain, run, type Sources } from "./harness";

const programs: Record<string, Sources> = {
  "a counter that a function increments": `
    let num = 0;
    function add() { num += 1; num++; ++num; num **= 2; return num--; }
    log(add(), num);`,
  "declarations without initialiser": `
    let a, b = 1, c;
    var d;
    function show() { log(a, b, c, d); }
    show(); a = 2; d = 3; show();
    var d; show();`,
  "var is hoisted out of blocks and loops": `
    function show() { log(i, inner, late); }
    show();
    for (var i = 0; i < 3; i++) { var inner = i * 2; }
    if (inner) var late = "late"; else var never = 1;
    show();
    for (var i of [7, 8]) ;
    for (var k in { x: 1, y: 2 }) log(k);
    const key = () => k;
    show(); log(key(), typeof never);
    for (var x = 0, y = 10; x < y; x += 4, y -= 4) log(x, y);
    const both = () => [x, y]; log(...both());`,
  "destructuring declarations": `
    const { a, b: { c = 5, ...rest } = {}, ...others } = { a: 1, b: { d: 2, e: 3 }, f: 4 };
    let [x, , y = x, ...[z]] = [1, 2, undefined, 9, 8];
    var { length } = "four", [first] = "xyz";
    function show() { log(a, c, rest, others, x, y, z, length, first); }
    show();`,
  "destructuring of names that stay local": `
    const { a, b = a } = { a: 1 };
    let [c, d] = [b, 2];
    log(a, b, c, d)
    ;[c, d] = [d, c]
    log(c, d)`,
  "destructuring assignments": `
    let a = 1, b = 2, rest, o = {};
    function swap() { [a, b] = [b, a]; }
    function take() { ({ a, b = 7, c: o.c, ...rest } = { a: 5, c: 6, d: 8 }); ({ ["a"]: a } = { a: 9 }); }
    function loop() { for (a of [1, 2]); for ([a, b = 4] of [[3]]); for ({ a } of [{ a: 11 }]); for (a in { q: 1 }); }
    swap(); log(a, b); take(); log(a, b, rest, o); loop(); log(a, b);`,
  "lines without semicolons": `
    let cb = (x) => { log(x); return cb }
    let count = 0
    const bump = () => count++
    log("start")
    cb(1)
    cb(2)
    let [p, q] = [count, bump]
    log(p)
    let { r } = { r: 3 }
    function later() {
      const n = count
      cb(n)
      cb\`t\`
      if (n)
        cb(4)
      else cb(5)
      return [p, q(), r]
    }
    log(later())
    let s
    (function () {})
    const t = s
    log(t)`,
  "logical assignment, typeof, delete of members, void": `
    let a = null, b = 1, o = { x: 1 };
    function f() { a ??= 5; b &&= 6; a ||= 7; delete o.x; return [a, b, typeof a, typeof missing, void a, o, -b, !b]; }
    log(f());`,
  "calls do not get the module as this": `
    let cb = function () { "use strict"; return this === undefined; };
    let tag = function () { return this === undefined; };
    let obj = { m() { return this === obj; } };
    function f() { return [cb(), cb?.(), (cb)(), tag\`x\`, obj.m(), obj?.m(), cb.call(undefined), (cb as any)(), cb!()]; }
    log(f());`,
  "new with slots": `
    let C = class { constructor(public x = 1) {} };
    let ns = { C };
    function f() { return [new C().x, new C(2).x, new C, new ns.C(3).x, new (C as any)(4).x]; }
    log(JSON.stringify(f()));`,
  "shorthand, spread, templates, computed keys": `
    let num = 1, list = [1, 2], key = "k";
    function f() { return { num, ...{ num }, [key]: key, key: num, list: [...list], t: \`\${num}:\${key}\`, num2: num }; }
    log(f());`,
  "names that shadow a slot are left alone": `
    let num = 1, e = 2, Foo = 3;
    function show() { return [num, e, Foo]; }
    function param(num) { num += 1; return num; }
    function defaulted(a = num, { num: b = e } = {}, [c = Foo] = []) { return [a, b, c]; }
    function inner() { let num = 5; { const num = 6; log(num); } for (let num = 7; num < 8; num++) log(num); return num; }
    function caught() { try { throw 9; } catch (e) { e += 1; return e; } }
    function hoisted() { num = 3; var num; return num; }
    function fn() { return num(); function num() { return "fn"; } }
    const named = function num() { return typeof num; };
    class K { num = num; static e = e; Foo() { return Foo; } get e() { return this.num; } ["c" + num]() { return "computed"; } }
    const expr = class Foo { static me() { return Foo === expr; } };
    function labels() { num: for (;;) { for (;;) break num; } return { num: "key" }.num; }
    function sw(x) { switch (x) { case 1: let num = 10; return num; default: return num === undefined; } }
    log(param(1), defaulted(), inner(), caught(), hoisted(), fn(), named(), new K().num, K.e, new K().Foo(), new K().e, new K().c1());
    log(expr.me(), labels(), sw(1), show(), (({ num }) => num)({ num: 11 }), ((...num) => num)(12));`,
  "statements at top level": `
    let total = 0;
    const add = (n) => { total += n; };
    outer: for (let i = 0; i < 4; i++) { for (const j of [1, 2, 3]) { if (j === 2) continue outer; if (i === 3) break outer; add(i * j); } }
    switch (total) { case 3: { log("three"); break; } default: log("other"); }
    try { throw new Error("x"); } catch (e) { log(e.message); } finally { log("finally"); }
    do { total--; } while (total > 0)
    log(total);
    { let total = "block"; log(total); }`,
  "function expressions and classes keep their names": `
    let a = () => {}, b = function () {}, c = class {}, d = (async () => {}), e = function own() {};
    let f; f = () => {}; let { g = () => {} } = {};
    let h = null; h ??= () => {};
    const use = () => [a, b, c, d, e, f, g, h];
    log(use().map((x) => x.name));`,
  "generators, async functions and closures over slots": `
    let n = 0;
    function* count() { while (n < 3) yield n++; }
    async function later() { n = 10; await null; n = 20; }
    const closures = [1, 2].map((k) => () => n + k);
    log(...count()); later(); log(n, closures.map((f) => f()));`,
  "classes: heritage, statics, private members, accessors, static blocks": `
    let base = class { hi() { return "base"; } }, n = 1;
    class A extends base { #p = n; static s = n + 1; static { log("static", A.s); } get p() { return this.#p; } set p(v) { n = v; this.#p = v; } }
    class B extends A { hi() { return super.hi() + n; } }
    const b = new B(); b.p = 4; log(b.p, n, b.hi(), B.s);`,
  decorators: `
    let calls = [];
    let deco = (value, context) => { calls.push(context.name); };
    const factory = (tag) => (value, context) => { calls.push(tag + context.kind); };
    let maker = factory;
    const lib = { deco };
    @deco @lib.deco class D { @maker("m:") method() {} @factory("f:") field = 1; @deco static s = 2; }
    log(calls, new D().field);`,
  "enums, namespaces, overloads and types": `
    import type { Nothing } from "nowhere";
    interface Shape { num: number }
    type Alias = typeof num;
    declare const ambient: number;
    let num: number = 1, other!: string, text = "s" as string, fn: <T>(x: T) => T = (x) => x;
    enum Color { Red = 1, Green = Red + 1, Blue = num2() }
    function num2(): number { return 40; }
    namespace Geo { export const size = 3; export function area(): number { return size * num; } }
    function over(x: string): string; function over(x: number): string; function over(x: any) { return typeof x + num; }
    abstract class Abs { abstract m(): void; protected q?: number; declare z: number; constructor(readonly num: number) {} }
    class Impl extends Abs implements Shape { m() { return num as unknown as number; } }
    const sat = { num } satisfies Shape;
    const use = (s: Shape): s is Shape => (s.num satisfies number) > 0 && (<number>num) > 0 && !!num!;
    log(Color.Green, Color[40], Geo.area(), over(1), new Impl(5).num, new Impl(5).m(), sat, use(sat), text, fn<number>(3), other);
    let late: { a: number }
    late = { a: 1 }; const later = () => late; log(later());`,
  "reassigned functions and classes": `
    function f() { return "first"; }
    const before = f;
    function change() { f = () => "second"; K = class Other {}; }
    class K {}
    log(f(), K.name); change(); log(f(), before(), K.name);`,
  "functions and classes in blocks": `
    let n = 0;
    { function inBlock() { return ++n; } class InBlock {} log(inBlock(), InBlock.name); }
    if (n) { const local = () => n * 2; log(local()); }`,
  "constants of all kinds in one declaration": `
    const a = 1, f = () => a, g = function () { return f(); }, b = g() + 1, { c } = { c: b }, K = class {};
    const show = () => [a, b, c, K.name]; log(f(), g(), show());`,
  "names of JavaScript's own": `
    let name = 1, constructor = 2, __proto__ = 3, toString = 4, $m = 5, $module = 6, $py = 7, length = 8, get = 9;
    const last = 10;
    function show() { name++; return [name, constructor, __proto__, toString, $m, $module, $py, length, get, last]; }
    log(show());`,
  "directives, hashbang and comments": `#!/usr/bin/env node
    "use strict";
    // a comment ( with a bracket
    let x = 1 // trailing
    /* block */ const f = () => x; /* end */
    log(f()) // last`,
  "using at top level": `
    class Res { constructor(public n) {} [Symbol.dispose]() { log("dispose " + this.n); } }
    using a = new Res("a"), b = new Res("b");
    function peek() { return a.n; }
    log(peek(), b.n);
    class Later { x = peek(); }
    log(new Later().x);`,
  "__name__ and its shadows": `
    if (__name__ === "__main__") log("main");
    const f = (__name__) => __name__;
    log(f("local"), { __name__ }.__name__, ((o) => o.__name__)({ __name__: 3 }));`,
  "imports in every form": {
    "main.ts": `
      import def, { x, bump, x as y, Box, type T } from "./lib";
      import * as lib from "./lib";
      import { greeting, make } from "pythreads/greet";
      import seven from "pythreads/greet";
      import "./effect";
      import { T as T2 } from "./types";
      import data from "./data.json";
      const t: T = 1, u: T2 = 2;
      log(def, x, y, bump(), x, y, lib.x, new Box(1).v, new lib.Box(2).v, new lib.ns.Box(3).v, lib.default, greeting, make(1), seven, data);
      class Sub extends Box { twice() { return this.v * 2; } }
      class Sub2 extends lib.Box {}
      log(new Sub(4).twice(), new Sub2(5).v, { x, bump }.x, lib.tag\`q\`, typeof lib.missing, [x, y]);
      { const x = "shadow"; log(x); }`,
    "lib.ts": `
      export type T = number;
      export let x = 1;
      export function bump() { x += 1; return x; }
      export class Box { constructor(public v) {} }
      export const ns = { Box };
      export const tag = (s) => s[0];
      export default "default";`,
    "effect.js": `log("effect");`,
    "types.ts": `log("not loaded"); export type T = number;`,
    "data.json": `{ "json": true }`,
  },
  "exports in every form": {
    "main.ts": `
      import * as lib from "./lib";
      import d from "./lib";
      import { b, "c d" as cd, f, g, K, E, N, arrow, renamed, first, second, star, late, nested, hi, seven, one } from "./lib";
      log(d(), b, cd, f(), g(), new K().k, E.A, N.n, arrow(), renamed, first, second, star, late, nested, lib.inner.star, hi, seven, one);
      import anonymous from "./anonymous"; import arrowed from "./arrowed"; import klass from "./klass"; import value from "./value";
      log(anonymous(), arrowed(), new klass().q, value);
      log(lib.late); lib.setLate(9); log(late);`,
    "lib.ts": `
      let a = 1; const c = 2;
      export { a as b, c as "c d", f as g, f };
      function f() { return a; }
      export class K { k = a; }
      export enum E { A = 4 }
      export namespace N { export const n = 5; }
      export const arrow = () => a + c, plainConst = 8;
      export { star as renamed } from "./star";
      export const [first, { second }] = [1, { second: 2 }];
      export * from "./star";
      export * as inner from "./star";
      export let late; export function setLate(v) { late = v; }
      import { star as imported, nested } from "./star";
      export { imported, nested };
      export { greeting as hi, default as seven } from "pythreads/greet";
      import { one as uno } from "./value"; export { uno as one };
      export type { Missing } from "./types";
      export default function named() { return "named" + a; }`,
    "star.ts": `export const star = "*"; export var nested = { deep: 1 }; export default "never";`,
    "anonymous.ts": `let n = 1; export default function () { return n; }`,
    "arrowed.ts": `let n = 2; export default () => n;`,
    "klass.ts": `let n = 3; export default class extends Object { q = n }`,
    "value.ts": `let n = 4; export default n + 1; export let one = 1;`,
  },
  "decorated exports and imported decorators": {
    "main.ts": `
      import A, { B, C, calls, deco, factory } from "./lib"; import * as lib from "./lib";
      @lib.factory(1) class D { @deco a = 1; @lib.deco m() {} @(lib.deco) n() {} @factory(2)
        p() {} }
      log(calls, new D().a, typeof A, B.name, C.name);`,
    "lib.ts": `
      export const calls = [];
      export const deco = (value, context) => { calls.push(context.kind); };
      export let factory = (n) => (value, context) => { calls.push(n); };
      @deco export class B {}
      export @deco class C {}
      export default @deco class {}`,
  },
  "imports together, packages passed on": {
    "main.ts": `
      import one, * as all from "./lib";
      import { greeting, made, own, again } from "./lib"
      log(one, all.greeting, greeting, made(1), own, new all.Own().x, again.nothing, all.again.nothing)
      log([all.own, all?.own, all["own"]], all.missing?.())
      export {}`,
    "lib.js": `
      export * from "pythreads/greet"
      export { make as made } from "pythreads/greet"
      export * as again from "./again.mjs"
      import { make } from "pythreads/greet"
      export let own = make(2)
      export class Own { x = own }
      export default 1`,
    "again.mjs": `export {}; export var nothing = 4`,
  },
  "an import cycle": {
    "main.ts": `import { b, useA } from "./b"; export let a = 1; export function fa() { return "fa" + a; } log(b, useA());`,
    "b.ts": `import { fa, a } from "./main"; export const b = typeof fa; export function useA() { return [fa(), a]; }`,
  },
  "dynamic import and require of a port": {
    "main.ts": `
      const lib = require("./lib"); log(lib.x); lib.inc(); log(lib.x);
      import("./lib").then((m) => log(m.x));`,
    "lib.ts": `export let x = 1; export function inc() { x++; }`,
  },
};

for (const [title, sources] of Object.entries(programs)) {
  test(title, async () => {
    const expected = await plain(sources);
    expect(expected.length).toBeGreaterThan(0);
    expect((await run(sources)).log).toEqual(expected);
    for (const [name, source] of Object.entries(typeof sources === "string" ? { "main.ts": sources } : sources)) {
      if (/\.json$/.test(name)) continue;
      const { code } = transform(parsePort(name, source), { id: 0, isPort: () => false });
      expect(numbered(code)).toMatchObject(numbered(source));
    }
  });
}

/** The lines that hold a word of the source's own text, by number: they must not move. */
function numbered(text: string): Record<number, string> {
  const lines = text.split("\n").map((line, at) => [at, /log\(/.test(line) ? "log" : ""] as const);
  return Object.fromEntries(lines.filter(([, word]) => word));
}

test.each([
  "",
  "// only a comment",
  '"use strict"',
  "#!/bin/sh\n",
  "export {}",
  "interface A {}",
  "\uFEFFlet x = 1; log(x)",
])("a port of hardly anything: %j", async (source) => {
  expect((await run(source)).log).toEqual(await plain(source));
});
