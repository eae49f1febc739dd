// `npm run bench`: each program of bench/programs under pythreads and under CPython, one after the other in one run, and
// the ratio; JavaScript's worker pools beside Pool; loops that are compiled beside the same uncompiled; and how long a start takes.
// What is quoted are ratios: the machine is shared.
//
// Options: a name filters the lines; --scale=0.1 makes all loops shorter; --programs=processes,start runs those parts alone. The pools
// are installed in build/bench/pools at the first run; where there is no registry their lines are missing.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { transformSync } from "esbuild";

const here = new URL("./", import.meta.url).pathname;
const cli = new URL("../dist/cli.js", import.meta.url).pathname;
const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const scale = option("scale") ?? "1";
const filter = process.argv.slice(2).find((arg) => !arg.startsWith("--")) ?? "";

/** At least this many times CPython's rate. */
const GOALS = {
  thread_start_join: 1,
  lock_pair: 5,
  queue_put_get: 10,
  queue_one_to_one: 10,
  condition_ping_pong: 20,
  event_ping_pong: 20,
  global_increment: 4,
  list_get_local: 3,
  dict_get_local: 3,
  method_local: 10,
  list_get_shared: 2,
  dict_get_shared: 2,
  method_shared: 2,
  process_start_join: 4,
  mp_queue_int: 20,
  mp_queue_1k: 10,
  mp_queue_1m: 8,
  value_two_processes: 10,
  pool_apply: 25,
  pool_map_1: 20,
  pool_map: 2,
  manager_dict: 20,
};

/** What is no rate, and is judged by itself. */
const OWN = {
  parallel_over_serial: "≤ 0.6",
  pool_speedup: "≥ 1.9",
  pool_first_result_ms: "≤ 100",
  pool_late_by_ms: "≤ 10",
  queue_bytes_1m: "≥ 5 k/s",
  queue_list: "as queue_int",
  queue_instance: "as queue_int",
  scaling_two_objects: "≥ 1.8",
};

const PARTS = option("programs")?.split(",") ?? ["threads", "hundred", "objects", "processes", "loops", "start"];
const PROGRAMS = PARTS.filter((name) => existsSync(`${here}programs/${name}.py`));

/** JavaScript's pools, which Pool is to be 4 times as fast as. */
const POOLS = { tinypool: "2.2.0", piscina: "5.3.2", workerpool: "10.0.3" };

function figures(command, args) {
  const lines = execFileSync(command, [...args, scale], { encoding: "utf8" })
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.split(" ")[0], Number(line.split(" ")[1])]));
}

/** The folder where the pools are; undefined if they cannot be had. */
function installed() {
  const folder = new URL("../build/bench/pools/", import.meta.url).pathname;
  if (Object.keys(POOLS).every((name) => existsSync(`${folder}node_modules/${name}`))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ private: true, dependencies: POOLS }));
  try {
    execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: folder, stdio: "ignore" });
    return folder;
  } catch {
    return undefined;
  }
}

function poolFigures() {
  const folder = PROGRAMS.includes("processes") ? installed() : undefined;
  if (folder === undefined) return new Map();
  return merged(Object.keys(POOLS).map((name) => figures(process.execPath, [`${here}pools.mjs`, folder, name])));
}

const merged = (maps) => new Map(maps.flatMap((map) => [...map]));
const ours = merged(PROGRAMS.map((name) => figures(process.execPath, [cli, "run", `${here}programs/${name}.ts`])));
const theirs = merged(PROGRAMS.map((name) => figures("python3", [`${here}programs/${name}.py`])));
const pools = poolFigures();
const python = execFileSync("python3", ["--version"], { encoding: "utf8" }).trim();

const number = (n) => (n === undefined ? "" : n >= 1000 ? `${Math.round(n / 1000)} k/s` : n.toPrecision(3));
console.log(`node ${process.version}, ${python}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(["", "pythreads", "CPython", "ratio", "at least"].map((text, i) => text.padEnd(i ? 12 : 24)).join(""));
for (const [name, rate] of ours) {
  if (!name.includes(filter)) continue;
  const other = theirs.get(name);
  const ratio = other === undefined || OWN[name] ? "" : (rate / other).toFixed(1);
  const goal = OWN[name] ?? (GOALS[name] ? `${GOALS[name]}` : "");
  console.log([name, number(rate), number(other), ratio, goal].map((text, i) => text.padEnd(i ? 12 : 24)).join(""));
}

for (const what of ["apply", "first_result_ms"]) {
  const name = `pool_${what}`;
  if (!name.includes(filter)) continue;
  const best = Object.keys(POOLS).map((pool) => [pool, pools.get(`${pool}_${what}`)]);
  if (best.some(([, figure]) => figure === undefined)) continue;
  const [most, least] = [Math.max(...best.map(([, figure]) => figure)), Math.min(...best.map(([, figure]) => figure))];
  const verdict =
    what === "apply" ? `${(ours.get(name) / most).toFixed(1)} × the best (≥ 4)` : `the best: ${number(least)}`;
  console.log(`${name}: ${best.map(([pool, figure]) => `${pool} ${number(figure)}`).join(", ")}; ${verdict}`);
}

/** Loops as a port has them, beside what the same text is in plain Node, without types. */
function compareLoops() {
  const text = readFileSync(`${here}programs/loops.ts`, "utf8");
  const folder = new URL("../build/bench/", import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}loops.mjs`, transformSync(text, { loader: "ts" }).code);
  const compiled = figures(process.execPath, [cli, "run", `${here}programs/loops.ts`]);
  const uncompiled = figures(process.execPath, [`${folder}loops.mjs`]);
  for (const [name, rate] of compiled) {
    if (!name.includes(filter)) continue;
    const other = uncompiled.get(name);
    const cells = [name, number(rate), number(other), (rate / other).toFixed(2), "0.8 of uncompiled"];
    console.log(cells.map((cell, i) => cell.padEnd(i ? 12 : 24)).join(""));
  }
}

/** Milliseconds from the start of a command until it prints. */
function untilOutput(args) {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let time;
    child.stdout.once("data", () => (time = performance.now() - begin));
    child.once("exit", () => (time === undefined ? reject(new Error(`no output of ${args}`)) : resolve(time)));
  });
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

async function measureStart() {
  const folder = new URL("../build/bench/", import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  const hello = 'import { print } from "pythreads/builtins";\nprint("hello");\n';
  writeFileSync(`${folder}hello.ts`, hello);
  writeFileSync(`${folder}hello.mjs`, 'console.log("hello");');
  const [ours, bare] = [[], []];
  for (let round = 0; round < 7; round++) {
    ours.push(await untilOutput([cli, "run", `${folder}hello.ts`]));
    bare.push(await untilOutput([`${folder}hello.mjs`]));
  }
  console.log(
    `first line of output: ${number(median(ours))} ms, bare node ${number(median(bare))} ms (≤ 300 where that takes 45)`,
  );

  const { parsePort, transform } = await import("../dist/port/index.js");
  const file = `${here}programs/threads.ts`;
  const text = readFileSync(file, "utf8");
  const times = [];
  for (let round = 0; round < 11; round++) {
    const begin = performance.now();
    transform(parsePort(file, text), { id: 0, isPort: () => false });
    times.push(((performance.now() - begin) * 250) / text.split("\n").length);
  }
  console.log(`compiling 250 lines: ${number(times[0])} ms the first time, ${number(median(times))} ms then (≤ 60)`);
}

if (PARTS.includes("loops")) compareLoops();
if (PARTS.includes("start")) await measureStart();
