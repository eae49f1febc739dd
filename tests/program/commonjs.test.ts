// CommonJS on both sides: a program that requires the library, and a port that imports a package.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runChild } from "../../compat-tests/hosts/child";
import { CLI } from "./run";

// Within the package, so that Node finds it by its own name.
const PLACE = new URL("../../build/", import.meta.url).pathname;
const OPTIONS = { stdin: "", timeout: 150_000 };

function place(files: Record<string, string>): string {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(join(PLACE, "commonjs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Node 20.19, 22.12 and later. */
const canRequire = (process.features as { require_module?: boolean }).require_module === true;

test.runIf(canRequire)("a CommonJS program requires the library, and names its own targets", async () => {
  const folder = place({
    "app.cjs": `const { targets, threading } = require("pythreads");
const { Queue } = require("pythreads/queue");
const { pathToFileURL } = require("node:url");
function squares(q, results) {
  for (let n = q.get(); n !== null; n = q.get()) results.put(n * n);
}
targets(pathToFileURL(__filename), { squares });
(async () => {
  const [q, results] = [Queue(), Queue()];
  const t = threading.Thread({ target: squares, args: [q, results] });
  t.start();
  for (const n of [7, null]) q.put(n);
  console.log(await results.aio.get());
  await t.aio.join();
})();
`,
  });
  const { stdout, stderr, code } = await runChild(process.execPath, [join(folder, "app.cjs")], OPTIONS);
  expect([stdout, stderr, code]).toEqual(["49\n", "", 0]);
});

test.each([
  ["a script", ""],
  ["a module", "await null;"],
])("a port that becomes %s imports packages of CommonJS, whose functions all threads have", async (_, first) => {
  const folder = place({
    "node_modules/plain/package.json": "{}",
    "node_modules/compiled/package.json": "{}",
    "node_modules/plain/index.js": `const inner = require("./inner");
class Greeter { constructor(name) { this.name = name; } greet() { return inner.hello(this.name); } }
module.exports = (name) => new Greeter(name).greet();
module.exports.Greeter = Greeter;
module.exports.separator = require("path").posix.sep;
`,
    "node_modules/plain/inner.js": 'exports.hello = (name) => "hello " + name;\n',
    "node_modules/compiled/index.js": `Object.defineProperty(exports, "__esModule", { value: true });
exports.twice = (x) => x * 2;
exports.default = "the default";
`,
    "port.ts": `import { threading } from "pythreads";
import { print } from "pythreads/builtins";
import greet, { Greeter, separator } from "plain";
import * as all from "plain";
import { twice } from "compiled";
${first}
function work() { print(greet("a"), new Greeter("b").greet(), separator, twice(4), typeof all.Greeter); }
const t = threading.Thread({ target: work });
t.start();
t.join();
work();
`,
  });
  const { stdout, stderr, code } = await runChild(process.execPath, [CLI, "run", join(folder, "port.ts")], OPTIONS);
  expect([stdout, stderr, code]).toEqual(["hello a hello b / 8 function\n".repeat(2), "", 0]);
});
